"""The table ``event_facts``: one row per event with all that rules look at, narrow and fast; and the view ``events``.

Rows of the extract are wide and mostly text; rules look at few and narrow columns. So what rules look at is derived in one
pass into a table of its own, in the order of the cases, and the text stays where it was read. ``events`` joins the two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.expectations.source import CATEGORY_COLUMNS, TIME_COLUMNS
from logsyn.validator.database.answers import records
from logsyn.validator.database.sql import identifier
from logsyn.validator.derive.columns import EVENT_COLUMNS
from logsyn.validator.derive.working_days import CALENDAR_COLUMNS, read_with_calendar

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from logsyn.validator.derive.needs import Needs

CARRIED = (*CATEGORY_COLUMNS, *TIME_COLUMNS)
"""Columns of ``rows`` that ``event_facts`` has, too; of times, their precision and whether they could not be read."""

ON_DEMAND = frozenset({"planned_start"})
"""Those of them that it has only when a rule speaks of them: ``planned_period_days`` tells most of what is asked."""

CASE_NUMBERS = """
CREATE TABLE case_numbers AS
SELECT case_id, (row_number() OVER (ORDER BY case_id))::INTEGER AS case_no
FROM (SELECT DISTINCT case_id FROM rows WHERE case_id IS NOT NULL)"""

EVENT_FACTS = """
CREATE TABLE event_facts_stored AS
SELECT {carried}, {derived}, agreement_no
FROM (
  SELECT rows.row_id, case_no, {read}, pair_no, {identical_rank} AS identical_rank,
    case_no IS NOT NULL AND rows.activity IS NOT NULL AND rows.timestamp IS NOT NULL AS in_chain,
    agreement_no{calendar}
  FROM rows
  LEFT JOIN case_numbers USING (case_id)
  LEFT JOIN pairs_agreed ON pairs_agreed.activity IS NOT DISTINCT FROM rows.activity AND pairs_agreed.team IS NOT DISTINCT FROM rows.team
  {identical_join} {calendar_join})
WINDOW by_time AS (PARTITION BY CASE WHEN in_chain THEN case_no END ORDER BY timestamp, row_id)"""

_NOTHING = {"same_time_share": "NULL::DOUBLE", "registration_lag_working_days": "NULL::INTEGER"}
"""What SQL names though it leaves it out of account (``only_if_given``, ``only_with`` of the catalogue): it has to be there, and takes no room."""

# What is agreed stands in few combinations: their number takes the room of one column instead of five.
AGREED = {
    "in_practice": "BOOLEAN",
    "is_planned": "BOOLEAN",
    "is_period": "BOOLEAN",
    "agreed_registration_days": "FLOAT",
    "agreed_registration_working_days": "FLOAT",
    "agreed_period_days": "FLOAT",
}
PAIRS_AGREED = f"""
CREATE TABLE pairs_agreed AS
SELECT pair_no, activity, team, dense_rank() OVER (ORDER BY {", ".join(AGREED)})::USMALLINT AS agreement_no,
  {", ".join(f"{name}::{kind} AS {name}" for name, kind in AGREED.items())}
FROM pairs LEFT JOIN agreements USING (pair_no)"""

TIES = """
CREATE TABLE ties AS
WITH tied AS (SELECT row_id, case_no, timestamp, activity FROM event_facts WHERE is_tied)
SELECT row_id, (row_number() OVER (PARTITION BY case_no, timestamp, activity ORDER BY row_id))::INTEGER AS duplicate_rank, activities
FROM tied
JOIN (SELECT case_no, timestamp, count(*)::INTEGER AS activities
  FROM (SELECT DISTINCT case_no, timestamp, activity FROM tied) GROUP BY ALL)
