"""One remedied log from beginning to end: audit, apply the remedies, audit again; and the files for machines."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from logsyn.validator.database.sql import identifier, literal
from logsyn.validator.errors import AuditError, EngineError
from logsyn.validator.personal.records import protected
from logsyn.validator.progress import Progress, Stage
from logsyn.validator.record import Audit, Remedied, RowAccounts, sealed
from logsyn.validator.remedying.apply import apply_remedies
from logsyn.validator.remedying.made_names import practice_with, rules_with
from logsyn.validator.run.accounts import accounts_told
from logsyn.validator.run.audit import EXAMINING
from logsyn.validator.run.examine import examine
from logsyn.validator.run.extract import opened
from logsyn.validator.run.files import failing_anew, write
from logsyn.validator.tables.reread import reread
from logsyn.validator.writing.confidential import CHANGES, FAILING, REMEDIED, confidential_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    import duckdb

    from logsyn.expectations.remedies import Remedies
    from logsyn.validator.reading.extract import Reading
    from logsyn.validator.record import ScopeAccount
    from logsyn.validator.remedying.apply import Applied
    from logsyn.validator.request import Request
    from logsyn.validator.run.extract import Opened
    from logsyn.validator.tables.material import Material


REMEDYING = (Stage.READING, Stage.SCOPING, *EXAMINING, Stage.WRITING, Stage.REMEDYING, *EXAMINING, Stage.WRITING)
"""The stages of an audit, its remedies, and the audit afterwards."""

TRYING = (Stage.READING, Stage.SCOPING, *EXAMINING[:-1], Stage.REMEDYING)
"""The stages of remedies that are tried, or whose log is wanted and no more."""


@dataclass(frozen=True)
class BeforeAndAfter:
    """Two audits of one log, the second of which knows what was done in between (``after.remedied``); ``account`` with all its figures."""

    before: Audit
    after: Audit
    account: Remedied


def run_remedies(
    request: Request,
    remedies: Remedies,
    key: bytes | Callable[[], bytes],
    folder: Path,
    progress: Progress | None = None,
) -> BeforeAndAfter:
    """Audit an extract, remedy it and audit it again; writes the report afterwards into ``after/``, and into ``confidential/`` that before and what holds raw values.

    Args:
        request: what to audit, and how.
        remedies: what to do.
        key: of the hashes in ``changes.parquet`` and of pseudonyms in the remedied log; what gives it is asked once the extract was read.
        folder: where the files go; it exists.
        progress: is told, and heeded.

    Raises:
        AuditError: the extract cannot be read, or a remedy cannot be done on it.
    """
    progress = progress or Progress()
    with opened(request, progress, [folder]) as extract, progress.ending(extract.database):
        connection = extract.connection
        key = key if isinstance(key, bytes) else key()
        before, material = examine(extract, request, progress, named=remedies.columns_asked)
        before = _written(connection, request, before, folder, "before", progress, RowAccounts(inputs=extract.reading.inputs, scope=extract.scope))
        kept_back = confidential_folder(folder)
        applied, again = _applied(extract, remedies, replace(material, key=key), progress, kept_back / CHANGES)
        with done_beside(connection, lambda cursor: write_remedied(cursor, again, kept_back / REMEDIED)):
            request = _of_made_names(request, applied)
            after, _ = examine(replace(extract, reading=again), request, progress)
            anew = failing_anew(connection, request, kept_back / "before" / FAILING)
            done = protected(account(remedies, applied).model_copy(update={"failing_anew": anew}))
            accounts = RowAccounts(inputs=extract.reading.inputs, scope=extract.scope, remedied=done)
            after = accounts_told(after, accounts, extract.few.then(applied.few))
            after = _written(connection, request, after, folder, "after", progress, accounts)
        progress.heed()
        return BeforeAndAfter(before, after, done)


def _of_made_names(request: Request, applied: Applied) -> Request:
    """The request for the remedied log, whose practice and rules know the names that the remedies made."""
    suite = replace(request.suite, rules=rules_with(request.suite.rules, applied.made))
    practice = request.practice and practice_with(request.practice, applied.made)
    return replace(request, suite=suite, practice=practice) if applied.made.names else request


def _written(
    connection: duckdb.DuckDBPyConnection,
    request: Request,
    audit: Audit,
    folder: Path,
    part: str,
    progress: Progress,
    accounts: RowAccounts,
) -> Audit:
    """The audit, sealed, with its files in a folder for this part; what holds raw values is with that of the other part.

    The report before is kept back as a whole: beside that after, each figure that differs by few would tell of these.
    """
    progress.stage(Stage.WRITING)
    audit = sealed(audit)
    kept_back = confidential_folder(folder, part)
    report = kept_back if part == "before" else folder / part
    report.mkdir(exist_ok=True)
    write(connection, request, audit, report, progress, kept_back=kept_back, accounts=accounts)
    return audit


def _applied(
    extract: Opened, remedies: Remedies, material: Material, progress: Progress, changes: Path | None = None
) -> tuple[Applied, Reading]:
    """What the remedies did to the rows of an extract, and how these read afterwards.

    Raises:
        AuditError: a remedy cannot be done on it, or no row is left.
    """
    progress.stage(Stage.REMEDYING)
    applied = apply_remedies(extract.connection, remedies, material, changes=changes, tell=progress)
    if not applied.rows_out:
        raise AuditError("the remedies leave no row", "Nothing was written.")
    return applied, reread(extract.connection, extract.reading, removed=applied.removed, changed=applied.changed)


@contextmanager
def done_beside(
    connection: duckdb.DuckDBPyConnection, work: Callable[[duckdb.DuckDBPyConnection], object]
) -> Iterator[None]:
    """Within this block ``work`` is done in another thread, on a connection of its own; it has ended, or is stopped, afterwards."""
    cursor = connection.cursor()
    with ThreadPoolExecutor(max_workers=1) as pool:
        done = pool.submit(work, cursor)
        try:
            yield
        except (
            BaseException
        ):  # the user's interrupt, too: the pool waits for the other thread, which must not go on for minutes
            cursor.interrupt()
            raise
        done.result()


def try_remedies(request: Request, remedies: Remedies, progress: Progress | None = None) -> Remedied:
    """Audit an extract and count what each remedy would do; nothing is changed or written."""
    progress = progress or Progress()
    with opened(request, progress) as extract, progress.ending(extract.database):
        _, material = examine(extract, replace(request, consequence=False), progress, named=remedies.columns_asked)
        progress.stage(Stage.REMEDYING)
        # A key that is forgotten: what is counted does not depend on it.
        applied = apply_remedies(
            extract.connection, remedies, replace(material, key=b"dry run"), dry_run=True, tell=progress
        )
        return protected(account(remedies, applied))


@contextmanager
def remedied(
    request: Request,
    remedies: Remedies,
    key: Callable[[], bytes],
    progress: Progress,
    writes: Sequence[Path] = (),
) -> Iterator[tuple[duckdb.DuckDBPyConnection, Reading, Reading, ScopeAccount | None]]:
    """A database whose ``rows`` are the remedied log, with how the extract was read, how the remedied rows read, and their scope.

    ``writes``: the only folders that it can reach.

    Raises:
        AuditError: the extract cannot be read, or a remedy cannot be done on it.
    """
    with opened(request, progress, writes) as extract, progress.ending(extract.database):
        secret = key()
        _, material = examine(extract, replace(request, consequence=False), progress, named=remedies.columns_asked)
        _, again = _applied(extract, remedies, replace(material, key=secret), progress)
        yield extract.connection, extract.reading, again, extract.scope


def account(remedies: Remedies, applied: Applied) -> Remedied:
    """What was done, for the record of the audit afterwards."""
    return Remedied(
        remedies=remedies.remedies, rows_in=applied.rows_in, rows_out=applied.rows_out, steps=list(applied.effects)
    )


def _refuse_disorder(connection: duckdb.DuckDBPyConnection) -> None:
    """Make sure that three tables stand in one order, which nothing but looking at it tells.

    Raises:
        EngineError: a row of one stands beside another row of the others.
    """
    ((misplaced,),) = connection.execute(
        "SELECT count(*) FROM rows POSITIONAL JOIN row_origins POSITIONAL JOIN row_lines "
        "WHERE rows.row_id IS DISTINCT FROM row_origins.row_id OR rows.row_id IS DISTINCT FROM row_lines.row_id"
    ).fetchall()
    if misplaced:
        raise EngineError(f"{misplaced} remedied rows do not stand beside their origins", "Please report this.")


def write_remedied(connection: duckdb.DuckDBPyConnection, reading: Reading, path: Path) -> None:
    """Write the remedied log, typed: its columns, then ``row`` (of the extract as it was read), ``file`` and ``line``."""
    _refuse_disorder(connection)
    columns = []
    for column in reading.columns:
        name = identifier(column.name)
        columns.append(name if column.kind == "time" else f"{name}::VARCHAR AS {name}")
        if column.unparseable:
            columns.append(identifier(f"{column.name}_text"))
    # The three tables have the same rows in the same order, so they are laid side by side: sorting wide rows takes twice as long.
    connection.execute(
        f"COPY (SELECT {', '.join(columns)}, original_row_id AS row, file::VARCHAR AS file, line "
        "FROM rows POSITIONAL JOIN row_origins POSITIONAL JOIN row_lines) "
        f"TO {literal(str(path))} (FORMAT parquet, COMPRESSION zstd)"
    )
