"""One audit from beginning to end: read, derive, check, findings; and the files for machines."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from expectations.selection import select
from validator.database import leave_more_room, open_database
from validator.errors import AuditError
from validator.imports import import_beside
from validator.origins import ORIGINS, OUT_OF_SCOPE, is_there, way_back, with_rows_of_extract
from validator.output import staged_file
from validator.scratch import scratch_folder
from validator.sql import literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path
    from threading import Thread

    import duckdb

    from expectations.accepted import AcceptedFinding
    from expectations.judgement import Judgement
    from expectations.practice import Practice
    from expectations.rule import Rule
    from expectations.scope import Scope as DeclaredScope
    from expectations.selection import Selection
    from expectations.source import SourceProfile
    from expectations.suite import Suite
    from validator.checking.check import Checked
    from validator.database import Database
    from validator.findings.model import Audit, Scope
    from validator.reading.extract import Reading
    from validator.remedying.material import Material

# Sorted as numbers; the names are looked up afterwards, in the sorted stream.
VIOLATIONS = """
COPY (SELECT row_id, {shown}, line, ({names})[rule_no + 1] AS rule FROM (SELECT {row} AS row_id, {file} line, rule_no FROM violations
  JOIN row_lines ON row_lines.rowid = violations.row_id - 1 {files} {origins} ORDER BY rule_no, violations.row_id)) TO {path} (FORMAT parquet, COMPRESSION zstd)"""

# A spreadsheet takes a cell that begins like this for a formula.
REJECTED = """
COPY (SELECT file, line, reason, CASE WHEN regexp_matches(raw, '^[=+\\-@\t\r]') THEN '''' || raw ELSE raw END AS raw
  FROM rejected ORDER BY ALL) TO {path} (FORMAT csv, HEADER, DELIMITER ';')"""

KEPT_TABLES = (
    "events", "cpr_found", "contacts_found", "clock_changes", "system_resources", "time_texts", "registration_months",
    "registration_regimes", "pairs", "agreements", "cases", "labels", "log", "violations", "rejected",
)  # fmt: skip

MACROS = """
SELECT function_name, parameters, macro_definition FROM duckdb_functions()
WHERE function_type = 'macro' AND NOT internal AND database_name = current_database() ORDER BY ALL"""


@dataclass(frozen=True)
class Request:
    """What is to be audited, and how.

    ``database``: where the tables are kept when somebody wants to look into them. ``judgement``: the default one unless
    given. ``selection``: run only these rules of ``suite``, which stays whole here. ``consequence``: work out what each
    finding means for the analysis. ``scope``: audit this part only.
    """

    extract: Sequence[Path]
    source: SourceProfile | None
    suite: Suite
    practice: Practice | None
    as_of: date
    pseudonym_key: bytes | None
    engine: str = "duckdb"
    database: Path | None = None
    judgement: Judgement | None = None
    accepted: Sequence[AcceptedFinding] = ()
    selection: Selection | None = None
    consequence: bool = True
    scope: DeclaredScope | None = None

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that are run."""
        return select(self.suite, self.selection).rules if self.selection else self.suite.rules


def run_audit(
    request: Request, folder: Path, tell: Callable[[str], None], *, beside: Callable[[], object] | None = None
) -> Audit:
    """Audit an extract, and write ``audit.json``, ``violations.parquet`` and ``rejected.csv`` into ``folder``.

    Args:
        request: what and how.
        folder: where the files go; it exists.
        tell: is told, in a word or two, what is being done.
        beside: further work that may be done while DuckDB reads; it is done when this returns.

    Raises:
        AuditError: the extract cannot be read, or the engine broke a promise.
    """
    if request.database is not None:
        _refuse_database(request.database)
    with opened(request, tell, beside=beside) as extract:
        audit, _ = examine(extract, request, tell)
        tell("writing")
        write(extract.connection, request, audit, folder)
        return audit


@dataclass(frozen=True)
class Opened:
    """An extract that was read into ``rows``. ``loading``: imports that must have ended before anything is checked.

    ``scope``: what ``rows`` was narrowed to; None: it is the whole extract.
    """

    database: Database
    reading: Reading
    loading: Thread
    scope: Scope | None = None

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """Where the tables are."""
        return self.database.connection


@contextmanager
def opened(
    request: Request, tell: Callable[[str], None], *, beside: Callable[[], object] | None = None
) -> Iterator[Opened]:
    """A database with the ``rows`` of the extract, or those in scope; both are gone afterwards. ``beside`` is called while the extract is read.

    Raises:
        ExtractError: the extract cannot be read.
        AuditError: the scope leaves no row, or names a column that is not there.
    """
    with scratch_folder() as scratch, open_database(scratch) as database:
        loading = import_beside(beside)
        reading, scope = read_part(database.connection, request, scratch, tell)
        yield Opened(database, reading, loading, scope)


def read_part(
    connection: duckdb.DuckDBPyConnection, request: Request, scratch: Path, tell: Callable[[str], None]
) -> tuple[Reading, Scope | None]:
    """Read the extract into ``rows`` and narrow it to the scope that is asked for.

    Raises:
        ExtractError: the extract cannot be read.
        AuditError: the scope leaves no row, or names a column that is not there.
    """
    reading = _read(connection, request, scratch, tell)
    if request.scope is None:
        return reading, None
    from validator.scoping.apply import apply_scope  # noqa: PLC0415

    return apply_scope(connection, reading, request.scope, tell)


def examine(extract: Opened, request: Request, tell: Callable[[str], None]) -> tuple[Audit, Material]:
    """Derive, check and gather: the audit of whatever ``rows`` the database holds, and what remedies need to know of it.

    Raises:
        EngineError: the engine broke a promise.
    """
    connection, reading = extract.connection, extract.reading
    tell("deriving")
    derived = _derive(connection, request, reading)
    extract.loading.join()
    tell("checking")
    from expectations.judgement import load_judgement  # noqa: PLC0415 - what --help does not need
    from validator.checking.check import check  # noqa: PLC0415
    from validator.findings.assemble import Setting, assemble  # noqa: PLC0415

    checked = check(extract.database, request.rules, derived)
    tell("gathering")
    setting = Setting(
        request.suite, request.practice, request.as_of, request.engine, request.pseudonym_key,
        request.judgement or load_judgement("default"), request.accepted, request.selection,
    )  # fmt: skip
    audit = assemble(connection, reading, setting, checked, derived["events"])
    audit = with_rows_of_extract(connection, audit).model_copy(update={"scope": extract.scope})
    material = _material(request, reading, checked, derived["events"])
    if request.consequence:
        from validator.consequence.consequences import with_consequences  # noqa: PLC0415

        tell("working out consequences")
        leave_more_room(connection)
        audit = with_consequences(connection, audit, material)
    return audit, material


def _material(request: Request, reading: Reading, checked: list[Checked], have: frozenset[str]) -> Material:
    from validator.findings.persons import names_persons  # noqa: PLC0415
    from validator.remedying.material import Material, rules_run  # noqa: PLC0415

    return Material(
        mapped=frozenset(column.name for column in reading.columns),
        texts=tuple(_texts(reading)),
        have=have,
        rules=rules_run(checked),
        as_of=request.as_of,
        key=request.pseudonym_key,
        persons=frozenset(column.name for column in reading.columns if names_persons(column)),
    )


def _texts(reading: Reading) -> list[str]:
    """Columns of ``rows`` that hold text: those that are none of time, and what could not be read as a time."""
    texts = [column.name for column in reading.columns if column.kind != "time"]
    return texts + [f"{column.name}_text" for column in reading.columns if column.kind == "time" and column.unparseable]


def _read(
    connection: duckdb.DuckDBPyConnection, request: Request, scratch: Path, tell: Callable[[str], None]
) -> Reading:
    from validator.derive.columns import RESERVED_NAMES  # noqa: PLC0415
    from validator.reading.extract import read_extract  # noqa: PLC0415

    return read_extract(connection, request.extract, request.source, scratch, tell, reserved=RESERVED_NAMES)


def _derive(connection: duckdb.DuckDBPyConnection, request: Request, reading: Reading) -> dict[str, frozenset[str]]:
    from validator.derive.tables import derive  # noqa: PLC0415
    from validator.reading.written import how_written  # noqa: PLC0415

    return derive(
        connection,
        mapped=frozenset(column.name for column in reading.columns),
        written=how_written(reading.columns),
        texts=_texts(reading),
        formats=_formats(request, reading),
        zone=reading.timezone,
        practice=request.practice,
        as_of=request.as_of,
        rules=request.rules,
    )


def _formats(request: Request, reading: Reading) -> list[str]:
    given = request.source.timestamps.formats if request.source is not None else []
    return list(dict.fromkeys([*given, *(form for column in reading.columns for form in column.formats)]))


def write(connection: duckdb.DuckDBPyConnection, request: Request, audit: Audit, folder: Path) -> None:
    """Write the files for machines into ``folder``, while the tables of the audit are there."""
    record = audit.model_dump(mode="json", by_alias=True)
    text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=False)
    (folder / "audit.json").write_text(text + "\n", encoding="utf-8")
    one = len(audit.inputs) == 1  # then its name is known without looking at any row
    connection.execute(
        VIOLATIONS.format(
            names=literal([rule.id for rule in request.rules]),
            file="" if one else "file,",
            shown=f"{literal(audit.inputs[0].file)} AS file" if one else "file::VARCHAR AS file",
            files="" if one else "JOIN rows ON rows.rowid = violations.row_id - 1",
            path=literal(str(folder / "violations.parquet")),
            **way_back(connection, "violations.row_id"),
        )
    )
    connection.execute(REJECTED.format(path=literal(str(folder / "rejected.csv"))))
    if request.database is not None:
        _keep_tables(connection, request.database)


def _refuse_database(path: Path) -> None:
    """Make sure, before hours of work, that the tables can be kept there."""
    if os.path.lexists(path):
        raise AuditError(f"{path} exists already", "Give another file with --database, or remove this one.")
    if not path.resolve().parent.is_dir():
        raise AuditError(f"{path}: there is no folder {path.parent}", "Make it, or give another file with --database.")


def _keep_tables(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Copy the tables of the audit into a DuckDB file, whole or not at all, in which the SQL of the report can be run."""
    with staged_file(path, private=True) as file:
        connection.execute(f"ATTACH {literal(str(file))} AS kept")
        try:
            _copy_tables(connection)
        finally:
            connection.execute("DETACH kept")


def _copy_tables(connection: duckdb.DuckDBPyConnection) -> None:
    for name in (*KEPT_TABLES, *(table for table in (ORIGINS, OUT_OF_SCOPE) if is_there(connection, table))):
        connection.execute(f"CREATE TABLE kept.{name} AS FROM {name}")
    for name, parameters, definition in connection.execute(MACROS).fetchall():
        connection.execute(f"CREATE MACRO kept.{name}({', '.join(parameters)}) AS {definition}")