USING (case_no, timestamp)"""

PUT_TIES = """
UPDATE event_facts_stored SET duplicate_rank = ties.duplicate_rank, activities_at_same_time = ties.activities
FROM ties WHERE ties.row_id = event_facts_stored.row_id"""


def create_event_facts(
    connection: duckdb.DuckDBPyConnection,
    mapped: frozenset[str],
    needs: Needs,
) -> None:
    """Create ``event_facts`` and ``events``; ``rows``, ``pairs``, ``agreements`` and ``cpr_numbers`` must be there.

    Args:
        connection: holds the tables.
        mapped: the columns that the extract filled; the others are there without taking room.
        needs: what rules speak of. Each column costs 4 bytes a row at least, so that some of those of ``rows`` are here only when
            they are judged; the view ``events`` has them from ``rows``. A column that is derived on demand and not needed is not there.
    """
    connection.execute(PAIRS_AGREED)
    identical = "identical_rank" in needs.columns
    if identical:
        _rank_identical(connection)
    filled = [name for column in CARRIED if column in mapped for name in _parts(column)]
    whole = [name for name in filled if name.endswith("_unread") and not _any_unread(connection, name)]
    stored = [
        name
        for name in filled
        if name not in whole and ((name in CARRIED and name not in ON_DEMAND) or name in needs.judged)
    ]
    left_out = [column.name for column in EVENT_COLUMNS if column.on_demand and column.name not in needs.columns]
    stored_here = [one for one in EVENT_COLUMNS if one.name not in AGREED and one.name not in left_out]
    derived = ", ".join(f"{one.sql} AS {identifier(one.name)}" for one in stored_here)
    read = [*(_read(name) for name in filled), *(f"NULL::{_type(name)} AS {name}" for name in _absent(mapped))]
    calendar, calendar_join = read_with_calendar(wanted=bool(CALENDAR_COLUMNS & needs.columns))
    connection.execute(
        EVENT_FACTS.format(
            calendar=calendar,
            calendar_join=calendar_join,
            carried=", ".join(stored),
            derived=derived,
            read=", ".join(read),
            identical_rank="identical.rank" if identical else "NULL::INTEGER",
            identical_join="LEFT JOIN identical ON identical.row_id = rows.row_id" if identical else "",
        )
    )
    _create_views(connection, _absent(mapped), whole, left_out)
    for statement in (TIES, PUT_TIES, "DROP TABLE ties", "DROP TABLE pairs_agreed"):
        connection.execute(statement)


def _create_views(
    connection: duckdb.DuckDBPyConnection, absent: Sequence[str], whole: Sequence[str], left_out: Sequence[str]
) -> None:
    """Create the views ``event_facts``, with what takes no room in the stored table, and ``events``.

    Args:
        connection: holds the stored table and ``pairs_agreed``.
        absent: columns that the extract does not have.
        whole: columns ``…_unread`` of times of which every one could be read.
        left_out: columns that are derived on demand, and that nothing asks for.
    """
    nothing = "".join(f", NULL::{_type(name)} AS {name}" for name in absent)
    nothing += "".join(f", false AS {name}" for name in whole)
    nothing += "".join(f", {_NOTHING[name]} AS {name}" for name in left_out if name in _NOTHING)
    nothing += "".join(f", {sql} AS {name}" for name, sql in _agreed(connection).items())
    connection.execute(f"CREATE VIEW event_facts AS SELECT * EXCLUDE (agreement_no){nothing} FROM event_facts_stored")
    connection.execute(f"CREATE VIEW events AS {_joined(connection, 'rows', 'event_facts', 'row_lines')}")


def some_events(connection: duckdb.DuckDBPyConnection, row_ids: Sequence[int]) -> str:
    """SQL of the rows of ``events`` with these numbers, found without joining all."""
    numbers = ", ".join(str(int(row_id)) for row_id in row_ids) or "0"
    return _joined(
        connection,
        f"(SELECT * FROM rows WHERE row_id IN ({numbers}))",
        f"(SELECT * FROM event_facts WHERE row_id IN ({numbers}))",
        f"(SELECT * FROM row_lines WHERE row_id IN ({numbers}))",
    )


def _joined(connection: duckdb.DuckDBPyConnection, rows: str, facts: str, lines: str) -> str:
    described = connection.execute("SELECT column_name FROM (DESCRIBE event_facts)").fetchall()
    derived = {column.name for column in EVENT_COLUMNS}
    own = ", ".join(
        [
            *(f"facts.{identifier(name)}" for (name,) in described if name in derived),
            *(f"rows.{column}_text IS NOT NULL AS {column}_unread" for column in TIME_COLUMNS),
        ]
    )
    return (
        f"SELECT {own}, cpr_number_columns, line, rows.* EXCLUDE (row_id) FROM {rows} AS rows JOIN {facts} AS facts ON facts.row_id = rows.row_id "
        f"JOIN {lines} AS row_lines ON row_lines.row_id = rows.row_id LEFT JOIN cpr_numbers ON cpr_numbers.row_id = rows.row_id"
    )


def _agreed(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """SQL of what is agreed, by ``agreement_no``: a look into a short list; where nothing is, nothing is looked up."""
    query = f"SELECT DISTINCT ON (agreement_no) {', '.join(AGREED)} FROM pairs_agreed ORDER BY agreement_no"
    rows = records(connection.execute(query))
    return {
        name: f"([{', '.join('NULL' if row[name] is None else str(row[name]) for row in rows)}]::{kind}[])[agreement_no]"
        if any(row[name] is not None for row in rows)
        else f"NULL::{kind}"
        for name, kind in AGREED.items()
    }


def _parts(column: str) -> list[str]:
    return [column, f"{column}_precision", f"{column}_unread"] if column in TIME_COLUMNS else [column]


def _absent(mapped: frozenset[str]) -> list[str]:
    return [name for column in CARRIED if column not in mapped for name in _parts(column)]


def _read(name: str) -> str:
    if name.endswith("_unread"):
        return f"rows.{name.removesuffix('_unread')}_text IS NOT NULL AS {name}"
    return f"rows.{name}"


def _any_unread(connection: duckdb.DuckDBPyConnection, name: str) -> bool:
    """Whether a time could not be read in any row; where all could, the answer takes no room."""
    text = identifier(f"{name.removesuffix('_unread')}_text")
    return connection.execute(f"SELECT 1 FROM rows WHERE {text} IS NOT NULL LIMIT 1").fetchone() is not None


def _type(name: str) -> str:
    if name.endswith("_unread"):
        return "BOOLEAN"
    if name.endswith("_precision"):
        return "TINYINT"
    return "TIMESTAMP" if name in TIME_COLUMNS else "VARCHAR"


def _rank_identical(connection: duckdb.DuckDBPyConnection) -> None:
    described = connection.execute("SELECT column_name FROM (DESCRIBE rows)").fetchall()
    same = ", ".join(identifier(name) for (name,) in described if name not in ("file", "row_id"))
    connection.execute(
        f"CREATE TABLE identical AS SELECT row_id, "
        f"(row_number() OVER (PARTITION BY {same} ORDER BY row_id))::INTEGER AS rank FROM rows"
    )
