"""Folders that a run works in: held by a lock while the run lives, so that the next run can remove what a dead one has left."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
import sys
import time
from typing import TYPE_CHECKING, Literal

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from pathlib import Path

LOCK = "logsyn.lock"
ASIDE = "old"
"""What stood at the place of the result, for the moment in which it is put there where two folders cannot be exchanged at once."""

_MARK = b"logsyn is at work here, process "
_NOT_LOCKABLE = {errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL}
_TRIES = 100


def take(folder: Path, name: str = "") -> int | None:
    """Hold a folder: the handle of its lock, to be closed at the end; None when another run holds it, or it is gone.

    Args:
        folder: it exists and is this user's.
        name: of what is made, in the folder around it.

    Raises:
        OSError: there is no room for the lock; the folder is gone.
    """
    path = folder / LOCK
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    except FileNotFoundError:
        return None
    if _lock(handle) != "ours" or not _is_at(handle, path):
        os.close(handle)
        return None
    try:
        os.ftruncate(handle, 0)
        os.pwrite(handle, _MARK + f"{os.getpid()}\n".encode() + os.fsencode(name), 0)
    except OSError:
        remove(folder)
        os.close(handle)
        raise
    return handle


def holder(folder: Path) -> str:
    """The number of the process that holds, or held, a folder, for messages; empty when it is not known."""
    with contextlib.suppress(OSError, ValueError):
        return (folder / LOCK).read_bytes().removeprefix(_MARK).split(b"\n")[0].decode("ascii")
    return ""


def remove_dead(parent: Path, prefix: str) -> None:
    """Remove the folders that runs of this user which are no more have left: those whose lock, with our mark, nobody holds."""
    with contextlib.suppress(OSError), os.scandir(parent) as entries:  # what cannot be looked at stays
        for entry in entries:
            with contextlib.suppress(FileNotFoundError):  # its run has just removed it
                if entry.name.startswith(prefix) and is_own_folder(entry):
                    _remove_if_dead(parent / entry.name)


def is_own_folder(entry: Path | os.DirEntry[str]) -> bool:
    """Whether it is a folder, and no link to one, of this user."""
    about = os.lstat(entry)
    return stat.S_ISDIR(about.st_mode) and (sys.platform == "win32" or about.st_uid == os.geteuid())


def is_ours(folder: Path) -> bool:
    """Whether a folder of such a name may be taken and emptied: nothing is in it, or the lock of a run, with our mark or just made."""
    names = [entry.name for entry in folder.iterdir()]
    if not names:
        return True
    try:
        handle = os.open(folder / LOCK, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return False
    try:
        text = os.pread(handle, len(_MARK), 0) if stat.S_ISREG(os.fstat(handle).st_mode) else None
        return text == _MARK or (text == b"" and names == [LOCK])
    finally:
        os.close(handle)


def empty(folder: Path) -> None:
    """Remove what is in a folder that is held, but for its lock."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name != LOCK:
                _remove(folder / entry.name)


def remove(folder: Path) -> None:
    """Remove a folder that is held, also while other threads still write into it; the lock, by which it is known, goes last."""
    for _ in range(_TRIES):
        with contextlib.suppress(OSError):
            empty(folder)
            (folder / LOCK).unlink(missing_ok=True)
            folder.rmdir()
        if not folder.exists():
            return
        time.sleep(0.01)


def _remove_if_dead(folder: Path) -> None:
    try:
        handle = os.open(folder / LOCK, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    except OSError:
        return  # it looks like ours and is not
    try:
        about, text = os.fstat(handle), os.pread(handle, 4096, 0)
        killed_early = not text and [entry.name for entry in folder.iterdir()] == [LOCK]
        if not stat.S_ISREG(about.st_mode) or not (text.startswith(_MARK) or killed_early):
            return
        if _lock(handle) == "ours" and _is_at(handle, folder / LOCK):
            _put_back(folder, text)
            remove(folder)
    finally:
        os.close(handle)


def _put_back(folder: Path, text: bytes) -> None:
    """What stood there before goes back if its place is empty: the run died between two steps."""
    name = os.fsdecode(text.partition(b"\n")[2])
    if name and (folder / ASIDE).exists() and not os.path.lexists(folder.parent / name):
        (folder / ASIDE).rename(folder.parent / name)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _lock(handle: int) -> Literal["ours", "others", "unknown"]:
    if sys.platform == "win32":
        return "ours"
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return "unknown" if error.errno in _NOT_LOCKABLE else "others"
    return "ours"


def _is_at(handle: int, path: Path) -> bool:
    """Whether the file of the handle still is the one at that path: another run may have removed it."""
    try:
        return os.path.samestat(os.fstat(handle), os.lstat(path))
    except FileNotFoundError:
        return False
