"""Examples of failing rows: up to three of each rule, each of which fits at least five cases that fail it, so that none can be followed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from logsyn.expectations.source import TIME_COLUMNS
from logsyn.validator.checking.compiled import ROW_KEYS
from logsyn.validator.database.sql import identifier
from logsyn.validator.disclosure.people import person
from logsyn.validator.findings.candidates import ALWAYS, Candidate, candidates
from logsyn.validator.findings.details import (
    ACTIVITY,
    CONTEXT,
    FOUND,
    SHAPE,
    SHOWN,
    TEAM,
    TIMES,
    Detail,
    detail,
    told_as,
)
from logsyn.validator.findings.fitting import Asked, steps_that_fit
from logsyn.validator.findings.found import OPEN_COLUMNS, found_in_log
from logsyn.validator.findings.label_examples import label_examples
from logsyn.validator.findings.log_examples import log_examples
from logsyn.validator.findings.persons import is_protected
from logsyn.validator.findings.plain import plain
from logsyn.validator.findings.shapes import shape, shape_of_time, shape_of_value
from logsyn.validator.findings.told_groups import ToldGroups
from logsyn.validator.record import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import duckdb

    from logsyn.validator.checking.check import Checked
    from logsyn.validator.record import Value

MOST = 3
"""Examples per rule."""

OUTLYING_YEARS = 20
"""A year so far from those of the log is what the finding is about, such as 1900 or 9999, and the last of a time to be given up."""

WHY = 4
"""What explains why a row fails tells more than when and where it was."""

TOLD = "told {name}"
"""What a column that is not one of every event is called beside those that are."""


def gather_evidence(
    connection: duckdb.DuckDBPyConnection,
    checked: Sequence[Checked],
    have: frozenset[str],
    told: Mapping[int, ToldGroups],
) -> dict[int, list[Evidence]]:
    """Examples of every rule, by the rule's number, in the order of the rows.

    An example shows activity, team, time and what explains why the row fails, each as exactly as failing rows of at least five cases, and of
    as many employees, have it together: a day becomes a month, a year, or nothing, a span of time its class, and what still tells too much is
    left out. Activity, team and period are those whose figures the breakdowns of the rule show. Times of day, case ids, files, lines and
    row numbers are in none.

    Args:
        connection: holds ``violations``, ``events`` and ``labels``.
        checked: the rules that were run.
        have: the columns of ``events`` that mean something; ``X_text`` of times among them.
        told: what the breakdowns of a rule name, by its number.
    """
    found = candidates(connection, checked, have)
    rows = {number: own for number, own in found.items() if own[0].rule.rule.table in ("events", "cases")}
    labels = {number: own for number, own in found.items() if own[0].rule.rule.table == "labels"}
    in_log = {rule.number: found_in_log(connection, rule) for rule in checked if rule.rule.table == "log"}
    return {
        **_row_examples(connection, rows, have, told),
        **label_examples(connection, labels, told, have, MOST),
        **log_examples(connection, {number: own for number, own in in_log.items() if own}, have, MOST),
    }


def _row_examples(
    connection: duckdb.DuckDBPyConnection,
    of_rules: Mapping[int, list[Candidate]],
    have: frozenset[str],
    told: Mapping[int, ToldGroups],
) -> dict[int, list[Evidence]]:
    """Examples of rules on rows and cases, by the rule's number."""
    types, log_years = _types(connection, "event_facts"), _years(connection)
    examples: dict[int, list[Evidence]] = {}
    for number, own in of_rules.items():
        groups = told.get(number, ToldGroups())
        details = [tuple(_details(one, types, groups, log_years)) for one in own]
        pieces = _fitting_failing_rows(connection, own, details, types, log_years, groups, person(have))
        examples[number] = _distinct(pieces[place] for place in sorted(pieces))
    return examples


_CLOCK = re.compile(r"(?<=[\sTx,])\d{1,2}[:.]\d{1,2}(?:[:.]\d{1,2}(?:[.,]\d{1,6})?)?(?![\d.])")
_DIGIT = re.compile(r"\d")


