"""The key of pseudonyms: where it is kept, what is accepted as one, and how it is made once and for its owner only."""

from __future__ import annotations

import errno
import os
import secrets
import stat
import tempfile
import time
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from logsyn.validator.errors import AuditError
from logsyn.validator.writing.stopping import undone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

KEY_FILE = Path(".logsyn") / "pseudonym.key"
"""Where the key of a project is kept: in the working folder, never beside a report."""

SHORTEST, LONGEST = 32, 4096
"""Bytes of a key."""

_FEWEST_VALUES = 16  # of 32 random bytes, fewer differ in one of 10^15 keys
_BEING_MADE_SECONDS = 600.0  # it takes milliseconds
_MAKE_ONE = "python3 -c 'import secrets; print(secrets.token_hex(32))'"
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}


def project_key(
    path: Path | None, made_before: Callable[[], Iterable[Path]] = tuple, tell: Callable[[str], object] = lambda _: None
) -> bytes:
    """The key of a project. Only the one at ``KEY_FILE`` is made when it is not there, and only while nothing was made with one.

    Args:
        path: the file that was asked for; None: ``KEY_FILE``.
        made_before: gives the results that were made with a key; asked when there is none.
        tell: is told that a key was made.

    Raises:
        AuditError: the key is not there, cannot be made or read, is open to others, or is no key.
    """
    refuse_unusable(path, made_before)
    file = path or KEY_FILE
    if path is None:
        _remove_left(file)
    if path is None and not os.path.lexists(file) and _make(file):
        tell(f"made the key of the pseudonyms, {file}: keep it, for without it the next export has other pseudonyms")
    return _key_in(_read(file), file)


def refuse_unusable(path: Path | None, made_before: Callable[[], Iterable[Path]] = tuple) -> None:
    """Look at the key of a project, or at whether one may be made, before there is work that needs it; nothing is made.

    Raises:
        AuditError: as for ``project_key``.
    """
    file = path or KEY_FILE
    if os.path.lexists(file):
        _key_in(_read(file), file)
        return
    if path is not None:
        raise AuditError(
            f"{file}: there is no such key",
            f"Give the file with --key that earlier pseudonyms were made with, or make a key: {_MAKE_ONE} > FILE; chmod 600 FILE",
        )
    for result in made_before():
        raise AuditError(
            f"{file} is not there, and {result} was made with a key: a new one would give other pseudonyms",
            f"Put the key back, or name it with --key. To begin anew, move {result} away first, or make another key for --key: {_MAKE_ONE} > FILE; chmod 600 FILE",
        )
    folder = file.parent if file.parent.is_dir() else Path()
    if not os.access(folder, os.W_OK | os.X_OK):
        raise _cannot_be_made(file, "Permission denied")


def _remove_left(file: Path) -> None:
    """Remove what runs of this user that were killed while they made a key have left beside it; it is of use to nobody."""
    with suppress(OSError), os.scandir(file.parent) as entries:  # what cannot be looked at stays
        for entry in entries:
            with suppress(FileNotFoundError):  # its run has just removed it
                about = entry.stat(follow_symlinks=False)
                old = time.time() - about.st_mtime > _BEING_MADE_SECONDS
                is_own = os.name != "posix" or about.st_uid == os.geteuid()
                if entry.name.startswith(f".{file.name}-") and stat.S_ISREG(about.st_mode) and old and is_own:
                    Path(entry).unlink(missing_ok=True)


