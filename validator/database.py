"""The database of one run: an in-memory DuckDB that spills to disk; an audit's is reached raw and through SQLAlchemy."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import duckdb

MEMORY_LIMIT = "2300MB"
"""What DuckDB may hold in memory; Python and Great Expectations need some 350 MB beside it."""

_LATER_LIMIT = "2000MB"
"""The same once findings are gathered, when Python holds more."""


@dataclass(frozen=True)
class Database:
    """One audit's database.

    ``url`` and ``engine_options`` open it once more through SQLAlchemy within this process: DuckDB hands out the same
    database to those who name it alike with the same configuration.
    """

    connection: duckdb.DuckDBPyConnection
    url: str
    engine_options: dict[str, Any]


@contextmanager
def open_database(work: Path) -> Iterator[Database]:
    """A new database whose spill files live under ``work``; closed at the end."""
    import sqlalchemy  # noqa: PLC0415 - half a second that --help does not pay

    url = f"duckdb:///:memory:logsyn_{os.getpid()}_{abs(hash(str(work)))}"
    options = {
        "connect_args": {"config": _config(work)},
        "isolation_level": "AUTOCOMMIT",
        "skip_autocommit_rollback": True,
    }
    engine = sqlalchemy.create_engine(url, **options)
    pooled = engine.raw_connection()
    # The native connection, without SQLAlchemy's wrapper: it shares the database and answers in native results.
    wrapper: Any = pooled.driver_connection
    native = wrapper.duplicate()
    try:
        yield Database(connection=native, url=url, engine_options=options)
    finally:
        native.close()
        pooled.close()
        engine.dispose()


@contextmanager
def open_plain_database(work: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The same for what reads and writes but judges nothing, so that no engine has to find the database again."""
    import duckdb  # noqa: PLC0415 - as above

    with duckdb.connect(":memory:", config=_config(work)) as connection:
        yield connection


def leave_more_room(connection: duckdb.DuckDBPyConnection) -> None:
    """From now on DuckDB may hold less: Python holds what has been gathered."""
    connection.execute(f"SET memory_limit = '{_LATER_LIMIT}'")


def _config(work: Path) -> dict[str, str | bool | int | float | list[str]]:
    return {"memory_limit": MEMORY_LIMIT, "temp_directory": str(work / "spill"), "preserve_insertion_order": "true"}