def _distinct(pieces: Iterable[tuple[int, Evidence]]) -> list[Evidence]:
    """The examples that tell the most, in their order; of some that show the same, one."""
    different: list[tuple[int, Evidence]] = []
    for piece in pieces:
        if piece[1] != Evidence() and all(piece[1] != other for _, other in different):
            different.append(piece)
    best = sorted(range(len(different)), key=lambda place: -different[place][0])[:MOST]
    return [different[place][1] for place in sorted(best)]


def _details(
    candidate: Candidate, types: Mapping[str, str], groups: ToldGroups, log_years: tuple[int, int]
) -> Iterable[Detail]:
    """What a candidate may show of the columns that every event of the log has, beside its activity."""
    row = candidate.row
    if types["timestamp"].startswith("TIMESTAMP") and row["timestamp"] is not None:
        exactness = groups.exactness_of(row["timestamp"])
        if exactness is not None:
            given_up = _of_time(row["timestamp"], "timestamp", log_years)
            yield detail("timestamp", types["timestamp"], (*[0] * exactness, *given_up[exactness:]))
    if row["team"] is not None and row["team"] in groups.teams:
        yield detail("team", "VARCHAR", (TEAM,))
    for place, name in enumerate(candidate.shown):
        if name in types:
            yield detail(name, types[name], _given_up(row[name], place, types[name], log_years))


def _given_up(value: Any, place: int, sql_type: str, log_years: tuple[int, int]) -> tuple[int, ...]:
    return _of_time(value, "other", log_years) if _is_time(sql_type) else (SHOWN[min(place, len(SHOWN) - 1)],)


def _of_found(value: Any, place: int, sql_type: str, log_years: tuple[int, int]) -> tuple[int, ...]:
    return _of_time(value, "found", log_years) if _is_time(sql_type) else (FOUND[min(place, len(FOUND) - 1)],)


def _of_time(value: Any, usual: str, log_years: tuple[int, int]) -> tuple[int, ...]:
    first, last = log_years
    is_outlying = value is not None and not first - OUTLYING_YEARS <= value.year <= last + OUTLYING_YEARS
    return TIMES["outlying" if is_outlying else usual]


def _is_time(sql_type: str) -> bool:
    return sql_type == "DATE" or sql_type.startswith("TIMESTAMP")


def _fitting_failing_rows(
    connection: duckdb.DuckDBPyConnection,
    own: Sequence[Candidate],
    details: Sequence[tuple[Detail, ...]],
    types: Mapping[str, str],
    log_years: tuple[int, int],
    groups: ToldGroups,
    employee: str,
) -> dict[int, tuple[int, Evidence]]:
    """What candidates of a rule may show so that it fits cases of its failing rows, by their places, with how much that is."""
    rule = own[0].rule
    compiled = rule.compiled
    with_found = compiled is not None and compiled.finds is not None
    further = [name for name in own[0].shown if name not in types]
    if compiled is None:
        return {}
    found_types = _types(connection, compiled.found) if with_found else {}
    found_types = {name: kind for name, kind in found_types.items() if name not in ALWAYS}
    further = [name for name in further if name not in found_types]
    of_activity = detail("activity", "VARCHAR", (CONTEXT if rule.rule.table == "cases" else ACTIVITY,))
    asked = []
    for place, (one, of_log) in enumerate(zip(own, details, strict=True)):
        of_rows = [
            detail(name, "VARCHAR", _given_up(None, own[0].shown.index(name), "VARCHAR", log_years), TOLD.format(name=name))
            for name in further
        ]
        of_found = [
            detail(name, kind, _of_found(one.found.get(name), at, kind, log_years), TOLD.format(name=name))
            for at, (name, kind) in enumerate(found_types.items())
        ]
        named = [of_activity] if one.row["activity"] in groups.activities else []
        both = (*named, *(known for known in of_log if known.name not in found_types), *of_rows, *of_found)
        asked.append(Asked(place, one.row["row_id"], both))
    population = _failing(rule, further, list(found_types), employee)
    steps = steps_that_fit(connection, population, asked, size=rule.rows_affected, pairs=len(asked) * rule.rows_affected)
    return {place: _piece(own[place], asked[place].details, step) for place, step in steps.items()}


