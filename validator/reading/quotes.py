"""Which lines of a file begin within quotes, found by counting quotes, where counting them is sound.

It is sound while every quote that opens stands at the beginning of a field, and every quote that closes at the end of
one: then a line break with an odd number of quotes before it is within quotes, and no other one is. One stray quote
(``5" pipe``) would turn in and out around for the rest of the file, and two of them could hide each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

_BLOCK = 1 << 22
_LIMIT = 20_000_000
_QUOTE, _BREAK, _RETURN = b'"\n\r'


def lines_in_quotes(path: Path, start: int, delimiter: str) -> NDArray[np.int64] | None:
    """The 1-based lines that begin within quotes; None where quotes are not tidy, or with millions of such lines.

    Args:
        path: a UTF-8 file.
        start: byte at which its text begins, behind a byte-order mark.
        delimiter: what stands between its fields.
    """
    opens_after = np.array([ord(delimiter), _BREAK, _QUOTE], dtype=np.uint8)
    closes_before = np.array([ord(delimiter), _BREAK, _RETURN, _QUOTE], dtype=np.uint8)
    found: list[NDArray[np.int64]] = [np.empty(0, dtype=np.int64)]
    lines = quotes = within = 0
    before = b"\n"
    with path.open("rb") as file:
        file.seek(start)
        block = file.read(_BLOCK)
        while block:
            following = file.read(_BLOCK)
            if quotes % 2 == 0 and b'"' not in block:
                lines += block.count(b"\n")
                before, block = block[-1:], following
                continue
            values = np.frombuffer(before + block + (following[:1] or b"\n"), dtype=np.uint8)
            inner = values[1:-1]
            at = np.flatnonzero(inner == _QUOTE)
            opening, closing = at[quotes % 2 :: 2], at[1 - quotes % 2 :: 2]
            if not np.isin(values[opening], opens_after).all() or not np.isin(values[closing + 2], closes_before).all():
                return None
            breaks = np.flatnonzero(inner == _BREAK)
            odd = (np.searchsorted(at, breaks) + quotes) % 2 == 1
            found.append(np.flatnonzero(odd) + lines + 2)
            within += len(found[-1])
            if within > _LIMIT:
                return None
            lines, quotes = lines + len(breaks), quotes + len(at)
            before, block = block[-1:], following
    return np.concatenate(found)
