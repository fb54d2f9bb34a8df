"""The dialect of a CSV file: what stands between its columns, what around its values, and what before a quote that is text."""

from __future__ import annotations

from dataclasses import dataclass

DELIMITERS = {b";": "semicolon", b",": "comma", b"\t": "tab", b"|": "bar"}
"""The usual delimiters, and what they are called."""

QUOTE = b'"'


@dataclass(frozen=True)
class Dialect:
    """How the fields of a file are written.

    ``delimiter``: one byte or a few. ``quote``: what surrounds a value; a quote in it is doubled. ``escape``: what else may stand
    before a quote that is text: nothing, or a backslash. ``closes_at_end``: a quote closes only where its field ends, so that one within
    a value need not be doubled.
    """

    delimiter: bytes
    quote: bytes = QUOTE
    escape: bytes = b""
    closes_at_end: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether a file may be read as it is: one byte between columns, ``"`` around values, doubled within."""
        return len(self.delimiter) == 1 and self.quote == QUOTE and not self.escape
