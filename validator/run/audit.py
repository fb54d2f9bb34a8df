"""One audit from beginning to end: read, derive, check, findings."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from logsyn.expectations.selection import select
from logsyn.validator.database.connection import open_database
from logsyn.validator.database.memory import agreement
from logsyn.validator.database.wall import wall_in
from logsyn.validator.personal.masking import Masks
from logsyn.validator.personal.records import protected, shown_ids
from logsyn.validator.record import sealed
from logsyn.validator.run.files import keep_tables, kept_tables, write
from logsyn.validator.run.imports import import_beside
from logsyn.validator.tables.origins import with_rows_of_extract
from logsyn.validator.writing.scratch import scratch_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path
    from threading import Thread

    import duckdb

    from logsyn.expectations.accepted import AcceptedFinding
    from logsyn.expectations.judgement import Judgement
    from logsyn.expectations.practice import Practice
    from logsyn.expectations.rule import Rule
    from logsyn.expectations.scope import Scope as DeclaredScope
    from logsyn.expectations.selection import Selection
    from logsyn.expectations.source import SourceProfile
    from logsyn.expectations.suite import Suite
    from logsyn.validator.checking.check import Checked
    from logsyn.validator.database.connection import Database
    from logsyn.validator.reading.extract import Reading
    from logsyn.validator.record import Audit, Scope
    from logsyn.validator.tables.material import Material


@dataclass(frozen=True)
class Request:
    """What is to be audited, and how.

    ``database``: where the tables are kept when somebody wants to look into them. ``judgement``: the default one unless
    given. ``selection``: run only these rules of ``suite``, which stays whole here. ``consequence``: work out what each
    finding means for the analysis. ``scope``: audit this part only. ``memory``: bytes that all of it may hold at its peak; half of
    the machine's unless given.
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
    memory: int | None = None

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that are run."""
        return select(self.suite, self.selection).rules if self.selection else self.suite.rules


def run_audit(
    request: Request,
    folder: Path,
    tell: Callable[[str], None],
    *,
    beside: Callable[[], object] | None = None,
    key: Callable[[], bytes] | None = None,
) -> Audit:
    """Audit an extract, and write ``audit.json``, ``run.json``, ``violations.parquet`` and ``rejected.csv`` into ``folder``.

    Args:
        request: what and how.
        folder: where the files go; it exists.
        tell: is told, in a word or two, what is being done.
        beside: further work that may be done while DuckDB reads; it is done when this returns.
        key: gives the key of pseudonyms instead of the request; it is asked once the extract was read.

    Raises:
        AuditError: the extract cannot be read, or the engine broke a promise.
    """
    with kept_tables(request.database) as kept:
        writes = [folder] if kept is None else [folder, kept.parent]
        with opened(request, tell, writes=writes, beside=beside) as extract:
            request = replace(request, pseudonym_key=key()) if key else request
            audit, _ = examine(extract, request, tell)
            audit = sealed(audit)
            tell("writing")
            write(extract.connection, request, audit, folder)
            if kept is not None:
                keep_tables(extract.connection, kept)
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
    request: Request,
    tell: Callable[[str], None],
    *,
    writes: Sequence[Path] = (),
    beside: Callable[[], object] | None = None,
) -> Iterator[Opened]:
    """A database with the ``rows`` of the extract, or those in scope; both are gone afterwards.

    Args:
        request: what and how.
        tell: is told, in a word or two, what is being done.
        writes: the only folders that the database can reach from now on.
        beside: is called while the extract is read.

    Raises:
        ExtractError: the extract cannot be read.
        AuditError: the scope leaves no row, or names a column that is not there.
    """
    with scratch_folder() as scratch, open_database(scratch, agreement(request.memory)) as database:
        loading = import_beside(beside)
        reading, scope = read_part(database.connection, request, scratch, tell)
        wall_in(database.connection, writes)
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
    from logsyn.validator.scoping.apply import apply_scope  # noqa: PLC0415

    reading, scope = apply_scope(connection, reading, request.scope, tell)
    return reading, protected(scope)


def examine(
    extract: Opened, request: Request, tell: Callable[[str], None], *, named: Iterable[str] = ()
) -> tuple[Audit, Material]:
    """Derive, check and gather: the audit of whatever ``rows`` the database holds, and what remedies need to know of it.

    ``named``: columns of events that remedies speak of, so that they are derived though no rule looks at them.

    Raises:
        EngineError: the engine broke a promise.
    """
    connection, reading = extract.connection, extract.reading
    tell("deriving")
    derived = _derive(connection, request, reading, named)
    extract.loading.join()
    tell("checking")
    from logsyn.expectations.judgement import load_judgement  # noqa: PLC0415 - what --help does not need
    from logsyn.validator.checking.check import check  # noqa: PLC0415
    from logsyn.validator.findings.assemble import Setting, assemble  # noqa: PLC0415
    from logsyn.validator.findings.limits import with_limits_told  # noqa: PLC0415
    from logsyn.validator.reading.kept import Readings  # noqa: PLC0415

    headers = {column.name: column.header for column in reading.columns if column.mapped_by == "kept"}
    readings = Readings(connection, reading.timezone, reading.kept, headers)
    checked = check(extract.database, request.rules, derived, readings)
    tell("gathering")
    setting = Setting(
        request.suite, request.practice, request.as_of, request.pseudonym_key,
        request.judgement or load_judgement("default"), request.accepted, request.selection,
    )  # fmt: skip
    reading = with_limits_told(connection, reading)
    audit = assemble(connection, reading, setting, checked, derived["events"])
    audit = with_rows_of_extract(connection, audit).model_copy(update={"scope": extract.scope})
    material = _material(request, reading, checked, derived["events"])
    if request.consequence:
        from logsyn.validator.consequence.consequences import with_consequences  # noqa: PLC0415

        tell("working out consequences")
        audit = with_consequences(connection, audit, material)
    masks = Masks()
    shown_ids(request.rules, masks)
    return protected(audit, masks, pseudonyms=request.pseudonym_key is not None), material


def _material(request: Request, reading: Reading, checked: list[Checked], have: frozenset[str]) -> Material:
    from logsyn.validator.findings.persons import names_persons  # noqa: PLC0415
    from logsyn.validator.tables.material import Material, rules_run  # noqa: PLC0415

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
    from logsyn.validator.derive.columns import RESERVED_NAMES  # noqa: PLC0415
    from logsyn.validator.reading.extract import read_extract  # noqa: PLC0415

    return read_extract(connection, request.extract, request.source, scratch, tell, reserved=RESERVED_NAMES)


def _derive(
    connection: duckdb.DuckDBPyConnection, request: Request, reading: Reading, named: Iterable[str]
) -> dict[str, frozenset[str]]:
    from logsyn.validator.derive.tables import derive  # noqa: PLC0415
    from logsyn.validator.reading.written import how_written  # noqa: PLC0415

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
        named=named,
    )


def _formats(request: Request, reading: Reading) -> list[str]:
    given = request.source.timestamps.formats if request.source is not None else []
    return list(dict.fromkeys([*given, *(form for column in reading.columns for form in column.formats)]))
