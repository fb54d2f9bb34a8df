"""The encoding of a file: finds it, and turns what is not UTF-8 into UTF-8 as a stream."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np

from logsyn.validator.errors import ExtractError

if TYPE_CHECKING:
    from pathlib import Path

HEAD = 1 << 18
BLOCK = 1 << 22

UTF8 = "utf-8"
_MARKS = ((codecs.BOM_UTF8, UTF8), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF16_LE, "utf-16-le"),
          (codecs.BOM_UTF16_BE, "utf-16-be"))  # fmt: skip
_NOT_IN_1252 = b"\x81\x8d\x8f\x90\x9d"

# Stands for bytes that are no text until it is written: then it becomes a byte that no UTF-8 has, so that the record is
# rejected where it stands instead of being loaded with another text than the file has.
_BROKEN = "\U0010ffff"
_BROKEN_UTF8 = _BROKEN.encode()


# In Windows-1252: letters, and what is common beside them (quotes, dashes, dots, a space that does not break, signs of money and law).
_LETTERS = [byte for byte in range(0xC0, 0x100) if byte not in (0xD7, 0xF7)]
_COMMON = [0x80, 0x85, *range(0x91, 0x98), 0xA0, 0xA3, 0xA7, 0xA9, 0xAB, 0xB0, 0xB4, 0xB7, 0xBB]

# What is no ASCII in a text that was decoded as UTF-8, and what of it could not be.
_SOUND = re.compile("[^\x00-\x7f\ufffd]")
_UNSOUND = re.compile("\ufffd")


@dataclass(frozen=True)
class Doubt:
    """Why a file may not be in the encoding in which it is read.

    ``mixed``: ``signs`` in it are written in another one, the first in ``line``. ``letters``: what is above ASCII are mostly no
    letters, as when a file of DOS or an old Mac is taken for one of Windows.
    """

    kind: Literal["mixed", "letters"]
    signs: int
    line: int = 0


@dataclass(frozen=True)
class Encoding:
    """``name`` as Python knows it; ``mark``: how many bytes of byte-order mark stand before the text. ``doubt``: what speaks against it."""

    name: str
    mark: int = 0
    doubt: Doubt | None = field(default=None, compare=False)

    @property
    def is_wide(self) -> bool:
        """Whether a character takes two bytes or more, so that most have zero bytes."""
        return self.name.startswith(("utf-16", "utf-32"))

    @property
    def label(self) -> str:
        """The name that people know."""
        return {"cp1252": "windows-1252"}.get(self.name, self.name)


def find_encoding(path: Path, name: str) -> Encoding:
    """The encoding by its mark, by its zero bytes, or by what its first bytes above ASCII can be.

    Args:
        path: the file.
        name: what messages call it.

    Raises:
        ExtractError: empty, or not text at all.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head:
        raise ExtractError(f"{name}: the file is empty", "Ask for the extract once more.")
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return Encoding(encoding, len(mark))
    if head.count(b"\0") > len(head) // 5:
        return _with_zero_bytes(head, name)
    _refuse_binary(head, name)
    return Encoding(UTF8) if _is_utf8(head) else judge(path)


@dataclass
class _Signs:
    """The characters beyond ASCII in a file, read as UTF-8: how many are sound and how many are not, and the line of the first of each."""

    sound: int = 0
    unsound: int = 0
    first_sound: int = 0
    first_unsound: int = 0
    lines: int = 1

    def count(self, text: str, unsound: int) -> None:
        """Count the next piece of the file, in which so many characters are not sound."""
        sound = len(text) - len(text.encode("ascii", "ignore")) - text.count("\ufffd")
        if sound and not self.sound:
            self.first_sound = self._line(_SOUND, text)
        if unsound and not self.unsound:
            self.first_unsound = self._line(_UNSOUND, text)
        self.sound += sound
        self.unsound += unsound
        self.lines += text.count("\n")

    def _line(self, form: re.Pattern[str], text: str) -> int:
        found = form.search(text)
        return self.lines + text.count("\n", 0, found.start() if found else 0)


