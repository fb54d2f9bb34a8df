"""Who may read what of a result: raw values their owner only, the rest as the umask says; and where a disk keeps no permissions."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from logsyn.validator.writing.confidential import CONFIDENTIAL
from logsyn.validator.writing.ours import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Iterator

_FOR_ALL = {
    "audit.json",
    "run.json",
    "compare.json",
    "export.json",
    "left-out.csv",
    "README.da.md",
    "README.en.md",
    MANIFEST,
}
"""With the pages, what holds nothing of an extract that is not for every reader of the folder; all else is for its owner only."""

KEEPS_NO_PERMISSIONS = "the disk keeps no permissions, so others may read it; move it to one that does"
"""What is said of what ``open_to_others`` finds."""

_KEEPS_NONE = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def set_permissions(new: Path, target: Path) -> None:
    """Give a new folder the permissions of the one that it replaces, and keep what is not for all of its readers to its owner."""
    if target.exists():
        _set(new, stat.S_IMODE(target.stat().st_mode))
    for path in _private(new):
        _set(path, 0o700 if path.is_dir() else 0o600)


def set_private(file: Path) -> None:
    """Keep a file to its owner, on a disk that keeps permissions."""
    _set(file, 0o600)


def open_to_others(result: Path) -> Path | None:
    """The first file or folder of a result, or the file itself, that was written for its owner only and that others can reach; None: all is kept.

    Some disks (FAT, some network drives) keep no permissions. On Windows they tell nothing, so nothing is said.
    """
    if os.name != "posix":
        return None
    if not result.is_dir():
        return result if _is_open(result) else None
    kept = result / CONFIDENTIAL
    paths = (path for path in _private(result) if path == kept or kept not in path.parents)  # within it, the folder decides
    return next((path for path in paths if _is_open(path)), None)


def _private(folder: Path) -> Iterator[Path]:
    """The files and folders in a result that are for its owner only: what is confidential, and what is not known to be for all."""
    for place, _, names in os.walk(folder):
        inner = Path(place)
        apart = CONFIDENTIAL in inner.relative_to(folder).parts
        if apart:
            yield inner
        yield from (inner / name for name in names if apart or not (name.endswith(".html") or name in _FOR_ALL))


def _is_open(path: Path) -> bool:
    return bool(stat.S_IMODE(path.stat().st_mode) & _OTHERS)


def _set(path: Path, mode: int) -> None:
    """Set permissions. A disk that keeps none is no reason to lose a result that was worked out for hours: ``open_to_others`` tells it."""
    try:
        path.chmod(mode)
    except OSError as error:
        if error.errno not in _KEEPS_NONE:
            raise
