"""``logsyn export``: a log out to a mining tool, with a README and the account of every row."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from logsyn.validator.commands.choices import Memory  # noqa: TC001 - typer reads it
from logsyn.validator.commands.keys import key_of
from logsyn.validator.commands.telling import note_if_open, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from logsyn.expectations.remedies import Remedies
    from logsyn.validator.handing_on.export import Order
    from logsyn.validator.handing_on.record import Handover
    from logsyn.validator.record import Audit
    from logsyn.validator.request import Request


class To(StrEnum):
    """The tool or format that the log is for."""

    APROMORE = "apromore"
    POWER_AUTOMATE = "power-automate"
    XES = "xes"
    PARQUET = "parquet"
    CSV = "csv"


def export(
    extract: Annotated[list[Path], typer.Argument(help="CSV files, also .gz or .zip; several are read as one log.")],
    to: Annotated[To, typer.Option(help="The tool or format that the log is for.")],
    source: Annotated[str | None, typer.Option(help="Source profile: a built-in name or a YAML file.")] = None,
    scope: Annotated[Path | None, typer.Option(metavar="FILE", help="The part of the log that is handed on, as YAML.")] = None,
    out: Annotated[Path | None, typer.Option(help="The folder of the files; logsyn-export-TO unless given.")] = None,
    audit: Annotated[Path | None, typer.Option(metavar="DIR", help="The report of the audit that these files went through.")] = None,
    columns: Annotated[list[str] | None, typer.Option(metavar="NAMES", help="Columns to hand on, with commas between them; 'default' stands for the default choice.")] = None,
    split: Annotated[bool, typer.Option("--split", help="Write several files, by whole cases, if one is too large.")] = False,  # noqa: FBT002
    max_bytes: Annotated[int | None, typer.Option(min=1000, help="Of one file; Apromore: 100,000,000 unless given.")] = None,
    max_events: Annotated[int | None, typer.Option(min=1, help="Of one file; Apromore: 1,500,000 unless given.")] = None,
    mask_cpr: Annotated[bool, typer.Option("--mask-cpr", help="Mask CPR numbers instead of leaving out the columns that have them.")] = False,  # noqa: FBT002
    show_case_ids: Annotated[bool, typer.Option("--show-case-ids", help="Hand on case ids instead of pseudonyms.")] = False,  # noqa: FBT002
    show_resources: Annotated[bool, typer.Option("--show-resources", help="Hand on the names of employees instead of pseudonyms, where --columns asks for them.")] = False,  # noqa: FBT002
    remedies: Annotated[Path | None, typer.Option(metavar="FILE", help="Apply these remedies first.")] = None,
    suite: Annotated[str | None, typer.Option(help="Suite whose rules the remedies name; else that of the remedies, else base.")] = None,
    practice: Annotated[str | None, typer.Option(help="Registration practice that those rules look at; else that of the remedies.")] = None,
    key: Annotated[Path | None, typer.Option(metavar="FILE", help="Key of the pseudonyms; .logsyn/pseudonym.key unless given.")] = None,
    as_of: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="The day of the remedies and the README; that of the audit, else today, unless given.")] = None,
    memory: Memory = None,
) -> None:  # fmt: skip
    """Hand a log on to a mining tool: files that import at first try, and a README.

    Exit codes: 0 exported, 2 wrong usage, 3 could not export.
    """
    from logsyn.expectations.remedies import load_remedies  # noqa: PLC0415
    from logsyn.validator.handing_on.targets import TARGETS  # noqa: PLC0415
    from logsyn.validator.recorded import load_audit  # noqa: PLC0415
    from logsyn.validator.request import Limits  # noqa: PLC0415
    from logsyn.validator.run.declared import NO_RULES, request_of  # noqa: PLC0415
    from logsyn.validator.writing.keys import KEY_FILE  # noqa: PLC0415
    from logsyn.validator.writing.protected import refuse_inside  # noqa: PLC0415

    folder = out or Path(f"logsyn-export-{to.value}")
    target = TARGETS[to.value]

    def order() -> Order:
        from logsyn.validator.handing_on.export import Order  # noqa: PLC0415
        from logsyn.validator.handing_on.parts import FileLimits  # noqa: PLC0415

        secret = None if show_case_ids and show_resources else give_key()
        return Order(
            target=target,
            as_of=as_of.date() if as_of else date.today(),  # noqa: DTZ011 - the day where the user is
            columns=[name.strip() for names in columns or [] for name in names.split(",") if name.strip()],
            case_key=None if show_case_ids else secret,
            person_key=None if show_resources else secret,
            mask_cpr=mask_cpr,
            split=split,
            limits=FileLimits(max_bytes or target.max_bytes, max_events or target.max_events),
        )

    used = [
        ("audit", audit),
        ("remedies", remedies),
        ("source profile", source),
        ("suite", suite),
        ("practice", practice),
        ("scope", scope),
    ]
    refuse_inside(folder, [*(("extract", one) for one in extract), *used, ("key", key or KEY_FILE)])
    audited = load_audit(audit) if audit else None
    as_of = as_of or (datetime.fromisoformat(audited.as_of) if audited else None)
    declared = load_remedies(remedies) if remedies else None
    if declared is not None:
        suite, practice = suite or declared.suite, practice or declared.practice
    request = request_of(
        extract,
        source=source,
        suite=suite or ("base" if declared else NO_RULES),
        practice=practice,
        as_of=as_of.date() if as_of else None,
        scope=scope,
        limits=Limits(memory),
    )
    keyed = declared is not None or not (show_case_ids and show_resources)
    give_key = key_of(key, folder, audit) if keyed else bytes
    record = _run(request, declared, give_key, audited, folder, order, keyed=keyed)
    say(summary(record, folder))
    note_if_open(folder)


def summary(record: Handover, folder: Path) -> str:
    """The account of an export, in plain text of a few lines."""
    rows = record.rows
    reasons = ", ".join(f"{count:,} {reason.replace('_', ' ')}" for reason, count in rows.left_out.items() if count)
    left_out = sum(rows.left_out.values())
    columns = ", ".join(f"{one.extract_header} ({one.reason.replace('_', ' ')})" for one in record.columns_left_out)
    return "\n".join(
        [
            f"Rows: {rows.in_files:,} in {len(record.inputs)} file(s) = {rows.handed_on:,} handed on + {left_out:,} left out"
            + (f" ({reasons})" if reasons else "")
            + (f" + {rows.removed_before:,} dropped by remedies" if rows.removed_before else ""),
            f"Log: {record.cases:,} cases, {record.activities:,} activities, source {record.source}",
            *([f"Columns left out: {columns}"] if columns else []),
            *_warnings(record),
            *(f"{file.name}: {file.events:,} events, {file.bytes:,} bytes" for file in record.files),
            f"Read first: {folder / 'README.da.md'} or README.en.md",
        ]
    )


_BEYOND = {
    "too_early": "times in {header} lie before 1677-09-22: tools that count nanoseconds (pandas and others) cannot read them",
    "too_late": "times in {header} lie after 2262-04-10: tools that count nanoseconds (pandas and others) cannot read them",
    "too_long": "texts in {header} are longer than a cell of a spreadsheet",
    "forbidden_character": "texts in {header} hold control characters that XML does not allow; they are written as \ufffd",
    "too_many_columns": "columns are more than a spreadsheet has",
    "too_many_events": "events are more than a spreadsheet has rows",
}


def _warnings(record: Handover) -> list[str]:
    """What readers of the target may not be able to hold, and what mends it."""
    told = [f"Warning: {one.values:,} {_BEYOND[one.what].format(header=one.header)}" for one in record.beyond]
    steps = [one.remedy for one in record.beyond if one.remedy]
    if steps:
        told.append("In a remedies file (--remedies) this mends it:")
    return [*told, *(f"  {step}" for step in steps)]


def _run(
    request: Request,
    remedies: Remedies | None,
    secret: Callable[[], bytes],
    audited: Audit | None,
    folder: Path,
    make_order: Callable[[], Order],
    *,
    keyed: bool,
) -> Handover:
    from logsyn.validator.commands.progress import shown  # noqa: PLC0415
    from logsyn.validator.run.export import EXPORTING, run_export  # noqa: PLC0415
    from logsyn.validator.writing.output import refuse_foreign_folder, staged  # noqa: PLC0415

    refuse_foreign_folder(folder, "export")
    with staged(folder, "export", keyed=keyed) as staging, shown() as progress:
        progress.plan(EXPORTING)
        return run_export(request, make_order, staging, progress, remedies=remedies, key=secret, audited=audited)
