"""The table ``outgoing``: the rows that are handed on, sorted by case and time, and the account of those that are not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from logsyn.validator.database.answers import records
from logsyn.validator.database.sql import identifier, literal
from logsyn.validator.errors import EngineError
from logsyn.validator.handing_on.layout import has_end, time_column
from logsyn.validator.tables.origins import OUT_OF_SCOPE, is_there

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import duckdb

    from logsyn.validator.handing_on.layout import Field

REASONS = ("unreadable_record", "no_case_id", "no_activity", "no_time", "unreadable_time")
"""Why a row is left out; of several reasons the first of a row is given. With a scope, ``OUT_OF_SCOPE`` is one more."""

_FIRST_REASON = """CASE WHEN case_id IS NULL THEN 'no_case_id' WHEN activity IS NULL THEN 'no_activity'
  WHEN timestamp IS NULL AND timestamp_text IS NULL THEN 'no_time' WHEN timestamp IS NULL THEN 'unreadable_time' END"""

# A spreadsheet takes a cell that begins like this for a formula.
_LEFT_OUT = f"""
CREATE OR REPLACE TABLE left_out AS
SELECT file::VARCHAR AS file, line, {_FIRST_REASON} AS reason FROM rows JOIN row_lines USING (row_id) WHERE {_FIRST_REASON} IS NOT NULL
UNION ALL SELECT file, line, 'unreadable_record' FROM rejected
{{out_of_scope}}"""

_AND_OUT = f" + (SELECT count(*) FROM {OUT_OF_SCOPE})"
_OUT_OF_SCOPE = f"UNION ALL SELECT file, line, '{OUT_OF_SCOPE}' FROM {OUT_OF_SCOPE}"

_WRITE_LEFT_OUT = """
COPY (SELECT CASE WHEN regexp_matches(file, '^[=+\\-@\t\r]') THEN '''' || file ELSE file END AS file, line, reason
  FROM left_out ORDER BY ALL) TO {path} (FORMAT csv, HEADER, DELIMITER ';')"""


def create_outgoing(
    connection: duckdb.DuckDBPyConnection, fields: Sequence[Field], joins: Sequence[tuple[str, str]]
) -> None:
    """Create ``outgoing`` from ``rows`` and ``outgoing_cases``: ``n`` (from 1, in order), ``case_no``, ``event_order``, the fields.

    Args:
        connection: holds the tables; former ones of these names are replaced.
        fields: what the files have.
        joins: tables of pseudonyms, each with the column of ``rows`` that it is for.
    """
    cells = ", ".join(f"{field.cell} AS {identifier(field.name)}" for field in fields if field.kind != "order")
    joined = " ".join(
        f"LEFT JOIN {identifier(table)} ON {identifier(table)}.value = rows.{identifier(column)}::VARCHAR"
        for table, column in joins
    )
    # First the order, of three narrow columns: ranking wide rows takes longer than sorting them.
    connection.execute(
        "CREATE OR REPLACE TABLE outgoing_order AS SELECT rows.row_id, number AS case_no, "
        f"(row_number() OVER (PARTITION BY number ORDER BY {time_column(fields).cell}, rows.row_id))::INTEGER AS event_order "
        "FROM rows JOIN outgoing_cases ON outgoing_cases.value = rows.case_id WHERE rows.activity IS NOT NULL AND rows.timestamp IS NOT NULL"
    )
    connection.execute(
        f"CREATE OR REPLACE TABLE outgoing AS SELECT event_order, case_no, {cells} FROM outgoing_order JOIN rows USING (row_id) "
        f"JOIN outgoing_cases ON outgoing_cases.number = case_no {joined} ORDER BY case_no, event_order"
    )
    connection.execute("DROP TABLE outgoing_order")


def account(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Create ``left_out(file, line, reason)``; the number of rows for each reason, and ``handed_on``.

    Raises:
        EngineError: rows in are not rows out and rows left out.
    """
    scoped = is_there(connection, OUT_OF_SCOPE)
    connection.execute(_LEFT_OUT.format(out_of_scope=_OUT_OF_SCOPE if scoped else ""))
    counts = dict(connection.execute("SELECT reason, count(*) FROM left_out GROUP BY reason").fetchall())
    rows = one(
        connection,
        f"SELECT (SELECT count(*) FROM outgoing) AS handed_on, (SELECT count(*) FROM rows){_AND_OUT if scoped else ''} AS loaded, "
        "(SELECT count(*) FROM rejected) AS rejected",
    )
    taken_in, handed_on = rows["loaded"] + rows["rejected"], rows["handed_on"]
    if handed_on + sum(counts.values()) != taken_in:
        raise EngineError(
            f"{taken_in} rows became {handed_on} handed on and {sum(counts.values())} left out",
            "This is a fault of logsyn. Please report it.",
        )
    reasons = (*REASONS, OUT_OF_SCOPE) if scoped else REASONS
    return {reason: counts.get(reason, 0) for reason in reasons} | {"handed_on": handed_on}


def write_left_out(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Write file, line and reason of every row that is not handed on; no personal data."""
    connection.execute(_WRITE_LEFT_OUT.format(path=literal(str(path))))


def facts(connection: duckdb.DuckDBPyConnection, fields: Sequence[Field]) -> dict[str, Any]:
    """What the README says about the log: counts, first and last time, ties, ends before starts, years that some tools do not read."""
    time = identifier(time_column(fields).name)
    ends = "count(*) FILTER (end_at < start_at)" if has_end(fields) else "0"
    extreme = " + ".join(
        f"count(*) FILTER (year({identifier(field.name)}) NOT BETWEEN 1678 AND 2261)"
        for field in fields
        if field.kind == "time"
    )
    counted = one(
        connection,
        f"SELECT count(DISTINCT case_no) AS cases, count(DISTINCT c_activity) AS activities, min({time})::VARCHAR AS first, "
        f"max({time})::VARCHAR AS last, {ends} AS ends_before_start, {extreme} AS extreme_times FROM outgoing",
    )
    ties = one(
        connection,
        "SELECT coalesce(sum(n), 0)::BIGINT AS tied_rows FROM "
        f"(SELECT count(*) AS n FROM outgoing GROUP BY case_no, {time} HAVING count(*) > 1)",
    )
    return counted | ties


def one(connection: duckdb.DuckDBPyConnection, query: str) -> dict[str, Any]:
    """The one row of a query, by the names of its columns.

    Raises:
        EngineError: it gives none.
    """
    found = records(connection.execute(query))
    if not found:
        raise EngineError(f"no row from {query}", "This is a fault of logsyn. Please report it.")
    return found[0]


def number(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    """The one number of a query that counts.

    Raises:
        EngineError: it gives none, or more than one column.
    """
    found = one(connection, query)
    if len(found) != 1:
        raise EngineError(f"{len(found)} columns from {query}", "This is a fault of logsyn. Please report it.")
    return int(next(iter(found.values())))