def _failing(rule: Checked, further: Sequence[str], found: Sequence[str], employee: str) -> str:
    """SQL of the failing rows of a rule, with columns that only ``rows`` has, and what the rule's own query has found of them."""
    told = [f"{'cpr_numbers' if name == 'cpr_number_columns' else 'rows'}.{_named_as_told(name)}" for name in further]
    joins = ""
    if further:
        joins = " JOIN rows ON rows.row_id = facts.row_id LEFT JOIN cpr_numbers ON cpr_numbers.row_id = facts.row_id"
    if found and rule.compiled is not None:
        key = identifier(ROW_KEYS[rule.rule.table])
        joins += f" JOIN {rule.compiled.found} AS found ON found.{key} = facts.{key}"
        told += [f"found.{_named_as_told(name)}" for name in found]
    return (
        f"SELECT *, {employee} AS person FROM (SELECT {', '.join(['facts.*', 'coalesce(facts.case_no, -facts.row_id) AS who', *told])} "
        f"FROM (SELECT row_id FROM violations WHERE rule_no = {rule.number}) AS failing JOIN event_facts AS facts USING (row_id){joins})"
    )


def _named_as_told(name: str) -> str:
    return f"{identifier(name)} AS {identifier(TOLD.format(name=name))}"


def _piece(candidate: Candidate, details: Sequence[Detail], step: int) -> tuple[int, Evidence]:
    """The example that a candidate is once it has given up what it must, and how much it tells."""
    told: dict[str, Value] = {}
    much, explains = 0, {"activity", *candidate.shown, *candidate.found}
    for one in details:
        left = [level for level, given_up in enumerate(one.given_up) if given_up > step]
        if left:
            told[one.name] = _told(candidate, one, left[0])
            much += len(left) + (WHY if one.name in explains else 0)
    when, activity, team = (told.pop(name, None) for name in ("timestamp", "activity", "team"))
    return much, Evidence(
        activity=None if activity is None else str(activity),
        team=None if team is None else str(team),
        timestamp=None if when is None else str(when),
        values=told,
    )


def _told(candidate: Candidate, one: Detail, level: int) -> Value:
    if one.name in candidate.found:
        return told_as(candidate.found[one.name], one.kind, level, one.name)
    value = candidate.row[one.name]
    if one.name in ("activity", "team"):
        return None if value is None else str(value)
    if one.kind == "text" and one.given_up[level] == SHAPE and value is not None:
        return shape(value)
    return _value(value, one.name, candidate.rule) if isinstance(value, str) else told_as(value, one.kind, level, one.name)


def _value(value: str, name: str, rule: Checked) -> Value:
    if name in OPEN_COLUMNS and not rule.rule.masked:
        return plain(value)
    if name.removesuffix("_text") in TIME_COLUMNS:
        return _without_clock(shape_of_time(value))
    return shape(value) if is_protected(name) else _without_clock(shape_of_value(value))


def _without_clock(text: str) -> str:
    """A text without the digits of a time of day behind a day."""
    return _CLOCK.sub(lambda clock: _DIGIT.sub("9", clock[0]), text)


def _types(connection: duckdb.DuckDBPyConnection, table: str) -> dict[str, str]:
    return dict(connection.execute(f"SELECT column_name, column_type FROM (DESCRIBE {table})").fetchall())


def _years(connection: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    """The first and last year of the log as it usually is; any year where it has no time."""
    first, last = connection.execute("SELECT year(typical_start), year(typical_end) FROM log").fetchall()[0]
    return (first or 1, last or 9999)
