"""The error of everything that people write as YAML: what is wrong, in which file and line, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class DeclarationError(Exception):
    """A suite, source profile, practice or catalogue file cannot be used.

    Args:
        problem: one sentence that says what is wrong.
        path: the file, or the name under which something was looked for.
        line: 1-based line in that file, when it is known.
        hint: what to do about it.
    """

    def __init__(self, problem: str, *, path: Path | str, line: int | None = None, hint: str = "") -> None:
        where = f"{path}:{line}" if line else str(path)
        super().__init__(f"{where}: {problem}" + (f"\n  {hint}" if hint else ""))
        self.problem = problem
        self.path = path
        self.line = line
        self.hint = hint
