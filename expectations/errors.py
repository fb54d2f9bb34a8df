"""The error of everything that people write as YAML: what is wrong, in which file and line, and what to do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from logsyn.expectations.shortening import shortened

if TYPE_CHECKING:
    from pathlib import Path


MOST_SHOWN = 60
"""Characters of a value that is quoted in an error."""

_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u206f\ud800-\udfff]")


def shown(value: object) -> str:
    """A value as it is quoted in an error: as Python writes it, cut where it is long, but not within a number."""
    if isinstance(value, str):  # before it is written: escapes would hide what a number is parted by
        value = value if len(value) <= MOST_SHOWN + 18 else shortened(value, MOST_SHOWN)
    written = repr(value)
    return written if len(written) <= MOST_SHOWN + 20 else shortened(written, MOST_SHOWN)


class DeclarationError(Exception):
    """A suite, source profile, practice or catalogue file cannot be used.

    Args:
        problem: one sentence that says what is wrong.
        path: the file, or the name under which something was looked for.
        line: 1-based line in that file, when it is known.
        hint: what to do about it.
    """

    def __init__(self, problem: str, *, path: Path | str, line: int | None = None, hint: str = "") -> None:
        problem, hint = _one_line(problem), _one_line(hint)
        where = _one_line(f"{path}:{line}" if line else str(path))
        super().__init__(f"{where}: {problem}" + (f"\n  {hint}" if hint else ""))
        self.problem = problem
        self.path = path
        self.line = line
        self.hint = hint


def _one_line(text: str) -> str:
    """A text that cannot move the cursor of a terminal or begin a line of its own."""
    return _UNSAFE.sub(lambda sign: sign[0].encode("unicode_escape").decode(), text)
