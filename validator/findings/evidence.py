"""Evidence: up to 20 failing rows of each rule, with the values that make them understandable and nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from logsyn.expectations.source import TIME_COLUMNS
from logsyn.validator.database.answers import records
from logsyn.validator.database.sql import identifier
from logsyn.validator.database.templates import render_name
from logsyn.validator.derive.events import some_events
from logsyn.validator.findings.found import OPEN_COLUMNS, found_in_log, found_values
from logsyn.validator.findings.persons import is_protected
from logsyn.validator.findings.plain import plain
from logsyn.validator.findings.pseudonyms import pseudonym, shape, shape_of_time, shape_of_value
from logsyn.validator.record import Evidence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb

    from logsyn.validator.checking.check import Checked
    from logsyn.validator.record import Value

MOST = 20
"""Pieces of evidence per rule."""

# Rows are taken by the hash of their number: spread over the whole log, and the same in every run.
CHOSEN = f"SELECT rule_no, unnest(arg_min(row_id, hash(row_id), {MOST})) AS row_id FROM violations GROUP BY rule_no"

ALWAYS = ("row_id", "file", "line", "case_id", "activity", "team", "timestamp")


def gather_evidence(
    connection: duckdb.DuckDBPyConnection,
    checked: Sequence[Checked],
    have: frozenset[str],
    key: bytes | None,
) -> dict[int, list[Evidence]]:
    """Evidence of every rule, by the rule's number, in the order of the rows.

    Args:
        connection: holds ``violations``, ``events`` and ``labels``.
        checked: the rules that were run.
        have: the columns of ``events`` that mean something; ``X_text`` of times among them.
        key: makes the pseudonyms of case ids; None shows the ids.
    """
    connection.execute(f"CREATE OR REPLACE TABLE evidence_rows AS {CHOSEN}")
    shown = {rule.number: [name for name in _shown_columns(rule) if _exists(name, have, rule)] for rule in checked}
    columns = [*ALWAYS, "case_no", *sorted({name for names in shown.values() for name in names} - {*ALWAYS, "case_no"})]
    in_labels = _label_columns(connection)
    selected = ", ".join(
        f"{'labels' if name in in_labels else 'chosen'}.{identifier(name)} AS {identifier(name)}" for name in columns
    )
    row_ids = [
        row_id for (row_id,) in connection.execute("SELECT DISTINCT row_id FROM evidence_rows ORDER BY 1").fetchall()
    ]
    answer = connection.execute(
        f"SELECT rule_no, {selected} FROM evidence_rows JOIN ({some_events(connection, row_ids)}) AS chosen USING (row_id) "
        "LEFT JOIN labels ON labels.activity = chosen.activity::VARCHAR ORDER BY rule_no, chosen.row_id"
    )
    rows = records(answer)
    rules = {rule.number: rule for rule in checked}
    told = found_values(connection, checked, rows)
    found = {rule.number: found_in_log(connection, rule, key, MOST) for rule in checked if rule.rule.table == "log"}
    for row in rows:
        rule = rules[row["rule_no"]]
        piece = _piece(rule, row, shown[rule.number], key)
        further = told.get((rule.number, row["row_id"]), {})
        found.setdefault(rule.number, []).append(piece.model_copy(update={"values": piece.values | further}))
    return found


def _shown_columns(rule: Checked) -> list[str]:
    if rule.rule.value is None:  # the columns of a stock expectation, which may be called anything
        return list(rule.rule.shows)
    return [render_name(name, rule.rule.given) for name in rule.rule.shows]


def _exists(name: str, have: frozenset[str], rule: Checked) -> bool:
    of_time = name.removesuffix("_text") in have.intersection(
        TIME_COLUMNS
    )  # what could not be read is kept of times only
    other = rule.rule.only_with.get(name)
    return (other is None or other in have) and (name in have or of_time or rule.rule.table == "labels")


def _label_columns(connection: duckdb.DuckDBPyConnection) -> set[str]:
    own = {name for (name,) in connection.execute("SELECT column_name FROM (DESCRIBE labels)").fetchall()}
    return own - {"activity", "events", "first_row_id"}


def _piece(rule: Checked, row: Mapping[str, Any], names: list[str], key: bytes | None) -> Evidence:
    case_id = row["case_id"]
    return Evidence(
        row_id=row["row_id"],
        file=row["file"],
        line=row["line"],
        case=None if case_id is None else case_id if key is None else pseudonym(case_id, key),
        activity=row["activity"],
        team=row["team"],
        timestamp=None if row["timestamp"] is None else str(plain(row["timestamp"])),
        values={
            name: _value(row[name], name, rule)
            for name in names
            if name not in ALWAYS
            and not (rule.rule.table == "labels" and row[name] is None)  # does not apply to this label
        },
    )


def _value(value: Any, name: str, rule: Checked) -> Value:
    if not isinstance(value, str):
        return plain(value)
    is_open = name in OPEN_COLUMNS or rule.rule.table == "labels"
    if is_open and not rule.rule.masked:
        return value
    if name.removesuffix("_text") in TIME_COLUMNS:
        return shape_of_time(value)
    return shape(value) if is_protected(name) else shape_of_value(value)
