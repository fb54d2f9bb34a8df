"""Where a long text may be cut without leaving a part of a number or an address that no longer looks like one, and so is not masked."""

from __future__ import annotations

import re

_AHEAD = 200
# Digits with whatever but letters between them, as it is or as an escape, and as much as people put there; and all around an @.
_BETWEEN = r"(?:\\+(?:x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}|t)|[\W_])"
_WHOLE = re.compile(rf"\S*@\S*|[+]?\d(?:{_BETWEEN}{{0,12}}\d)*")


def shortened(text: str, most: int) -> str:
    """A text of at most ``most`` characters and an ellipsis; what may be a number of a person or an address is left out whole."""
    if len(text) <= most:
        return text
    end = most
    for found in _WHOLE.finditer(text[: most + _AHEAD]):
        if found.start() < most < found.end():
            end = found.start()
    return text[:end] + "…"
