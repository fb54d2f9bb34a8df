"""``logsyn describe``: drafts the data description of an extract, with gaps for those who know the purpose and the agreements."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from logsyn.validator.commands.choices import Lang, Memory
from logsyn.validator.commands.telling import say

if TYPE_CHECKING:
    import duckdb

    from logsyn.reports.described import Described
    from logsyn.validator.reading.extract import Reading
    from logsyn.validator.record import Audit

DRAFT = {"da": Path("databeskrivelse.html"), "en": Path("data-description.html")}

_FACTS = """
SELECT count(DISTINCT case_id) AS cases, count(*) AS events, count(DISTINCT activity) AS activities,
  quantile_disc(timestamp, 0.01)::DATE::VARCHAR AS typical_start, quantile_disc(timestamp, 0.99)::DATE::VARCHAR AS typical_end FROM rows"""


def describe(
    extract: Annotated[list[Path], typer.Argument(help="CSV files, also .gz or .zip; several are read as one log.")],
    source: Annotated[str | None, typer.Option(help="Source profile: a built-in name or a YAML file.")] = None,
    practice: Annotated[str | None, typer.Option(help="Registration practice: a built-in name or a YAML file.")] = None,
    audit: Annotated[Path | None, typer.Option(metavar="DIR", help="The report of the audit that these files went through.")] = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="The draft; databeskrivelse.html or data-description.html unless given.")] = None,
    lang: Annotated[Lang, typer.Option(help="Language of the draft.")] = Lang.DA,
    as_of: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="The day on the draft; today unless given.")] = None,
    memory: Memory = None,
) -> None:  # fmt: skip
    """Draft the data description of an extract under the five headings of the law, as a page that a word processor opens.

    Exit codes: 0 drafted, 2 wrong usage, 3 could not draft.
    """
    path = out or DRAFT[lang.value]
    day = (as_of.date() if as_of else date.today()).isoformat()  # noqa: DTZ011 - the day where the user is
    from logsyn.validator.writing.output import staged_file  # noqa: PLC0415

    _refuse_existing(path)
    page = _draft(extract, source, practice, audit, lang, day, memory)
    with staged_file(path, private=True) as draft:
        draft.write_text(page, encoding="utf-8")
    say(f"Draft: {path}")


def _refuse_existing(path: Path) -> None:
    """Make sure that no draft is overwritten, in which people may have written.

    Raises:
        AuditError: something is there.
    """
    from logsyn.validator.errors import AuditError  # noqa: PLC0415

    if os.path.lexists(path):
        raise AuditError(f"{path} exists already", "People may have written in it. Give another file with --out.")


def _draft(
    extract: list[Path],
    source: str | None,
    practice: str | None,
    audit: Path | None,
    lang: Lang,
    day: str,
    memory: int | None,
) -> str:
    from logsyn.expectations.practice import load_practice  # noqa: PLC0415
    from logsyn.reports.render import render_description  # noqa: PLC0415
    from logsyn.validator.commands.progress import shown  # noqa: PLC0415
    from logsyn.validator.personal.cpr import masked_cpr  # noqa: PLC0415
    from logsyn.validator.personal.cutting import MOST_OF_A_SENTENCE  # noqa: PLC0415
    from logsyn.validator.personal.masking import Masks  # noqa: PLC0415
    from logsyn.validator.personal.records import protected  # noqa: PLC0415
    from logsyn.validator.reading.audited import same_extract  # noqa: PLC0415
    from logsyn.validator.recorded import load_audit  # noqa: PLC0415
    from logsyn.validator.request import Limits  # noqa: PLC0415
    from logsyn.validator.run.declared import request_of  # noqa: PLC0415
    from logsyn.validator.run.extract import read_only  # noqa: PLC0415

    request = request_of(extract, source=source, limits=Limits(memory))
    agreed = protected(load_practice(practice), Masks(masked_cpr, MOST_OF_A_SENTENCE)) if practice else None
    audited = load_audit(audit) if audit else None
    with shown() as progress, read_only(request, progress) as (connection, reading, _):
        if audited is not None:
            same_extract(audited, reading)
        described = _described(connection, reading, audited, day)
    return render_description(described, audited, agreed, "da" if lang is Lang.DA else "en")


def _described(connection: duckdb.DuckDBPyConnection, reading: Reading, audited: Audit | None, day: str) -> Described:
    from logsyn.reports.described import Described  # noqa: PLC0415
    from logsyn.validator.database.answers import record  # noqa: PLC0415
    from logsyn.validator.findings.persons import personal_data  # noqa: PLC0415

    counted = record(connection.execute(_FACTS))
    return Described(
        source=reading.source,
        timezone=reading.timezone,
        as_of=day,
        inputs=reading.inputs,
        columns=reading.columns,
        personal=personal_data(connection, reading.columns),
        cases=counted["cases"],
        events=counted["events"],
        activities=counted["activities"],
        start=(audited.log.typical_start if audited else None) or counted["typical_start"],
        end=(audited.log.typical_end if audited else None) or counted["typical_end"],
    )
