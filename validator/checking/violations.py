"""The table ``violations``: every failing row of every rule, moved within the database and never through Python."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.errors import EngineError

if TYPE_CHECKING:
    import duckdb

    from validator.checking.compiled import Compiled
    from validator.checking.judgement import Judgement

_VIEW = re.compile(r"\bchecked_(events|cases|labels|log)(_\d+)?\b")

CREATE = "CREATE TABLE violations (rule_no USMALLINT, row_id INTEGER)"

# How the failing rows of a table lead to rows of the extract: a label stands with all its rows, a case with its first.
_ROWS_OF = {
    "events": "SELECT row_id FROM failing",
    "cases": "SELECT first_row_id AS row_id FROM cases JOIN failing USING (case_no)",
    "labels": "SELECT row_id FROM events WHERE activity::VARCHAR IN (SELECT activity FROM failing)",
}


def record_violations(connection: duckdb.DuckDBPyConnection, rule: Compiled, judgement: Judgement) -> int:
    """Add the failing rows of one rule to ``violations``, and give their number.

    Raises:
        EngineError: the rows are not as many as the engine counted.
    """
    table = rule.rule.table
    if judgement.failing_rows is None or table not in _ROWS_OF:
        return 0
    counted = (
        connection.execute(f"SELECT count(*) FROM ({judgement.failing_rows})").fetchone() if table != "events" else None
    )
    added = connection.execute(
        f"INSERT INTO violations WITH failing AS ({judgement.failing_rows}) SELECT {rule.number}, row_id FROM ({_ROWS_OF[table]})"
    ).fetchone()
    rows = int(added[0]) if added else 0
    found = rows if counted is None else int(counted[0])
    if found != judgement.failed:
        raise EngineError(
            f"rule {rule.rule.id}: {judgement.failed} failing rows were counted and {found} were found",
            "Please report this.",
        )
    return rows


def reproducing_sql(rule: Compiled, judgement: Judgement) -> str | None:
    """SQL on the tables of the audit that gives the failing rows, with nothing hidden in a view."""
    if judgement.failing_rows is None:
        return None
    table = rule.rule.table
    columns = ", ".join(f'{sql} AS "{name}"' for name, sql in rule.columns.items())
    return f"WITH checked AS (\n  SELECT *, {columns}\n  FROM {table}\n)\n" + _VIEW.sub(
        "checked", judgement.failing_rows
    )
