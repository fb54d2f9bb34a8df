"""The errors of an audit: each says what, where, how many and what to do; split by who must act."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from logsyn.expectations.text import Text


class AuditError(Exception):
    """The audit could not be done. Message: what and where; then, on a line of its own, what to do.

    Args:
        problem: what is wrong, with file, line and count where they are known.
        hint: what to do about it.
    """

    def __init__(self, problem: str, hint: str = "") -> None:
        super().__init__(problem + (f"\n  {hint}" if hint else ""))
        self.problem = problem
        self.hint = hint


class ExtractError(AuditError):
    """The extract cannot be read or its columns cannot be found: the one who delivers or maps it must act."""


class EngineError(AuditError):
    """The engine broke a promise, such as a count that does not add up: a fault of logsyn, to be reported."""


class ShortageError(AuditError):
    """Memory or disk do not suffice: the one who runs it gives more, or asks for less."""


class CancelledError(AuditError):
    """Somebody ended the run; nothing was written."""


class NotReadableError(ValueError):
    """One rule cannot be judged by what the log holds: it is in error, and the others go on. ``text`` says why, in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text
