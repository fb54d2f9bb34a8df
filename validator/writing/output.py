"""Results: written beside their place by one run at a time and put there whole, or not at all; nothing of the user's is replaced."""

from __future__ import annotations

import ctypes
import hashlib
import os
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from logsyn.validator.errors import AuditError
from logsyn.validator.writing.confidential import CONFIDENTIAL, explain
from logsyn.validator.writing.disks import disk_named
from logsyn.validator.writing.holding import ASIDE, empty, holder, is_ours, is_own_folder, remove, remove_dead, take
from logsyn.validator.writing.ours import MANIFEST, is_own_page, not_ours, with_mark, write_manifest
from logsyn.validator.writing.permissions import set_permissions, set_private
from logsyn.validator.writing.stopping import undone, unstoppable

if TYPE_CHECKING:
    from collections.abc import Iterator

FILES = (
    "index.html",
    "practice.html",
    "quality.html",
    "audit.json",
    "run.json",
    CONFIDENTIAL,
    MANIFEST,
)
LONGEST_NAME = 255
"""Bytes in a name that file systems take."""

_STAGING = ".logsyn-writing-"
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_PATIENCE_SECONDS = 2.0
_MAKE_ROOM = "Make room there, or write to another disk."


def refuse_foreign_folder(out: Path, what: str = "report") -> None:
    """Make sure that a result may be put at ``out``: nothing there, an empty folder, or an earlier result of this kind as it was written.

    Args:
        out: the folder.
        what: is put there: ``report``, ``remedied log``, ``export``, ``comparison`` or ``folder of drafts``.

    Raises:
        AuditError: something else is there, or nothing can be written beside it.
    """
    refuse_long_name(out)
    if out.exists() and not out.is_dir():
        raise AuditError(f"{out} is a file; the {what} is a folder", "Give another folder with --out.")
    if out.is_dir() and (foreign := not_ours(out, what)):
        article = "an" if what[0] in "aeiou" else "a"
        raise AuditError(
            f"{out} holds what is not of {article} {what}: {foreign}",
            f"Give another folder with --out; the {what} replaces its folder as a whole.",
        )
    parent = Path(os.path.realpath(out)).parent
    existing = next(folder for folder in (parent, *parent.parents) if folder.exists())
    if not existing.is_dir() or not os.access(existing, os.W_OK | os.X_OK):
        raise AuditError(f"{existing} cannot be written to", "Give another folder with --out.")
    refuse_name(parent / out.name)


def refuse_name(path: Path) -> None:
    """Make sure that DuckDB can write to a path: it takes no names but UTF-8.

    Raises:
        AuditError: the path has other bytes in it.
    """
    try:
        str(path.absolute()).encode()
    except UnicodeEncodeError:
        raise AuditError(f"{path}: the name is not UTF-8", "Give another place.") from None


def refuse_long_name(path: Path) -> None:
    """Make sure that a file or folder can have a name, before work is done for it.

    Raises:
        AuditError: the name is too long.
    """
    if len(os.fsencode(path.name)) > LONGEST_NAME:
        raise AuditError(f"{path}: the name is too long", f"Give one of at most {LONGEST_NAME} bytes.")


@contextmanager
def staged(out: Path, what: str = "report", *, keyed: bool = False) -> Iterator[Path]:
    """A folder to write a result into; it takes the place of ``out`` when the block ends well, else it is removed.

    An earlier folder's permissions stay; files that are not for all of its readers can be read by their owner only, and so can the folder
    of what is confidential, which gets a text that says what it is.

    Args:
        out: the folder.
        what: is put there, as for ``refuse_foreign_folder``.
        keyed: whether a key is used for it: then none is made anew while it is there.

    Raises:
        AuditError: another run is writing there, or something was put there meanwhile that is not ours.
        DiskFullError: there is no room.
    """
    target = Path(os.path.realpath(out))
    with _working_beside(target, out) as staging:
        new = staging / "new"
        new.mkdir()
        yield new
        explain(new)
        write_manifest(new, what, keyed=keyed)
        set_permissions(new, target)
        refuse_foreign_folder(out, what)
        with unstoppable():
            _put_folder(new, target)


