"""The report folder, or a single page: written beside its place and put there whole, or not at all."""

from __future__ import annotations

import ctypes
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from validator.errors import AuditError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FILES = ("index.html", "practice.html", "quality.html", "audit.json", "violations.parquet", "rejected.csv")
_STAGING = ".logsyn-writing-"
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def refuse_foreign_folder(out: Path, what: str = "report", is_own: Callable[[str], bool] = FILES.__contains__) -> None:
    """Make sure that a report may be put at ``out``: nothing there, an empty folder, or an earlier report.

    Args:
        out: the folder.
        what: is put there, in messages.
        is_own: whether a file of this name is one of such a folder.

    Raises:
        AuditError: something else is there, or nothing can be written beside it.
    """
    if out.exists() and not out.is_dir():
        raise AuditError(f"{out} is a file; the {what} is a folder", "Give another folder with --out.")
    if out.is_dir() and (foreign := sorted(entry.name for entry in out.iterdir() if not is_own(entry.name))):
        problem = (
            f"{out} holds what is not of a{'n' if what[0] in 'aeiou' else ''} {what}: {', '.join(foreign[:3])}"
            + (" …" if len(foreign) > 3 else "")
        )
        raise AuditError(problem, f"Give another folder with --out; the {what} replaces its folder as a whole.")
    parent = out.resolve().parent
    existing = next(folder for folder in (parent, *parent.parents) if folder.exists())
    if not os.access(existing, os.W_OK):
        raise AuditError(f"{existing} cannot be written to", "Give another folder with --out.")


def refuse_inside(out: Path, path: Path | None, what: str) -> None:
    """Make sure that what is not for others does not lie in the folder that is handed on.

    Raises:
        AuditError: it would.
    """
    if path is not None and path.resolve().is_relative_to(out.resolve()):
        raise AuditError(f"{path}: the {what} would lie in {out}", "Give a file outside of that folder.")


@contextmanager
def staged(out: Path) -> Iterator[Path]:
    """A folder to write the report into; it takes the place of ``out`` when the block ends well, else it is removed."""
    parent = out.resolve().parent
    parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=_STAGING, dir=parent))
    try:
        yield staging
        staging.chmod(0o755)
        _put(staging, out.resolve())
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _put(staging: Path, out: Path) -> None:
    """Put the new folder where the old one is; afterwards ``staging`` is the old one, if there was any."""
    if not out.exists():
        staging.rename(out)
    elif not _exchange(staging, out):
        old = staging.with_name(staging.name + "-old")
        out.rename(old)
        staging.rename(out)
        shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step of the file system, where it has such a step (Linux): a kill finds either one whole."""
    renameat2 = getattr(ctypes.CDLL(None), "renameat2", None) if os.name == "posix" else None
    if renameat2 is None:
        return False
    return bool(renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0)


def write_page(out: Path, html: str) -> None:
    """Put one HTML page at ``out``, in place of an earlier one; its folder is made when it is not there.

    Raises:
        AuditError: ``out`` is a folder, or is not named like a page: nothing else is ever replaced.
    """
    if out.is_dir() or out.suffix.lower() not in {".html", ".htm"}:
        raise AuditError(f"{out} is no place for a page", "Give a file that ends in .html with --out.")
    out.parent.mkdir(parents=True, exist_ok=True)
    handle, staging = tempfile.mkstemp(prefix=_STAGING, dir=out.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(html)
        Path(staging).chmod(0o644)
        Path(staging).replace(out)
    finally:
        Path(staging).unlink(missing_ok=True)
