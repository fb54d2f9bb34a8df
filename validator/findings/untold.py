"""A rule that was asked about a small group: what it found is in the confidential part of the report only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.validator.database.answers import record
from logsyn.validator.database.conditions import condition
from logsyn.validator.disclosure.people import person, size_of, sizes
from logsyn.validator.disclosure.size import is_small
from logsyn.validator.record import Breakdowns, Consequence, Finding, Text

if TYPE_CHECKING:
    import duckdb

    from logsyn.validator.checking.check import Checked
    from logsyn.validator.disclosure.gathered import Gathered
    from logsyn.validator.disclosure.size import Size

_OF_FEW = Text(
    da="Reglen spørger om en gruppe på under 5 rækker, sager eller medarbejdere. Derfor står der ikke, hvad den fandt. Rækkerne, hvis der er nogen, får man med logsyn rows.",
    en="The rule asks about a group of fewer than 5 rows, cases or employees, so it is not told what it found. Its rows, if there are any, are listed by logsyn rows.",
)


class Asking:
    """Which rules ask about a small group: by ``where``, or by the names of activities."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, have: frozenset[str]) -> None:
        self._connection = connection
        self._have = have
        self._known: dict[str, Size] = {}

    def of_few(self, rule: Checked, checked: Gathered | None) -> bool:
        """Whether a rule asks about a small group, or looks at one in that about which it asks. ``checked``: the rows that it checks."""
        where = rule.rule.where or rule.rule.given.get("where")
        named = any(kind.values_of == "activity" and rule.rule.given.get(name) for name, kind in rule.rule.parameters.items())
        if rule.result is None or not (where or named) or rule.rule.table not in ("events", "cases"):
            return False
        if where and self._is_few(self._of(condition(where))):
            return True
        if rule.rule.table == "cases":
            return is_small(rule.result.checked) and rule.result.checked < self._of("true").cases
        return checked is not None and self._is_few(checked.size)

    def _is_few(self, group: Size) -> bool:
        """Whether a group is small; all rows of the log, and none, are no group."""
        return group.is_small and group.rows < self._of("true").rows

    def _of(self, within: str) -> Size:
        """The size of the rows that meet a condition."""
        if within not in self._known:
            rows = f"SELECT case_no, {person(self._have)} AS person FROM events WHERE {within}"
            self._known[within] = size_of(record(self._connection.execute(f"SELECT {sizes(self._have)} FROM ({rows})")))
        return self._known[within]


def untold(finding: Finding) -> Finding:
    """The finding without anything that tells of the group: no figure, no outcome, and it bears on no question."""
    return finding.model_copy(
        update={
            "outcome": "not_evaluated",
            "of_few": True,
            "reason": _OF_FEW,
            "checked": 0,
            "failed": 0,
            "rows_affected": 0,
            "cases_affected": 0,
            "breakdowns": Breakdowns(),
            "consequence": Consequence(),
            "told": {},
            "questions": [],
            "acceptance": None,
        }
    )