@contextmanager
def staged_file(out: Path, *, private: bool, replaces: bool = False) -> Iterator[Path]:
    """The path of a file to write; it is put at ``out`` when the block ends well, else it is removed.

    Args:
        out: the file; its folder is made when it is not there.
        private: only its owner may read it.
        replaces: whether it may take the place of an earlier one, which the caller has looked at.

    Raises:
        AuditError: another run is writing there, or something is there that may not be replaced.
        DiskFullError: there is no room.
    """
    refuse_long_name(out)
    target = Path(os.path.realpath(out))
    with _working_beside(target, out) as staging:
        new = staging / target.name
        yield new
        if private:
            set_private(new)
        with unstoppable():
            if replaces:
                new.replace(target)
            else:
                _put_new(new, target, out)


def write_page(out: Path, html: str) -> None:
    """Put one HTML page at ``out``, in place of an earlier one that is as it was written; its folder is made when it is not there.

    Raises:
        AuditError: something else is there, or ``out`` is not named like a page.
    """
    refuse_long_name(out)
    if out.is_dir() or out.suffix.lower() not in {".html", ".htm"}:
        raise AuditError(f"{out} is no place for a page", "Give a file that ends in .html with --out.")
    if os.path.lexists(out) and not is_own_page(out):
        raise AuditError(
            f"{out} is not a page as logsyn has written it", "It may be somebody's work. Give another file with --out."
        )
    with staged_file(out, private=False, replaces=True) as path:
        path.write_text(with_mark(html), encoding="utf-8")


@contextmanager
def _working_beside(target: Path, out: Path) -> Iterator[Path]:
    """A folder beside ``target`` that no other run for the same place has; all in it is removed at the end."""
    made = _make_folders(target.parent)
    staging = target.parent / f"{_STAGING}{hashlib.sha256(os.fsencode(target.name.casefold())).hexdigest()[:12]}"
    try:
        remove_dead(target.parent, _STAGING)
        with disk_named(staging, _MAKE_ROOM):
            lock = _take(staging, target.name, out)
        try:
            with undone(lambda: _give_up(staging, made)), disk_named(staging, _MAKE_ROOM):
                yield staging
        finally:
            remove(staging)
            os.close(lock)
    except BaseException:
        _remove_folders(made)
        raise


def _take(staging: Path, name: str, out: Path) -> int:
    """Make and hold the folder beside a place.

    Raises:
        AuditError: another run has it, or it is somebody's own folder of that name.
    """
    until = time.monotonic() + _PATIENCE_SECONDS  # the other one may just be ending
    while True:
        with suppress(FileExistsError):
            staging.mkdir(mode=0o700)
        if not is_own_folder(staging):
            break
        ours = _may_be_taken(staging)
        lock = take(staging, name) if ours else None
        if lock is not None:
            empty(staging)
            return lock
        if time.monotonic() > until:
            if not ours:
                raise AuditError(
                    f"{out}: {staging} is in the way: it has a name that logsyn works under, and holds what is not logsyn's",
                    "Move it away, or give another place.",
                )
            break
        time.sleep(0.05)
    process = holder(staging)
    raise AuditError(
        f"{out}: another run is writing there" + (f" (process {process})" if process else ""),
        f"Wait for its end, or give another place. If no run is alive, remove {staging}.",
    )


def _may_be_taken(staging: Path) -> bool:
    try:
        return is_ours(staging)
    except FileNotFoundError:  # the run that had it has ended
        return True


def _put_folder(new: Path, target: Path) -> None:
    """Put the new folder where the old one is, which is then in its place."""
    if not target.exists():
        new.rename(target)
    elif not _exchange(new, target):
        target.rename(new.with_name(ASIDE))
        new.rename(target)


def _put_new(new: Path, target: Path, out: Path) -> None:
    """Put a file where none is.

    Raises:
        AuditError: one is.
    """
    try:
        os.link(new, target)
    except FileExistsError:
        raise AuditError(f"{out} exists already", "Give another file.") from None
    except OSError:  # a file system without such links
        if os.path.lexists(target):
            raise AuditError(f"{out} exists already", "Give another file.") from None
        new.rename(target)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step of the file system, where it has such a step (Linux): a kill finds either one whole."""
    renameat2 = getattr(ctypes.CDLL(None), "renameat2", None) if os.name == "posix" else None
    if renameat2 is None:
        return False
    return bool(renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0)


def _make_folders(folder: Path) -> list[Path]:
    """Make a folder and those that it lies in; those that were not there, the innermost first."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing


def _remove_folders(folders: list[Path]) -> None:
    with suppress(OSError):
        for folder in folders:
            folder.rmdir()


def _give_up(staging: Path, made: list[Path]) -> None:
    remove(staging)
    _remove_folders(made)
