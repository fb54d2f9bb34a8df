"""Names that are asked for and are not there: the nearest that are, so that a slip of the finger is seen at once."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

Named = TypeVar("Named")


def named(name: str, known: Mapping[str, Named], what: str) -> Named:
    """The one of this name.

    Raises:
        KeyError: there is none; the message names those that are nearest.
    """
    if name in known:
        return known[name]
    near = get_close_matches(name, known, n=3) or sorted(known)[:3]
    raise KeyError(f"no {what} {name!r}; there is {', '.join(near)}" if near else f"no {what} {name!r}")
