"""Full disks: whether an error is about one, and which disk it is."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from logsyn.validator.errors import AuditError

if TYPE_CHECKING:
    from collections.abc import Iterator

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_SAYS_FULL = ("No space left on device", "Disk quota exceeded", "File too large", "max_temp_directory_size")
_LITTLE = 1 << 24
"""Bytes: less than this left, and a disk may be the one on which a large block found no room."""


class DiskFullError(AuditError):
    """A disk is full: the message names it."""

    def __init__(self, place: Path, hint: str) -> None:
        super().__init__(f"the disk at {mount_of(place)} is full ({_free(place):,} bytes free): {place.parent}", hint)


def is_about_full_disk(error: BaseException | None) -> bool:
    """Whether an error, or one that it came from, says that a disk, a quota or the largest file allowed is full."""
    return any(
        (isinstance(one, OSError) and one.errno in _FULL) or any(words in str(one) for words in _SAYS_FULL)
        for one in chain(error)
    )


@contextmanager
def disk_named(place: Path, hint: str) -> Iterator[None]:
    """Within this block a full disk is told by its name, if it is the one of ``place``.

    Args:
        place: a folder of this run that is written to.
        hint: what to do when it is full.

    Raises:
        DiskFullError: it is full.
    """
    try:
        yield
    except AuditError:
        raise  # it has been told
    except Exception as error:
        if is_about_full_disk(error) and (_names(error, place) or _free(place) < _LITTLE):
            raise DiskFullError(place, hint) from error
        raise


def mount_of(path: Path) -> Path:
    """The place at which the disk that holds a path is mounted."""
    found = Path(os.path.realpath(path))
    return next((folder for folder in (found, *found.parents) if os.path.ismount(folder)), Path(found.anchor))


def _free(place: Path) -> int:
    """Bytes free on the disk of a folder, or of the folder that it would be made in."""
    there = Path(os.path.realpath(place))
    return shutil.disk_usage(next(folder for folder in (there, *there.parents) if folder.exists())).free


def _names(error: BaseException, place: Path) -> bool:
    return any(
        str(place) in str(one) or (isinstance(one, OSError) and str(one.filename).startswith(str(place)))
        for one in chain(error)
    )


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error, and those that it came from."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
