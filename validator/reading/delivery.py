"""The delivered files: CSV files, gzip files and zip archives become plain CSV files, each with a name of its own."""

from __future__ import annotations

import gzip
import hashlib
import lzma
import os
import shutil
import stat
import struct
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from logsyn.validator.database.memory import written
from logsyn.validator.errors import ExtractError, ShortageError
from logsyn.validator.personal.file_names import member_name, shown_name
from logsyn.validator.personal.masking import Masks
from logsyn.validator.writing.disks import is_about_full_disk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BLOCK = 1 << 20
TABULAR = (".csv", ".txt", ".tsv", ".tab", ".dat")

PACKED = (".gz", ".tgz", ".zip", ".7z", ".rar", ".bz2", ".xz", ".zst", ".tar")
"""What the name of a file ends in that holds others, or one that is packed."""

# Text shrinks to a hundredth at best; a file that grows beyond both limits was made to fill the disc.
GROWTH_LIMIT = 250
GROWTH_FLOOR = 1 << 30

_FOREIGN = {
    b"\xd0\xcf\x11\xe0": "an Excel workbook of the old kind (.xls)",
    b"PAR1": "a Parquet file",
    b"%PDF": "a PDF document",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"\x28\xb5\x2f\xfd": "a zstd archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"SQLite format 3": "an SQLite database",
}
DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, NotImplementedError, RuntimeError, ValueError,
    LookupError, OverflowError, OSError,
)  # fmt: skip
"""What Python says of an archive with wrong bytes in it; it promises none of them."""

_TWICE = {b"\x1f\x8b": "gzip", b"PK\x03\x04": "zip", b"PK\x05\x06": "zip"}
_UNPACK = "Unpack what is in it, and give the CSV files."
_SAVE_AS_CSV = "Save it as CSV, UTF-8, and give that file."


class Readable(Protocol):
    """What bytes can be read from, block by block."""

    def read(self, size: int, /) -> bytes:
        """The next bytes; none at the end."""


@dataclass(frozen=True)
class Delivered:
    """One CSV file. ``path``: where its plain bytes are; ``origin``: the delivered file, whose checksum is recorded."""

    name: str
    path: Path
    origin: Path


@dataclass
class Allowance:
    """How far a whole delivery may grow, all its archives and all that is in them together, in bytes so far."""

    packed: int = 0
    unpacked: int = 0

    @property
    def limit(self) -> int:
        """So many bytes may be unpacked from what has been opened so far."""
        return max(GROWTH_FLOOR, GROWTH_LIMIT * self.packed)


def deliver(paths: Sequence[Path], work: Path) -> list[Delivered]:
    """The CSV files in ``paths``, unpacked into ``work`` where they are packed, in the order given.

    Raises:
        ExtractError: nothing given, a path twice, or a file that is missing, unreadable, damaged, locked or no CSV.
    """
    if not paths:
        raise ExtractError("no file was given", "Give one or more CSV files.")
    twice = [path for path, times in Counter(Path(os.path.realpath(path)) for path in paths).items() if times > 1]
    if twice:
        raise ExtractError(
            f"{shown_name(twice[0].name)}: given more than once", "Give each file once: its rows would count double."
        )
    allowance = Allowance()
    names = _distinct([tuple(map(shown_name, path.parts)) or (str(path),) for path in paths])
    return [
        part for number, (path, name) in enumerate(zip(paths, names, strict=True))
        for part in _open(path, name, work / f"delivery-{number}", allowance)
    ]  # fmt: skip


