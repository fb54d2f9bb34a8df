"""The overlay: what remedies have done to ``rows`` so far, kept beside it, so that nothing is touched before all is known.

``remedy_dropped`` holds the rows that were left out; a changed column has a table of its own with the new values; ``remedy_changes`` says which
step did it. A row keeps its original ``row_id`` here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.expectations.source import TIME_COLUMNS
from logsyn.validator.database.sql import identifier, literal
from logsyn.validator.derive.columns import EVENT_COLUMNS
from logsyn.validator.tables.registry import names_in, table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import duckdb

    from logsyn.validator.tables.material import Material

UNREAD = {f"{name}_unread": f"{name}_text" for name in TIME_COLUMNS}
"""Columns that say whether there is a text that could not be read as a time, and that text."""

DERIVED = frozenset({*(column.name for column in EVENT_COLUMNS), "cpr_number_columns"})
"""Columns of ``events`` that ``rows`` has not; they stay those of the audit."""


class Overlay:
    """The state between two steps."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, material: Material, set_aside: str | None = None) -> None:
        self.connection = connection
        self.set_aside = set_aside
        """SQL of failing rows, on ``event_facts``, that no step takes for failing its rule, such as accepted ones."""
        self.material = material
        self.changed: dict[str, str] = {}
        """Changed column of ``rows`` → the table of its new values (``row_id``, ``value``)."""
        self.removed: set[str] = set()
        self.step = 0
        connection.execute("CREATE OR REPLACE TABLE remedy_dropped (row_id INTEGER, step USMALLINT)")
        connection.execute(
            "CREATE OR REPLACE TABLE remedy_changes (step USMALLINT, row_id INTEGER, name VARCHAR, hash_before VARCHAR, hash_after VARCHAR)"
        )

    def close(self) -> None:
        """Drop the tables of the overlay."""
        for name in names_in(self.connection, "table"):
            table = table_of(name)
            if table is not None and table.life == "remedies":
                self.connection.execute(f"DROP TABLE {name}")

    def value(self, column: str) -> str:
        """SQL of a column of ``rows`` as it is now, within ``current_from``."""
        table = self.changed.get(column)
        if column in self.removed:
            return "NULL"
        if table is None:
            return f"rows.{identifier(column)}"
        return f"CASE WHEN {table}.row_id IS NOT NULL THEN {table}.value ELSE rows.{identifier(column)} END"

    def current(self, columns: Iterable[str]) -> str:
        """SQL of the rows that are left: ``row_id`` and these columns of ``events``, those of ``rows`` as they are now."""
        names = sorted(set(columns) - {"row_id"})
        values = [f"{self._now(name)} AS {identifier(name)}" for name in names]
        stored = [UNREAD.get(name, name) for name in names]
        rows = self.current_from(stored, derived=any(name in DERIVED for name in names))
        return f"SELECT {', '.join(['rows.row_id', *values])} FROM {rows}"

    def _now(self, name: str) -> str:
        if name in UNREAD:
            return f"({self.value(UNREAD[name])}) IS NOT NULL"
        return f"facts.{identifier(name)}" if name in DERIVED else self.value(name)

    def current_from(self, columns: Sequence[str], *, derived: bool = False) -> str:
        """SQL after FROM: ``rows`` without the dropped rows, joined with the new values of these columns."""
        joins = [
            f"LEFT JOIN {table} ON {table}.row_id = rows.row_id"
            for column, table in self.changed.items()
            if column in columns
        ]
        if derived:
            facts = "SELECT * FROM event_facts LEFT JOIN cpr_numbers USING (row_id)"
            joins.append(f"JOIN ({facts}) AS facts ON facts.row_id = rows.row_id")
        if self._any_dropped():
            joins.append("ANTI JOIN remedy_dropped ON remedy_dropped.row_id = rows.row_id")
        return " ".join(["rows", *joins])

    def drop(self, query: str) -> None:
        """Leave out the rows that ``query`` gives (``row_id``), in so far as they are left."""
        self.connection.execute(
            f"INSERT INTO remedy_dropped SELECT DISTINCT row_id, {self.step} FROM ({query}) ANTI JOIN remedy_dropped USING (row_id)"
        )
        self.connection.execute(
            f"INSERT INTO remedy_changes SELECT {self.step}, row_id, NULL, NULL, NULL FROM remedy_dropped WHERE step = {self.step}"
        )

    def put(self, column: str, query: str) -> None:
        """Give a column new values: ``query`` gives ``row_id`` and ``value`` (and ``precision`` for a time) of rows that are left."""
        texts = f", {self.value(column + '_text')} AS unread" if column in TIME_COLUMNS else ", NULL::VARCHAR AS unread"
        parts = [column, f"{column}_text"] if column in TIME_COLUMNS else [column]
        before = f"SELECT rows.row_id, {self.value(column)} AS before{texts} FROM {self.current_from(parts)}"
        # In two steps: new values are few, mostly, and how few is known once they stand in a table.
        self.connection.execute(f"CREATE OR REPLACE TABLE remedy_put AS {query}")
        self.connection.execute(
            f"CREATE OR REPLACE TABLE remedy_new AS SELECT new.*, before, unread FROM remedy_put AS new JOIN ({before}) USING (row_id) "
            "WHERE before IS DISTINCT FROM value OR unread IS NOT NULL"
        )
        self._record(column)
        self._store(column, "value")
        if column in TIME_COLUMNS:
            self._store(f"{column}_text", "NULL::VARCHAR")
            self._store(f"{column}_precision", "precision::UTINYINT")

    def remove(self, column: str) -> None:
        """Leave a whole column out."""
        kind = "TIMESTAMP" if column in TIME_COLUMNS else "VARCHAR"
        precision = ", NULL AS precision" if column in TIME_COLUMNS else ""
        self.put(column, f"SELECT row_id, NULL::{kind} AS value{precision} FROM ({self.current([])})")
        self.removed.add(column)

    def _record(self, column: str) -> None:
        both = "SELECT row_id, coalesce(before::VARCHAR, unread) AS before, value::VARCHAR AS after FROM remedy_new"
        if self.material.key is None:
            hashed = f"SELECT row_id, NULL AS hash_before, NULL AS hash_after FROM ({both})"
        else:  # many rows have the same values, and hashing takes its time
            hashes = [f"keyed_hash({literal(column)}, {side}) AS hash_{side}" for side in ("before", "after")]
            hashed = (
                f"WITH changed AS MATERIALIZED ({both}) SELECT row_id, hash_before, hash_after FROM changed "
                f"JOIN (SELECT *, {', '.join(hashes)} FROM (SELECT DISTINCT before, after FROM changed)) AS hashed "
                "ON changed.before IS NOT DISTINCT FROM hashed.before AND changed.after IS NOT DISTINCT FROM hashed.after"
            )
        self.connection.execute(
            f"INSERT INTO remedy_changes SELECT {self.step}, row_id, {literal(column)}, hash_before, hash_after FROM ({hashed})"
        )

    def _store(self, column: str, value: str) -> None:
        table = self.changed.get(column)
        if table is None:
            table = self.changed[column] = f"remedy_column_{len(self.changed)}"
            self.connection.execute(
                f"CREATE OR REPLACE TABLE {table} AS SELECT row_id, {value} AS value FROM remedy_new"
            )
            return
        self.connection.execute(f"DELETE FROM {table} WHERE row_id IN (SELECT row_id FROM remedy_new)")
        self.connection.execute(f"INSERT INTO {table} SELECT row_id, {value} FROM remedy_new")

    def _any_dropped(self) -> bool:
        found = self.connection.execute("SELECT count(*) FROM (SELECT 1 FROM remedy_dropped LIMIT 1)").fetchone()
        return found != (0,)
