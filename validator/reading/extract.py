"""Reads an extract into the table ``rows`` and accounts for every record of its files: the order of the work."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from logsyn.expectations.source import CANONICAL_COLUMNS
from logsyn.validator.database.shortage import memory_of, refuse_too_little_disk
from logsyn.validator.personal.masking import masked
from logsyn.validator.reading import remarks
from logsyn.validator.reading.accounts import Accounts
from logsyn.validator.reading.categories import complete_categories
from logsyn.validator.reading.csv_file import open_part
from logsyn.validator.reading.delivery import deliver
from logsyn.validator.reading.facts import column_facts
from logsyn.validator.reading.kept import Readings, declared_kinds
from logsyn.validator.reading.layout import columns_left_out, lay_out
from logsyn.validator.reading.load import TABLE, Plan, create_rows, load_part, look_again, number_lines, number_rows
from logsyn.validator.reading.mapping import FileHeaders, detect, known_headers
from logsyn.validator.reading.plan import make_plan
from logsyn.validator.reading.relation import NotPlainError
from logsyn.validator.reading.set_apart import with_persons_apart
from logsyn.validator.reading.unchanged import unchanged

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    import duckdb

    from logsyn.expectations.source import SourceProfile
    from logsyn.validator.reading.csv_file import CsvFile
    from logsyn.validator.reading.layout import TableColumn
    from logsyn.validator.record import Column, Input, Text


@dataclass(frozen=True)
class Reading:
    """How an extract was read. ``canonical``: the canonical columns that it has; ``kept``: what the profile says of others."""

    source: str
    timezone: str
    inputs: list[Input]
    columns: list[Column]
    remarks: list[Text]
    canonical: frozenset[str]
    kept: Mapping[str, str] = field(default_factory=dict)


def _silent(_: str) -> None:
    pass


def read_extract(
    connection: duckdb.DuckDBPyConnection,
    paths: Sequence[Path],
    profile: SourceProfile | None,
    work: Path,
    progress: Callable[[str], None] = _silent,
    *,
    reserved: tuple[str, ...] = (),
) -> Reading:
    """Read CSV files (plain, gzip, zip) into the tables ``rows`` and ``rejected``.

    Args:
        connection: where the tables are created; former ones of these names are replaced.
        paths: the files, in the order in which their rows are to stand.
        profile: where the columns are; None: find out.
        work: a folder for what is unpacked and recoded; the caller removes it.
        progress: is told, in a few words, what is being done.
        reserved: further names that no column of the extract may have.

    Raises:
        ExtractError: a file that cannot be read, or columns that cannot be found.
        EngineError: the rows and the lines of a file do not add up.
    """
    progress("opening the extract")
    known = known_headers(profile)
    with unchanged(paths):
        parts = [open_part(one, work / f"part-{number}", known) for number, one in enumerate(deliver(paths, work))]
        chosen = profile or detect([FileHeaders(part.name, part.header.names) for part in parts])
        refuse_too_little_disk(sum(part.path.stat().st_size for part in parts), work, memory_of(connection))
        with ThreadPoolExecutor(max_workers=2) as pool:
            accounts = Accounts(connection, parts, pool)
            places, plan, notes = _read(connection, accounts, chosen, reserved, progress, detected=profile is None)
            inputs = accounts.balance()
    columns, apart = with_persons_apart(connection, column_facts(connection, plan), reserved)
    kept = declared_kinds(chosen.kept, places)
    progress("")
    return Reading(
        source=masked(chosen.source),
        timezone=chosen.timestamps.timezone,
        inputs=inputs,
        columns=columns,
        remarks=[
            *(note for part in accounts.parts for note in remarks.about_form(part)),
            *_about_columns(chosen, places, accounts.parts, detected=profile is None),
            *notes,
            *_about_kept(connection, chosen, kept),
            *map(remarks.persons_apart, apart),
            *accounts.remarks(),
        ],
        canonical=frozenset(column.name for column in columns if column.mapped_by != "kept"),
        kept=kept,
    )


def _read(
    connection: duckdb.DuckDBPyConnection, accounts: Accounts, profile: SourceProfile, reserved: tuple[str, ...],
    progress: Callable[[str], None], *, detected: bool,
) -> tuple[list[TableColumn], Plan, list[Text]]:  # fmt: skip
    """Plan and load; a file that turns out not to be plain is split, and all begins anew with its clean copy."""
    while True:
        places = lay_out(accounts.parts, profile, reserved, detected=detected)
        try:
            accounts.split_known()
            progress("looking at the columns")
            plan, notes = make_plan(connection, accounts.parts, places, profile, detected=detected)
            progress("loading")
            create_rows(connection, accounts.parts, plan)
            rows = [load_part(connection, accounts.parts, number, plan) for number in range(len(accounts.parts))]
            accounts.check(rows)
            progress(f"sorting out {sum(rows):,} rows")
            plan = replace(plan, categories=complete_categories(connection, plan.categories))
            look_again(connection, plan)
            number_rows(connection)
            number_lines(connection, accounts.runs(rows))
        except NotPlainError as error:
            progress(f"looking for broken records in {accounts.parts[error.part].name}")
            accounts.split(error)
        else:
            accounts.rows = rows
            return places, plan, notes


def _about_kept(connection: duckdb.DuckDBPyConnection, profile: SourceProfile, kept: Mapping[str, str]) -> list[Text]:
    """Remarks on kept columns whose type the source profile declares: values of another type, and columns that the extract lacks."""
    readings = Readings(connection, profile.timestamps.timezone, kept)
    unread = {name: readings.column(TABLE, name).unread_rows(kind) for name, kind in kept.items() if kind != "text"}
    notes = [remarks.not_as_declared(name, kept[name], rows) for name, rows in unread.items() if rows]
    lacking = len(profile.kept) - len(kept)
    return [*notes, remarks.declared_and_not_there(lacking)] if lacking > 0 else notes


def _about_columns(
    profile: SourceProfile, places: Sequence[TableColumn], parts: Sequence[CsvFile], *, detected: bool
) -> list[Text]:
    found = []
    if detected and profile.columns:
        title = profile.title
        found.append(
            remarks.source_found(
                title.da if title else profile.source, title.en if title else profile.source, profile.source
            )
        )
    left_out = columns_left_out(parts, places)
    if left_out:
        found.append(remarks.columns_left_out(left_out))
    by_header = [place for place in places if place.mapped_by == "synonym"]
    if by_header:
        found.append(remarks.recognised(by_header))
    found += [
        remarks.lacking(place, parts) for place in places if None in place.positions and place.name in CANONICAL_COLUMNS
    ]
    return found
