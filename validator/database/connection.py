"""The database of one run: an in-memory DuckDB that spills to disk; an audit's is reached raw and through SQLAlchemy."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from logsyn.validator.database.shortage import shortage_told
from logsyn.validator.database.wall import FROM_THE_BEGINNING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import duckdb
    from sqlalchemy import Engine

    from logsyn.validator.database.memory import Agreement


@dataclass(frozen=True)
class Database:
    """One audit's database.

    ``url`` and ``engine_options`` open it once more through SQLAlchemy within this process: DuckDB hands out the same
    database to those who name it alike with the same configuration.
    """

    connection: duckdb.DuckDBPyConnection
    url: str
    engine_options: dict[str, Any]
    others: list[duckdb.DuckDBPyConnection] = field(default_factory=list)

    def watch(self, engine: Engine) -> None:
        """From now on ``interrupt`` ends the queries of this engine of SQLAlchemy, too."""
        from sqlalchemy import event  # noqa: PLC0415 - as in open_database

        event.listen(engine, "checkout", lambda connection, *_: self._remember(connection))

    def _remember(self, connection: duckdb.DuckDBPyConnection) -> None:
        if not any(one is connection for one in self.others):  # a pool gives the same ones out again
            self.others.append(connection)

    def interrupt(self) -> None:
        """End the queries that run on this database, from any thread."""
        import duckdb  # noqa: PLC0415 - as in open_database

        for one in (self.connection, *self.others):
            with suppress(duckdb.ConnectionException):  # it is closed, and has no query
                one.interrupt()


@contextmanager
def open_database(work: Path, memory: Agreement) -> Iterator[Database]:
    """A new database whose spill files live under ``work``; closed at the end.

    Raises:
        ShortageError: what is done with it wants more memory or disk than there is.
    """
    import sqlalchemy  # noqa: PLC0415 - half a second that --help does not pay

    url = f"duckdb:///:memory:logsyn_{os.getpid()}_{abs(hash(str(work)))}"
    options = {
        "connect_args": {"config": _config(work, memory)},
        "isolation_level": "AUTOCOMMIT",
        "skip_autocommit_rollback": True,
    }
    engine = sqlalchemy.create_engine(url, **options)
    pooled = engine.raw_connection()
    # The native connection, without SQLAlchemy's wrapper: it shares the database and answers in native results.
    wrapper: Any = pooled.driver_connection
    native = wrapper.duplicate()
    try:
        with shortage_told(work, memory):
            yield Database(connection=native, url=url, engine_options=options)
    finally:
        native.close()
        pooled.close()
        engine.dispose()


@contextmanager
def open_plain_database(work: Path, memory: Agreement) -> Iterator[duckdb.DuckDBPyConnection]:
    """The same for what reads and writes but judges nothing, so that no engine has to find the database again."""
    import duckdb  # noqa: PLC0415 - as above

    with shortage_told(work, memory), duckdb.connect(":memory:", config=_config(work, memory)) as connection:
        yield connection


def _config(work: Path, memory: Agreement) -> dict[str, str | bool | int | float | list[str]]:
    spill = work / "spill"
    spill.mkdir(mode=0o700)
    return {
        "memory_limit": f"{memory.of_duckdb}B",
        "threads": memory.threads,
        "temp_directory": str(spill),
        "preserve_insertion_order": "true",
        **FROM_THE_BEGINNING,
    }
