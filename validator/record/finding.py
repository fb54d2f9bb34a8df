"""One rule and what came of it: counts, breakdowns, evidence."""

from __future__ import annotations

from typing import Any, Literal

from logsyn.expectations.severity import Severity
from logsyn.expectations.text import Text
from logsyn.validator.record.acceptance import Acceptance
from logsyn.validator.record.base import Count, Outcome, Record, Value
from logsyn.validator.record.consequence import Consequence


class Group(Record):
    """One row of a breakdown. A figure is None when it is hidden to protect small groups (``hidden`` says so).

    ``checked``: the rows that the rule could check, rounded up: up to 19 too many, and none too many where all of them fail.
    ``groups``: so many groups, each too small, are told as one, without their names; None: it is one group.
    """

    key: str | None
    checked: Count | None
    failed: Count | None
    hidden: bool = False
    groups: Count | None = None


class Breakdowns(Record):
    """Checked and failed rows by team, activity and month, of those with the most failed rows; empty where the column is absent.

    A month is ``2023-04``; where most of the months are too small to be shown, ``month`` has quarters (``2023-Q2``) or years (``2023``).
    ``hidden``: the breakdowns that are not told, since what may be shown of them says no more than the total.
    """

    team: list[Group] = []
    activity: list[Group] = []
    month: list[Group] = []
    hidden: list[Literal["team", "activity", "month"]] = []


class Evidence(Record):
    """An example of what fails: what at least five cases that fail the rule have in common, and no key of the row that it was taken from.

    ``timestamp``, and times among ``values``, are a day, month or year (``2023-04-12``, ``2023-04``, ``2023``); spans of time among them are
    classes (``15..31``: from 15 on, less than 31). What would tell more than that fits five cases is None, or not among ``values``,
    which show why the row fails. An example of a rule on the log as a whole tells of no row.
    """

    activity: str | None = None
    team: str | None = None
    timestamp: str | None = None
    values: dict[str, Value] = {}


class Unmatched(Record):
    """A name in a rule that the extract does not have.

    ``key``: under which key of the suite it stands. ``column``: the column that is not there, or in which ``value`` does not occur; a value
    of a column that may name persons stands as ``…``. ``operator``: that of a condition on texts, such as ``starts_with``, which no value meets.
    ``near``: what is there and resembles it most.
    """

    key: str
    column: str
    operator: str | None = None
    value: str | None = None
    near: str | None = None


class Finding(Record):
    """One rule and what came of it.

    ``checked`` and ``failed`` count rows of ``table``; ``rows_affected`` counts rows of the extract that stand in
    ``violations.parquet``. ``required_share`` is the share of checked rows that must pass. ``reason`` says why a rule was
    not evaluated, looked at nothing or broke. ``own``: the rule stands in a suite of the user's own. ``unmatched``: what it
    names and the extract does not have, the first twenty. ``told`` are further figures of a check, by name. ``sql`` gives the failing rows on the tables of the audit. ``acceptance`` stands where somebody
    has accepted it, or a part of it, also when that has expired. ``of_few``: it was asked about a small group, of which nothing is told, not
    even whether it failed: its outcome is ``not_evaluated``, and its counts are 0.
    """

    rule: str
    check: str
    table: Literal["events", "cases", "labels", "log"]
    dimension: str
    outcome: Outcome
    severity: Severity
    patterns: list[str] = []
    questions: list[str] = []
    params: dict[str, Any] = {}
    expectation: str
    required_share: float = 1.0
    title: Text
    fails_when: Text
    why: Text
    ask: Text
    mend: Text
    reason: Text | None = None
    checked: Count = 0
    failed: Count = 0
    rows_affected: Count = 0
    cases_affected: Count = 0
    breakdowns: Breakdowns = Breakdowns()
    evidence: list[Evidence] = []
    sql: str | None = None
    told: dict[str, Count] = {}
    consequence: Consequence = Consequence()
    acceptance: Acceptance | None = None
    own: bool = False
    of_few: bool = False
    unmatched: list[Unmatched] = []

    @property
    def is_judged(self) -> bool:
        """Whether it is known that it passed or failed."""
        return self.outcome in ("passed", "failed")

    @property
    def asks_in_vain(self) -> bool:
        """Whether it is a rule of the user's own that looked at nothing: at no row, or at a column by a name that is not there."""
        lacks_column = any(one.value is None for one in self.unmatched)
        return self.own and (
            self.outcome == "nothing_checked" or (self.outcome == "not_evaluated" and lacks_column)
        )

    @property
    def still_fails(self) -> bool:
        """Whether it failed, and not all that is needed for it is accepted."""
        return self.outcome == "failed" and (self.acceptance is None or self.acceptance.counts)
