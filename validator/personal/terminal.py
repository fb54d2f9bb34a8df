"""Texts as they may be shown on a terminal: personal numbers masked, and what would move the cursor, change colours or turn the order of letters written out."""

from __future__ import annotations

import codecs
import re
import sys

from logsyn.validator.personal.cutting import MOST_OF_A_LINE, cut

_ALIKE = "logsyn-shown"
# Control characters but tab and line feed, lone surrogates, line separators, and marks that turn the direction of writing.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f]")
# How ``repr`` and JSON write what they do not show: once, or several times over.
_ESCAPED = re.compile(r"\\+(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|t)")


def printable(text: str) -> str:
    """A text with personal numbers and addresses masked, and everything that a terminal would obey instead of showing it written out in hexadecimal digits."""
    from logsyn.validator.personal.masking import masked  # noqa: PLC0415 - expressions that take long to compile, which --help does not need

    text = masked(text)
    if "\\" in text:  # a no-break space or a mark without width that stands as an escape between the digits of a number
        meant = _ESCAPED.sub(_meant, text)
        known = masked(meant)
        text = text if known == meant else known
    return _UNSEEN.sub(lambda found: _written(found[0]), text)


def in_one_line(text: str) -> str:
    """The same on one line, cut where it is long: a file name may have line breaks in it, and a header may be endless."""
    return cut(printable(text).replace("\n", "\\n").replace("\t", "\\t"), MOST_OF_A_LINE)


def show_what_cannot_be_encoded() -> str:
    """Make known, and name, a handler of encoding errors that writes a character as JSON does."""
    codecs.register_error(_ALIKE, _shown)
    return _ALIKE


def _shown(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_units, error.object[error.start : error.end])), error.end


def _meant(escape: re.Match[str]) -> str:
    code = int(escape[1] or escape[2] or escape[3] or "9", 16)
    return escape[0] if code == ord("\n") or code > sys.maxunicode else chr(code)


def _written(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a file name that is no UTF-8
        code -= 0xDC00
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def _units(character: str) -> str:
    pairs = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{pairs[at : at + 2].hex()}" for at in range(0, len(pairs), 2))
