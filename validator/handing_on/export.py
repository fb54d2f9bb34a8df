"""One export from tables in a database to files in a folder: what is chosen, hidden, sorted, written and accounted for."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from logsyn.validator.database.sql import identifier
from logsyn.validator.derive.cpr import columns_with_form, rows_with_cpr_number
from logsyn.validator.errors import AuditError, EngineError
from logsyn.validator.handing_on.beyond import beyond
from logsyn.validator.handing_on.choice import LeftOut, choose, is_time
from logsyn.validator.handing_on.clock_gaps import hit_gaps, in_gap
from logsyn.validator.handing_on.columnar import write_parquet
from logsyn.validator.handing_on.delimited import write_csv
from logsyn.validator.handing_on.figures import out_columns, time_like
from logsyn.validator.handing_on.layout import Treated, lay_out, person_columns
from logsyn.validator.handing_on.outgoing import account, create_outgoing, facts, number, write_left_out
from logsyn.validator.handing_on.parts import FileLimits, write_parts
from logsyn.validator.handing_on.personal import number_cases, number_employees
from logsyn.validator.handing_on.readme import readmes
from logsyn.validator.handing_on.record import ColumnLeftOut, Handover, OutFile, Rows
from logsyn.validator.handing_on.xes import write_xes
from logsyn.validator.personal.records import protected
from logsyn.validator.record import rows_in
from logsyn.validator.tables.origins import OUT_OF_SCOPE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    import duckdb

    from logsyn.validator.handing_on.clock_gaps import ClockGap
    from logsyn.validator.handing_on.layout import Field
    from logsyn.validator.handing_on.parts import FilePart
    from logsyn.validator.handing_on.record import PassedAudit
    from logsyn.validator.handing_on.targets import Target
    from logsyn.validator.reading.extract import Reading
    from logsyn.validator.record import Column, ScopeAccount

LEFT_OUT = "left-out.csv"
RECORD = "export.json"


@dataclass(frozen=True)
class Order:
    """What is to be handed on, and how.

    ``columns``: names that are asked for (see ``choice``). ``case_key``: of the pseudonyms of cases; None: case ids as they
    are. ``person_key``: of those of employees; None: names as they are. ``audit``: the one that the extract went through.
    ``scope``: what ``rows`` was narrowed to.
    """

    target: Target
    as_of: date
    columns: Sequence[str] = ()
    case_key: bytes | None = None
    person_key: bytes | None = None
    mask_cpr: bool = False
    split: bool = False
    limits: FileLimits | None = None
    audit: PassedAudit | None = None
    scope: ScopeAccount | None = None


def export_log(
    connection: duckdb.DuckDBPyConnection,
    reading: Reading,
    order: Order,
    folder: Path,
    tell: Callable[[str], None] = lambda _step: None,
) -> Handover:
    """Hand on the log in ``rows``, as it was read or as remedies have left it.

    Args:
        connection: holds ``rows`` and ``rejected``; the tables ``outgoing``, ``outgoing_cases`` and ``left_out`` are made.
        reading: how the extract was read.
        order: what is wanted.
        folder: where the files go; it exists and is empty.
        tell: is told, in a word or two, what is being done.

    Raises:
        AuditError: a CPR number in a column that cannot be left out, or more than the tool takes.
        EngineError: rows in are not rows out and rows left out.
    """
    tell("looking for personal data")
    chosen, left_out = _choose(connection, reading, order)
    gaps = {column.name: hit_gaps(connection, column.name, reading.timezone) for column in chosen if is_time(column)}
    joins = _pseudonyms(connection, chosen, order)
    fields = lay_out(chosen, order.target, _treated(connection, chosen, order, gaps, joins))
    tell("sorting")
    create_outgoing(connection, fields, [(table, column) for column, table in joins.items() if column != "case_id"])
    counts = account(connection)
    tell("writing")
    files = _write(connection, fields, reading, order, folder)
    write_left_out(connection, folder / LEFT_OUT)
    record = _record(connection, reading, order, fields, left_out, counts, files, _moved(connection, gaps))
    _write_papers(record, folder)
    return record


def _choose(
    connection: duckdb.DuckDBPyConnection, reading: Reading, order: Order
) -> tuple[list[Column], list[LeftOut]]:
    """The columns that are handed on; one with CPR numbers is not, unless they are masked."""
    chosen, left_out = choose(reading.columns, order.columns)
    hidden = {column.name for column in person_columns(chosen) if order.person_key} | (
        {"case_id"} if order.case_key else set()
    )
    searched = [column for column in chosen if not is_time(column) and column.name not in hidden]
    found = rows_with_cpr_number(connection, [column.name for column in searched])
    if "case_id" in found:
        raise AuditError(
            f"case ids hold CPR numbers in {found['case_id']:,} rows",
            "Leave out --show-case-ids: a pseudonym takes their place.",
        )
    if order.mask_cpr:
        return chosen, left_out
    if "activity" in found:
        raise AuditError(
            f"activities hold CPR numbers in {found['activity']:,} rows, and no tool can do without activities",
            "--mask-cpr masks them; or have them mended in the case system.",
        )
    left_out += [LeftOut(column, "cpr_number", found[column.name]) for column in chosen if column.name in found]
    return [column for column in chosen if column.name not in found], left_out


def _pseudonyms(connection: duckdb.DuckDBPyConnection, chosen: Sequence[Column], order: Order) -> dict[str, str]:
    """Make the tables of labels; by column those that are pseudonyms."""
    number_cases(connection, order.case_key)
    tables = {"case_id": "outgoing_cases"} if order.case_key else {}
    if order.person_key:
        for number, column in enumerate(person_columns(chosen)):
            table = f"outgoing_persons_{number}"
            number_employees(connection, column.name, order.person_key, table)
            tables[column.name] = table
    return tables


def _treated(
    connection: duckdb.DuckDBPyConnection,
    chosen: Sequence[Column],
    order: Order,
    gaps: dict[str, list[ClockGap]],
    pseudonyms: dict[str, str],
) -> Treated:
    texts = [column.name for column in chosen if not is_time(column) and column.name not in {"case_id", *pseudonyms}]
    return Treated(
        masked=frozenset(texts if order.mask_cpr else ()),
        with_numbers=columns_with_form(connection, texts) if order.mask_cpr else frozenset(),
        pseudonyms=pseudonyms,
        gaps=gaps,
        time_like=time_like(connection, texts) if order.target.guesses else frozenset(),
    )


def _moved(connection: duckdb.DuckDBPyConnection, gaps: dict[str, list[ClockGap]]) -> int:
    """How many times of ``rows`` lie in a gap."""
    hit = {name: found for name, found in gaps.items() if found}
    counts = [
        number(connection, f"SELECT count(*) FROM rows WHERE {in_gap(identifier(name), found)}")
        for name, found in hit.items()
    ]
    return sum(counts)


def _write(
    connection: duckdb.DuckDBPyConnection, fields: Sequence[Field], reading: Reading, order: Order, folder: Path
) -> list[OutFile]:
    suffix = order.target.suffix

    def write(part: FilePart, number: int, of: int) -> Path:
        path = folder / (f"log.{suffix}" if of == 1 else f"log-{number:0{len(str(of))}d}-of-{of}.{suffix}")
        if suffix == "csv":
            write_csv(connection, fields, part, path)
        elif suffix == "parquet":
            write_parquet(connection, fields, part, path)
        else:
            write_xes(connection, fields, part, path, name=reading.source, zone=reading.timezone)
        return path

    limits = order.limits or FileLimits(order.target.max_bytes, order.target.max_events)
    written = write_parts(connection, fields, limits, write, split=order.split, packed=suffix != "csv")
    return [
        OutFile(
            name=path.name, sha256=_sha256(path), bytes=path.stat().st_size, cases=part.cases, events=part.events,
        )
        for path, part in written
    ]  # fmt: skip


def _record(
    connection: duckdb.DuckDBPyConnection,
    reading: Reading,
    order: Order,
    fields: Sequence[Field],
    left_out: Sequence[LeftOut],
    counts: dict[str, int],
    files: list[OutFile],
    moved: int,
) -> Handover:
    if sum(file.events for file in files) != counts["handed_on"]:
        raise EngineError(
            f"{counts['handed_on']} events became {sum(file.events for file in files)} in the files",
            "This is a fault of logsyn. Please report it.",
        )
    rows = number(connection, "SELECT count(*) FROM rows")
    loaded = rows_in(reading.inputs, "rows_loaded") or 0
    record = Handover(
        target=order.target.name,
        as_of=order.as_of.isoformat(),
        logsyn=version("logsyn"),
        source=reading.source,
        timezone=reading.timezone,
        inputs=reading.inputs,
        audit=order.audit,
        scope=order.scope,
        rows=Rows(
            in_files=rows_in(reading.inputs, "rows_in_file") or 0,
            unreadable=sum(one.rows_rejected for one in reading.inputs),
            loaded=loaded,
            removed_before=loaded - rows - counts.get(OUT_OF_SCOPE, 0),
            left_out={reason: count for reason, count in counts.items() if reason != "handed_on"},
            handed_on=counts["handed_on"],
        ),
        moved_times=moved,
        case_ids="pseudonyms" if order.case_key else "as_read",
        columns=out_columns(connection, fields),
        columns_left_out=[
            ColumnLeftOut(extract_header=one.column.header, column=one.column.name, reason=one.reason, rows=one.rows)
            for one in left_out
        ],
        files=files,
        beyond=beyond(connection, fields, order.target.bounds),
        **facts(connection, fields),
    )
    return protected(record)


def _write_papers(record: Handover, folder: Path) -> None:
    text = json.dumps(record.model_dump(mode="json", by_alias=True), ensure_ascii=False, indent=1)
    (folder / RECORD).write_text(text + "\n", encoding="utf-8")
    for name, page in readmes(record).items():
        (folder / name).write_text(page, encoding="utf-8")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
