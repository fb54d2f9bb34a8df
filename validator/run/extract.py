"""An extract that is open: its rows in a database that is gone afterwards, the whole of it or the part in scope."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from logsyn.validator.database.connection import Database, open_database, open_plain_database
from logsyn.validator.database.memory import agreement
from logsyn.validator.database.wall import wall_in
from logsyn.validator.derive.columns import RESERVED_NAMES
from logsyn.validator.disclosure.differences import Few
from logsyn.validator.personal.records import protected
from logsyn.validator.progress import Stage
from logsyn.validator.reading.extract import read_extract
from logsyn.validator.scoping.apply import apply_scope
from logsyn.validator.writing.scratch import scratch_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import duckdb

    from logsyn.validator.progress import Progress
    from logsyn.validator.reading.extract import Reading
    from logsyn.validator.record import ScopeAccount
    from logsyn.validator.request import Request


@dataclass(frozen=True)
class Opened:
    """An extract that was read into ``rows``. ``scope``: what ``rows`` was narrowed to; None: it is the whole extract. ``few``: which of its steps left out a small group."""

    database: Database
    reading: Reading
    scope: ScopeAccount | None = None
    few: Few = field(default_factory=Few)

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """Where the tables are."""
        return self.database.connection


@contextmanager
def opened(request: Request, progress: Progress, writes: Sequence[Path] = ()) -> Iterator[Opened]:
    """A database with the ``rows`` of the extract, or those in scope, in which rules can be judged; both are gone afterwards.

    Args:
        request: what and how.
        progress: is told, and heeded.
        writes: the only folders that the database can reach from now on.

    Raises:
        ExtractError: the extract cannot be read.
        AuditError: the scope leaves no row, or names a column that is not there.
        CancelledError: somebody has ended the run.
    """
    with (
        scratch_folder() as scratch,
        open_database(scratch, agreement(request.limits.memory, request.limits.threads)) as database,
    ):
        with progress.ending(database):
            reading, scope, few = read_part(database.connection, request, scratch, progress)
        wall_in(database.connection, writes)
        yield Opened(database, reading, scope, few)


@contextmanager
def read_only(
    request: Request, progress: Progress, writes: Sequence[Path] = ()
) -> Iterator[tuple[duckdb.DuckDBPyConnection, Reading, ScopeAccount | None]]:
    """The same where nothing will be judged, so that Great Expectations need not be there."""
    with (
        scratch_folder() as scratch,
        open_plain_database(scratch, agreement(request.limits.memory, request.limits.threads)) as connection,
        progress.ending(connection),
    ):
        reading, scope, _ = read_part(connection, request, scratch, progress)
        wall_in(connection, writes)
        yield connection, reading, scope


def read_part(
    connection: duckdb.DuckDBPyConnection, request: Request, scratch: Path, progress: Progress
) -> tuple[Reading, ScopeAccount | None, Few]:
    """Read the extract into ``rows`` and narrow it to the scope that is asked for.

    Raises:
        ExtractError: the extract cannot be read.
        AuditError: the scope leaves no row, or names a column that is not there.
    """
    progress.stage(Stage.READING)
    reading = read_extract(connection, request.extract, request.source, scratch, progress, reserved=RESERVED_NAMES)
    if request.scope is None:
        return reading, None, Few()
    progress.stage(Stage.SCOPING)
    system_users = request.practice.system_users() if request.practice else ()
    reading, scope, few = apply_scope(connection, reading, request.scope, progress, system_users)
    return reading, protected(scope), Few(few[:-1], in_all=few[-1])