def judge(path: Path) -> Encoding:
    """UTF-8 or a one-byte encoding, by everything above ASCII in the whole file.

    A few bad bytes in UTF-8 do not make it Windows-1252, nor the other way round: the commoner reading wins, UTF-8 where they are
    equal, since text of another encoding is hardly ever UTF-8 by chance. What speaks against it is said.
    """
    signs = _Signs()
    counts = np.zeros(256, dtype=np.int64)
    decoder = codecs.getincrementaldecoder(UTF8)("replace")
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            text = decoder.decode(block)
            signs.count(text, text.count("\ufffd") - block.count(b"\xef\xbf\xbd"))
            counts += np.bincount(np.frombuffer(block, dtype=np.uint8), minlength=256)
    if signs.sound >= signs.unsound:
        return Encoding(UTF8, doubt=Doubt("mixed", signs.unsound, signs.first_unsound) if signs.unsound else None)
    name = "latin-1" if counts[list(_NOT_IN_1252)].any() else "cp1252"
    if signs.sound:
        return Encoding(name, doubt=Doubt("mixed", signs.sound, signs.first_sound))
    letters = int(counts[_LETTERS].sum())
    strange = int(counts[0x80:].sum() - counts[_COMMON].sum()) - letters
    return Encoding(name, doubt=Doubt("letters", strange) if strange > 2 * letters else None)


def recode(path: Path, encoding: Encoding, target: Path, *, newline: bytes = b"\n") -> Path:
    """Write a file as UTF-8 without mark, with ``newline`` (such as a carriage return alone, from old systems) turned into LF.

    Bytes that the encoding does not know become a byte that UTF-8 does not know.
    """
    codecs.register_error("logsyn-broken", lambda error: (_BROKEN, error.end))  # type: ignore[attr-defined]
    decoder = codecs.getincrementaldecoder(encoding.name)("logsyn-broken")
    with path.open("rb") as source, target.open("wb") as plain:
        source.seek(encoding.mark)
        held = b""
        while True:
            block = source.read(BLOCK)
            if encoding.name != UTF8:
                block_utf8 = decoder.decode(block, final=not block).encode(UTF8, "replace")
                block_utf8 = block_utf8.replace(_BROKEN_UTF8, b"\xff")
            else:
                block_utf8 = block
            block_utf8 = held + block_utf8
            held = _held_back(block_utf8, newline) if block else b""
            block_utf8 = block_utf8.removesuffix(held)
            plain.write(block_utf8 if newline == b"\n" else block_utf8.replace(newline, b"\n"))
            if not block:
                return target


def _held_back(block: bytes, newline: bytes) -> bytes:
    """The end of a block that may be the beginning of a line break."""
    return next((newline[:size] for size in range(len(newline) - 1, 0, -1) if block.endswith(newline[:size])), b"")


def _is_utf8(head: bytes) -> bool:
    decoder = codecs.getincrementaldecoder(UTF8)()
    try:
        decoder.decode(head, final=len(head) < HEAD)
    except UnicodeDecodeError:
        return False
    return True


def _with_zero_bytes(head: bytes, name: str) -> Encoding:
    """UTF-16 without mark has its zero bytes on one side only."""
    even, odd = head[::2].count(b"\0"), head[1::2].count(b"\0")
    if max(even, odd) > 20 * min(even, odd):
        return Encoding("utf-16-le" if odd > even else "utf-16-be")
    raise _binary(name)


def _refuse_binary(head: bytes, name: str) -> None:
    controls = sum(head.count(bytes([byte])) for byte in range(32) if byte not in b"\t\n\r\x0c\x1a")
    if controls > len(head) // 20 + 4:
        raise _binary(name)


def _binary(name: str) -> ExtractError:
    return ExtractError(f"{name}: is not a text file", "Save the extract as CSV, UTF-8, and give that file.")
