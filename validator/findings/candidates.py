"""Failing rows that may become examples, as they stand in the log: nothing of this is published before it was made to fit several cases."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from logsyn.expectations.source import TIME_COLUMNS
from logsyn.validator.database.answers import records
from logsyn.validator.database.sql import identifier
from logsyn.validator.database.templates import render_name
from logsyn.validator.derive.events import some_events
from logsyn.validator.findings.found import found_values

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb

    from logsyn.validator.checking.check import Checked

MOST_CANDIDATES = 10
"""Failing rows per rule of which the examples are taken: those that may tell the most."""

# Rows are taken by the hash of their number: spread over the whole log, and the same in every run. Of a label there is one row.
CHOSEN = (
    "SELECT rule_no, unnest(arg_min(row_id, hash(row_id), {most})) AS row_id FROM violations {of_labels} WHERE rule_no IN ({rules}) GROUP BY rule_no"
)
OF_LABELS = "SEMI JOIN labels ON labels.first_row_id = violations.row_id"

ALWAYS = ("row_id", "case_no", "activity", "team", "timestamp")
NEVER = frozenset({"file", "line", "case_id", "pair_no", "position_in_case", "timestamp_hour", "registered_hour"})
"""What leads to a row or tells the time of day."""


@dataclass(frozen=True)
class Candidate:
    """A failing row. ``row``: what it has by itself. ``shown``: which of it tells why the rule fails. ``found``: what the rule's own query says of it."""

    rule: Checked
    row: Mapping[str, Any]
    shown: tuple[str, ...]
    found: Mapping[str, Any] = field(default_factory=dict)

    def told(self) -> dict[str, Any]:
        """All that explains why the row fails, exactly as it is."""
        of_label = self.rule.rule.table == "labels"
        own = {name: self.row[name] for name in self.shown if not (of_label and self.row[name] is None)}
        return own | dict(self.found)


def candidates(
    connection: duckdb.DuckDBPyConnection, checked: Sequence[Checked], have: frozenset[str]
) -> dict[int, list[Candidate]]:
    """Failing rows of every rule that looks at rows, cases or labels, by the rule's number, in the order of the rows.

    Args:
        connection: holds ``violations``, ``events`` and ``labels``.
        checked: the rules that were run.
        have: the columns of ``events`` that mean something; ``X_text`` of times among them.
    """
    rules = {rule.number: rule for rule in checked}
    shown = {number: tuple(_shown(rule, have)) for number, rule in rules.items()}
    _choose(connection, checked)
    columns = [*ALWAYS, *sorted({name for names in shown.values() for name in names})]
    in_labels = _label_columns(connection)
    selected = ", ".join(
        f"{'labels' if name in in_labels else 'chosen'}.{identifier(name)} AS {identifier(name)}" for name in columns
    )
    row_ids = [row_id for (row_id,) in connection.execute("SELECT DISTINCT row_id FROM evidence_rows ORDER BY 1").fetchall()]
    rows = records(
        connection.execute(
            f"SELECT rule_no, {selected} FROM evidence_rows JOIN ({some_events(connection, row_ids)}) AS chosen USING (row_id) "
            "LEFT JOIN labels ON labels.activity = chosen.activity::VARCHAR ORDER BY rule_no, chosen.row_id"
        )
    )
    found = found_values(connection, checked, rows)
    of_rules: dict[int, list[Candidate]] = {}
    for row in rows:
        number = row["rule_no"]
        further = found.get((number, row["row_id"]), {})
        of_rules.setdefault(number, []).append(Candidate(rules[number], row, shown[number], further))
    return of_rules


def _choose(connection: duckdb.DuckDBPyConnection, checked: Sequence[Checked]) -> None:
    connection.execute("CREATE OR REPLACE TABLE evidence_rows (rule_no USMALLINT, row_id INTEGER)")
    for of_labels in (False, True):
        numbers = [rule.number for rule in checked if (rule.rule.table == "labels") == of_labels]
        if numbers:
            chosen = CHOSEN.format(
                most=MOST_CANDIDATES, of_labels=OF_LABELS if of_labels else "", rules=", ".join(map(str, numbers))
            )
            connection.execute(f"INSERT INTO evidence_rows {chosen}")


def _shown(rule: Checked, have: frozenset[str]) -> list[str]:
    # The columns of a stock expectation may be called anything.
    own = rule.rule.shows if rule.rule.value is None else [render_name(name, rule.rule.given) for name in rule.rule.shows]
    wanted = [name for name in dict.fromkeys(own) if name not in ALWAYS and name not in NEVER]
    return [name for name in wanted if _exists(name, have, rule)]


def _exists(name: str, have: frozenset[str], rule: Checked) -> bool:
    # What could not be read is kept of times only.
    of_time = name.removesuffix("_text") in have.intersection(TIME_COLUMNS)
    other = rule.rule.only_with.get(name)
    return (other is None or other in have) and (name in have or of_time or rule.rule.table == "labels")


def _label_columns(connection: duckdb.DuckDBPyConnection) -> set[str]:
    own = {name for (name,) in connection.execute("SELECT column_name FROM (DESCRIBE labels)").fetchall()}
    return own - {"activity", "events", "first_row_id"}