def _make(file: Path) -> bool:
    """Make a key, unless another process has just made one; says whether it was this one. It is written beside and linked into place."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _refuse_shared_folder(file)
        handle, name = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)
        beside = Path(name)
        with undone(lambda: beside.unlink(missing_ok=True)):
            try:
                with os.fdopen(handle, "w", encoding="ascii") as written:
                    written.write(secrets.token_hex(SHORTEST) + "\n")
                    written.flush()
                    os.fsync(written.fileno())
                return _put(beside, file)
            finally:
                beside.unlink(missing_ok=True)
    except OSError as error:
        raise _cannot_be_made(file, error.strerror) from error


def _cannot_be_made(file: Path, why: str | None) -> AuditError:
    return AuditError(
        f"{file}: no key of pseudonyms can be made in {Path.cwd()} ({why})",
        f"Work in a folder that can be written to, give a key of yours with --key FILE ({_MAKE_ONE} makes one), or hand on the ids themselves: export --show-case-ids --show-resources.",
    )


def _put(beside: Path, file: Path) -> bool:
    try:
        os.link(beside, file)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # A disk without links: who comes second must not put another key in its place.
        with suppress(FileExistsError):
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as written:
                written.write(beside.read_bytes())
            return True
        return False
    return True


def _read(file: Path) -> bytes:
    """The content of the file of a key, which is its owner's only."""
    try:
        # Without waiting: nobody may ever write into a pipe of that name.
        handle = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as opened:
            _refuse_open(file, os.fstat(opened.fileno()))
            return opened.read(4 * LONGEST)
    except OSError as error:
        raise AuditError(
            f"{file}: the key for pseudonyms cannot be read ({error.strerror})", "Give another file with --key."
        ) from error


def _refuse_open(file: Path, about: os.stat_result) -> None:
    if not stat.S_ISREG(about.st_mode):
        raise AuditError(f"{file}: is not a file, and no key for pseudonyms", "Give another file with --key.")
    if os.name != "posix":
        return
    mode = stat.S_IMODE(about.st_mode)
    if mode & 0o077:
        raise AuditError(
            f"{file}: others than its owner can read the key (mode {mode:03o})",
            f"Close it with: chmod 600 {file}. On a disk that knows no owners, keep the key elsewhere and give it with --key.",
        )
    if about.st_uid not in (os.geteuid(), 0):
        raise AuditError(f"{file}: the key is another user's", "Give a key of your own with --key.")
    _refuse_shared_folder(file)


def _refuse_shared_folder(file: Path) -> None:
    """A link, of the file or of a folder on the way to it, may not lead to where others can put another key in its place."""
    folder = Path(os.path.realpath(file)).parent
    is_linked = os.path.realpath(file) != str(Path(os.path.realpath(Path.cwd())) / os.path.normpath(file))
    if os.name == "posix" and is_linked and _anyone_may_replace(folder):
        raise AuditError(
            f"{file}: leads to {folder}, where others can put another key in its place",
            "Keep the key in a folder of your own, and give it with --key.",
        )


def _anyone_may_replace(folder: Path) -> bool:
    about = folder.stat()
    shared = about.st_mode & 0o022 and not about.st_mode & stat.S_ISVTX
    return bool(shared) or about.st_uid not in (os.geteuid(), 0)


def _key_in(content: bytes, file: Path) -> bytes:
    """The bytes of a key, written in hexadecimal digits: with line breaks, spaces or a byte-order mark, as editors leave them."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        key = bytes.fromhex("".join(content.decode(encoding).split()))
    except ValueError as error:
        raise AuditError(
            f"{file}: the key for pseudonyms cannot be used: it is not written in hexadecimal digits",
            f"Give another file with --key. {_MAKE_ONE} makes a key.",
        ) from error
    fault = weakness(key)
    if fault:
        raise AuditError(
            f"{file}: the key for pseudonyms cannot be used: {fault}, so that pseudonyms could be computed by others",
            f"Give another file with --key; {_MAKE_ONE} makes a key. Another key gives other pseudonyms.",
        )
    return key


def weakness(key: bytes) -> str | None:
    """What speaks against a key; None: nothing."""
    if len(key) < SHORTEST:
        return f"it has {len(key)} bytes, and needs {SHORTEST}"
    if len(key) > LONGEST:
        return f"it has more than {LONGEST:,} bytes"
    steps = {(after - before) % 256 for before, after in pairwise(key)}
    repeats = any(key == (key[:part] * len(key))[: len(key)] for part in range(1, min(len(key) // 2, SHORTEST - 1) + 1))
    if len(set(key)) < _FEWEST_VALUES or len(steps) < _FEWEST_VALUES or repeats:
        return "its bytes repeat or follow from each other"
    return None
