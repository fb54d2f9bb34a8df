"""The scratch folder of a run: for this user only, where the user wants it, and always removed: by the next run if this one is killed."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from logsyn.validator.errors import AuditError
from logsyn.validator.writing.disks import disk_named
from logsyn.validator.writing.holding import remove, remove_dead, take
from logsyn.validator.writing.stopping import undone

if TYPE_CHECKING:
    from collections.abc import Iterator

_PREFIX = "logsyn-scratch-"
_NAMES = ("TMPDIR", "TEMP", "TMP")
_HINT = "Make room there, or name a folder on another disk for temporary files: TMPDIR=FOLDER logsyn …"


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder for this user only, for spilled tables and unpacked files; they hold personal data and are always removed.

    Raises:
        AuditError: the folder for temporary files that the environment names cannot be used.
        DiskFullError: its disk is full.
    """
    place = temporary_folder()
    remove_dead(place, _PREFIX)
    folder, lock = _make(place)
    try:
        with undone(lambda: remove(folder)), disk_named(folder, _HINT):
            yield folder
    finally:
        remove(folder)
        os.close(lock)


def temporary_folder() -> Path:
    """Where temporary files go: what the environment names, or what this system has for them; never silently elsewhere.

    Raises:
        AuditError: it is not there, or cannot be written to.
    """
    name = next((name for name in _NAMES if os.environ.get(name)), None)
    try:
        folder = Path(os.environ[name] if name else tempfile.gettempdir()).absolute()
    except FileNotFoundError as error:
        raise AuditError("no folder for temporary files can be written to", _HINT) from error
    if not name and folder == Path.cwd() and not folder.stat().st_mode & stat.S_ISVTX:  # Python's last resort
        raise AuditError("no folder for temporary files can be written to", _HINT)
    told = f"{name}={folder}" if name else str(folder)
    try:
        is_folder = folder.is_dir()
    except OSError as error:
        raise AuditError(
            f"{told}: {error.strerror}", "Temporary files hold personal data: name their folder."
        ) from error
    if not is_folder:
        raise AuditError(f"{told}: there is no such folder for temporary files", "Make it, or name another one.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise AuditError(f"{told}: temporary files cannot be written there", "Name another folder in TMPDIR.")
    try:
        str(folder).encode()
    except UnicodeEncodeError:
        raise AuditError(
            f"{told}: the name is not UTF-8", "Name another folder for temporary files in TMPDIR."
        ) from None
    return folder


def _make(place: Path) -> tuple[Path, int]:
    """A new folder and its lock; another run that takes it for a dead one's before it is locked does no harm."""
    while True:
        with disk_named(place / _PREFIX, _HINT):
            folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=place))
            lock = take(folder)
        if lock is not None:
            return folder, lock
