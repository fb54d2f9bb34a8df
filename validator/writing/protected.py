"""What a command uses must not lie in what it replaces: extracts, declarations, keys, databases, audits."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from logsyn.validator.errors import AuditError

if TYPE_CHECKING:
    from collections.abc import Iterable


def refuse_inside(out: Path, used: Iterable[tuple[str, Path | str | None]]) -> None:
    """Make sure that nothing that is used, or must not be handed on, lies in the folder that is replaced.

    Found by path, by what links lead to, by letters in another case, and by the file itself under another name.

    Args:
        out: the folder of the result.
        used: what each thing is, and where; a name that is no file, of something built in, may stand among the paths.

    Raises:
        AuditError: one of them does.
    """
    files = _files_in(out)
    for what, path in used:
        if path is not None and (isinstance(path, Path) or os.path.lexists(path)) and _lies_in(Path(path), out, files):
            raise AuditError(
                f"{path}: the {what} would lie in {out}, which is replaced as a whole",
                "Give another folder with --out.",
            )


def _lies_in(path: Path, out: Path, files: set[tuple[int, int]]) -> bool:
    """Whether a path, or what it leads to, is ``out``, a file in it, or would be one."""
    whole = Path(os.path.realpath(out))
    named, reached = Path(os.path.normpath(path.absolute())), Path(os.path.realpath(path))
    if any(_same(place, whole) for one in (named, reached) for place in (one, *one.parents)):
        return True
    try:
        about = path.stat()
    except OSError:
        return False
    return (about.st_dev, about.st_ino) in files


def _same(one: Path, other: Path) -> bool:
    """Whether two paths are one place; of places that are not there yet, letters in another case are the same ones."""
    try:
        return one.samefile(other)
    except OSError:
        return str(one).casefold() == str(other).casefold()


def _files_in(folder: Path) -> set[tuple[int, int]]:
    found = set()
    for place, _, names in os.walk(folder):
        for name in names:
            about = os.lstat(Path(place) / name)
            found.add((about.st_dev, about.st_ino))
    return found
