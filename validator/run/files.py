"""The files of an audit for machines: ``audit.json``, ``run.json``, every failing row, every record that was rejected, and the tables if they are kept."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from logsyn.validator.database.answers import records
from logsyn.validator.database.ordered import copy_in_order, pieces
from logsyn.validator.database.sql import literal
from logsyn.validator.errors import AuditError
from logsyn.validator.personal.masking import Masks
from logsyn.validator.personal.records import shown_ids
from logsyn.validator.record import FailingAnew, written
from logsyn.validator.run.facts import run_facts
from logsyn.validator.tables.origins import is_there, way_back
from logsyn.validator.tables.registry import KEPT
from logsyn.validator.writing.confidential import ACCOUNTS, FAILING, REJECTED, confidential_folder
from logsyn.validator.writing.output import refuse_long_name, refuse_name, staged_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

    from logsyn.validator.progress import Progress
    from logsyn.validator.record import Audit, RowAccounts
    from logsyn.validator.request import Request

# Sorted as numbers; the names are looked up afterwards, in the sorted stream.
_VIOLATIONS = """
SELECT row_id, {shown}, line, ({names})[rule_no + 1] AS rule FROM (SELECT {row} AS row_id, {file} line, rule_no FROM
  (FROM violations WHERE {piece}) AS violations
  JOIN row_lines ON row_lines.row_id = violations.row_id {files} {origins} ORDER BY rule_no, violations.row_id)"""

_ANEW = """
SELECT rule, count(*) AS rows FROM (SELECT ({names})[rule_no + 1] AS rule, {row} AS row_id FROM violations {origins})
ANTI JOIN read_parquet({before}) USING (rule, row_id) GROUP BY rule ORDER BY rule"""

# A spreadsheet takes a cell that begins like this for a formula.
_REJECTED = """
SELECT file, line, reason, CASE WHEN regexp_matches(raw, '^[=+\\-@\t\r]') THEN '''' || raw ELSE raw END AS raw
FROM rejected WHERE file = {file}"""

MACROS = """
SELECT function_name, parameters, macro_definition FROM duckdb_functions()
WHERE function_type = 'macro' AND NOT internal AND database_name = current_database() ORDER BY ALL"""


def write(
    connection: duckdb.DuckDBPyConnection,
    request: Request,
    audit: Audit,
    folder: Path,
    progress: Progress,
    *,
    kept_back: Path | None = None,
    accounts: RowAccounts | None = None,
) -> None:
    """Write the files for machines, while the tables of the audit are there.

    Args:
        connection: has the tables.
        request: what was asked.
        audit: sealed.
        folder: of the report.
        progress: knows how long each stage took.
        kept_back: where failing rows and rejected records go; the confidential folder in ``folder`` unless given.
        accounts: of rows, with all their figures; they are written where a scope or remedies left something out.
    """
    kept_back = kept_back or confidential_folder(folder)
    (folder / "audit.json").write_text(written(audit), encoding="utf-8")
    (folder / "run.json").write_text(written(run_facts(connection, request, audit, progress.seconds)), encoding="utf-8")
    _write_violations(connection, request, audit, kept_back / FAILING)
    _write_rejected(connection, kept_back / REJECTED)
    if accounts is not None and (accounts.scope or accounts.remedied):
        (kept_back / ACCOUNTS).write_text(written(accounts), encoding="utf-8")


def _write_violations(connection: duckdb.DuckDBPyConnection, request: Request, audit: Audit, path: Path) -> None:
    """Write every failing row, by rule and within it by row."""
    one = len(audit.inputs) == 1  # then its name is known without looking at any row
    parts = {
        "names": literal(shown_ids(request.rules, Masks())),
        "file": "" if one else "file,",
        "shown": f"{literal(audit.inputs[0].file)} AS file" if one else "file::VARCHAR AS file",
        "files": "" if one else "JOIN rows ON rows.row_id = violations.row_id",
        **way_back(connection, "violations.row_id"),
    }
    queries = [_VIOLATIONS.format(piece=piece, **parts) for piece in pieces(connection, "violations", "rule_no")]
    copy_in_order(connection, queries, f"{literal(str(path))} (FORMAT parquet, COMPRESSION zstd)")


def failing_anew(connection: duckdb.DuckDBPyConnection, request: Request, before: Path) -> list[FailingAnew]:
    """How many rows fail each rule now and do not stand in ``before``, the failing rows of an earlier audit of the same extract."""
    parts = {
        "names": literal(shown_ids(request.rules, Masks())),
        "before": literal(str(before)),
        **way_back(connection, "violations.row_id"),
    }
    return [FailingAnew.model_validate(row) for row in records(connection.execute(_ANEW.format(**parts)))]


def _write_rejected(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Write the records that are no rows, by file and line; those of a file stand in their order already."""
    files = [file for (file,) in connection.execute("SELECT DISTINCT file FROM rejected ORDER BY file").fetchall()]
    queries = [_REJECTED.format(file=literal(file)) for file in files or [""]]
    copy_in_order(connection, queries, f"{literal(str(path))} (FORMAT csv, HEADER, DELIMITER ';')")


@contextmanager
def kept_tables(database: Path | None) -> Iterator[Path | None]:
    """The file to keep the tables in, which is put at ``database`` at the end; None when they are not to be kept.

    It is made sure before hours of work that it can be.

    Raises:
        AuditError: something is there, its folder is not, or another run is writing there.
    """
    if database is None:
        yield None
        return
    refuse_long_name(database)
    if os.path.lexists(database):
        raise AuditError(f"{database} exists already", "Give another file with --database, or remove this one.")
    if not database.resolve().parent.is_dir():
        raise AuditError(
            f"{database}: there is no folder {database.parent}", "Make it, or give another file with --database."
        )
    refuse_name(Path(os.path.realpath(database)))
    with staged_file(database, private=True) as file:
        yield file


def keep_tables(connection: duckdb.DuckDBPyConnection, file: Path) -> None:
    """Copy the tables of the audit into a DuckDB file, in which the SQL of the report can be run."""
    connection.execute(f"ATTACH {literal(str(file))} AS kept")
    try:
        _copy_tables(connection)
    finally:
        connection.execute("DETACH kept")


def _copy_tables(connection: duckdb.DuckDBPyConnection) -> None:
    for table in KEPT:
        if not table.when or is_there(connection, table.name):
            connection.execute(f"CREATE TABLE kept.{table.name} AS FROM {table.name}")
    for macro in records(connection.execute(MACROS)):
        parameters = ", ".join(macro["parameters"])
        connection.execute(f"CREATE MACRO kept.{macro['function_name']}({parameters}) AS {macro['macro_definition']}")