def sha256(path: Path) -> str:
    """SHA-256 of a file, as ``sha256sum`` prints it."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _open(path: Path, name: str, work: Path, allowance: Allowance) -> Iterator[Delivered]:
    start = _first_bytes(path, name)
    if start.startswith(b"\x1f\x8b"):
        work.mkdir(parents=True)
        yield Delivered(name, _gunzip(path, name, work / "unpacked.csv", allowance), path)
    elif start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        work.mkdir(parents=True)
        yield from _unzip(path, name, work, allowance)
    else:
        _refuse_foreign(start, name)
        yield Delivered(name, _named_in_utf8(path, work), path)


def _named_in_utf8(path: Path, work: Path) -> Path:
    """The path, or a link to it where its name is of bytes that are no UTF-8: DuckDB takes no others."""
    try:
        str(path.absolute()).encode()
    except UnicodeEncodeError:
        work.mkdir(parents=True)
        link = work / "extract.csv"
        link.symlink_to(path.absolute())
        return link
    return path


def _first_bytes(path: Path, name: str) -> bytes:
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        raise ExtractError(f"{path}: no such file", "Check the path.") from None
    except OSError as error:  # a loop of links, a name too long, a folder that may not be entered
        raise ExtractError(f"{path}: cannot be reached ({error.strerror})", "Check the path.") from error
    if stat.S_ISDIR(mode):
        raise ExtractError(f"{name}: is a folder", "Give the files in it, such as FOLDER/*.csv.")
    if not stat.S_ISREG(mode):
        raise ExtractError(f"{name}: is not a regular file", "Save the extract as a file and give its path.")
    try:
        with path.open("rb") as file:
            return file.read(16)
    except OSError as error:
        raise ExtractError(
            f"{name}: cannot be read ({error.strerror})", "Check the permissions of the file."
        ) from error


def _refuse_foreign(start: bytes, name: str) -> None:
    for magic, kind in _FOREIGN.items():
        if start.startswith(magic):
            raise ExtractError(f"{name}: is {kind}, not CSV", _SAVE_AS_CSV)


def _refuse_packed_twice(file: Path, name: str) -> None:
    """Refuse a file from an archive that is an archive itself, or no text."""
    start = _first_bytes(file, name)
    for magic, kind in _TWICE.items():
        if start.startswith(magic):
            raise ExtractError(f"{name}: is packed twice, for what comes out of it is {kind} again", _UNPACK)
    _refuse_foreign(start, name)


def _gunzip(path: Path, name: str, target: Path, allowance: Allowance) -> Path:
    allowance.packed += path.stat().st_size
    try:
        with gzip.open(path) as packed:
            _copy(packed, target, name, allowance)
    except (EOFError, zlib.error, OSError) as error:
        _let_pass(error)
        raise ExtractError(f"{name}: damaged gzip file ({error})", "Ask for the file once more.") from error
    _refuse_packed_twice(target, name)
    return target


def _unzip(path: Path, name: str, work: Path, allowance: Allowance) -> Iterator[Delivered]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = _tabular(archive, name)
            allowance.packed += path.stat().st_size  # what an archive says of its members may be a lie
            _refuse_too_large(sum(member.file_size for member in members), name, work)
            names = _distinct([tuple(member_name(member).split("/")) for member in members])
            for number, (member, label) in enumerate(zip(members, names, strict=True)):
                full = f"{name}/{label}"
                if member.flag_bits & 1:
                    raise ExtractError(f"{full}: is locked with a password", "Unpack it and give the CSV file.")
                with archive.open(member) as packed:
                    _copy(packed, work / f"{number}.csv", full, allowance)
                _refuse_packed_twice(work / f"{number}.csv", full)
                yield Delivered(full, work / f"{number}.csv", path)
    except DAMAGED as error:
        _let_pass(error)
        raise ExtractError(f"{name}: damaged zip archive ({error})", "Ask for the file once more.") from error


def _tabular(archive: zipfile.ZipFile, name: str) -> list[zipfile.ZipInfo]:
    inside = archive.namelist()
    if "xl/workbook.xml" in inside or "[Content_Types].xml" in inside:
        raise ExtractError(f"{name}: is an Excel workbook or another office document, not CSV", _SAVE_AS_CSV)
    files = [member for member in archive.infolist() if not member.is_dir() and not _is_hidden(member.filename)]
    packed = [member_name(member) for member in files if member.filename.lower().endswith(PACKED)]
    if packed:  # its rows would be missing without a word
        raise ExtractError(f"{name}: holds what is packed once more ({_few(packed)})", _UNPACK)
    members = [member for member in files if member.filename.lower().endswith(TABULAR)]
    if not members:
        found = _few(list(map(member_name, archive.infolist()))) or "nothing"
        raise ExtractError(f"{name}: has no CSV file in it (found: {found})", "Give an archive with .csv files in it.")
    return members


def _is_hidden(path: str) -> bool:
    """Whether a member is what a system puts beside the files of people. Nothing is ever written where a path leads, so ``..`` does no harm."""
    return any(part.startswith((".", "__MACOSX")) and part not in (".", "..") for part in path.split("/"))


def _few(names: Sequence[str]) -> str:
    return ", ".join(names[:10]) + (f" and {len(names) - 10} more" if len(names) > 10 else "")


def _refuse_too_large(size: int, name: str, work: Path) -> None:
    """Make sure that there is room for what an archive says that it holds.

    Raises:
        ShortageError: there is not.
    """
    free = shutil.disk_usage(work).free
    if size > free:
        raise ShortageError(
            f"{name}: {written(size)} of disk are wanted to unpack it, and {written(free)} are free in {work.parent}",
            "Let TMPDIR name a folder on a larger disk.",
        )


def _copy(packed: Readable, target: Path, name: str, allowance: Allowance) -> None:
    """Unpack as a stream, up to what text can have shrunk to."""
    with target.open("wb") as plain:
        while block := packed.read(BLOCK):
            allowance.unpacked += len(block)
            if allowance.unpacked > allowance.limit:
                raise ExtractError(
                    f"{name}: what was delivered unpacks to more than {allowance.limit:,} bytes from {allowance.packed:,}",
                    "That is not how text shrinks. If the file is sound, unpack it and give the CSV file.",
                )
            plain.write(block)


def _let_pass(error: Exception) -> None:
    """What went wrong while unpacking is the fault of the file, unless a disk is full."""
    if is_about_full_disk(error):
        raise error


def _distinct(paths: Sequence[tuple[str, ...]]) -> list[str]:
    """The last part of each path, with as many parts before it as it takes to tell the paths apart, and no personal number in it."""
    masks = Masks()
    depth = [1] * len(paths)
    for _ in range(max(map(len, paths))):
        names = ["/".join(path[-count:]) for path, count in zip(paths, depth, strict=True)]
        times = Counter(names)
        if max(times.values()) == 1:
            return [masks(name) for name in names]
        depth = [
            min(count + (times[name] > 1), len(path)) for path, count, name in zip(paths, depth, names, strict=True)
        ]
    return [masks(f"{name} ({number})" if times[name] > 1 else name) for number, name in enumerate(names, 1)]
