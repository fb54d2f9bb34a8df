"""The result of one rule: its outcome and counts, as the engine judged it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from logsyn.expectations.text import Text


@dataclass(frozen=True)
class RuleResult:
    """The outcome of one rule.

    ``checked`` and ``failed`` count rows of the rule's table; for an expectation on a column as a whole they are 1 and
    0 or 1, and ``observed`` is what it saw. One that looked at nothing is ``nothing_checked``, never ``passed``. ``failing_rows`` is SQL that gives the keys of the failing rows, and ``judged_in`` the
    table or view of which it speaks; None when there are none to give. ``fault`` says what broke, for the outcome ``error``. A rule that does not apply to this log is ``not_evaluated``.
    ``told`` are further figures, by name.
    """

    number: int
    outcome: Literal["passed", "failed", "not_evaluated", "nothing_checked", "error"]
    checked: int = 0
    failed: int = 0
    failing_rows: str | None = None
    judged_in: str | None = None
    observed: str | None = None
    fault: Text | None = None
    told: dict[str, int] = field(default_factory=dict)
