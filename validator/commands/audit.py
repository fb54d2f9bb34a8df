"""``logsyn audit``: options in, report folder and exit code out."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from validator.commands.stopping import stop_politely
from validator.exit_codes import ExitCode

if TYPE_CHECKING:
    from validator.audit import Request
    from validator.findings.model import Audit


class Lang(StrEnum):
    """The language of the report."""

    DA = "da"
    EN = "en"


class FailOn(StrEnum):
    """The least severity whose findings make the exit code 1."""

    CRITICAL = "critical"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"


class EngineName(StrEnum):
    """The engine that derives and counts."""

    DUCKDB = "duckdb"


def audit(
    extract: Annotated[list[Path], typer.Argument(help="CSV files, also .gz or .zip; several are read as one log.")],
    source: Annotated[str | None, typer.Option(help="Source profile: momentum, fasit, servicedesk, generic, or a YAML file.")] = None,
    suite: Annotated[str, typer.Option(help="Suite of rules: a built-in name or a YAML file.")] = "base",
    practice: Annotated[str | None, typer.Option(help="Registration practice: jobcenter, or a YAML file.")] = None,
    out: Annotated[Path, typer.Option(help="The folder of the report.")] = Path("logsyn-report"),
    lang: Annotated[Lang, typer.Option(help="Language of the pages.")] = Lang.DA,
    as_of: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="The day the audit speaks for; today unless given.")] = None,
    fail_on: Annotated[FailOn, typer.Option(help="Least severity that makes the exit code 1.")] = FailOn.CRITICAL,
    engine: Annotated[EngineName, typer.Option(help="The engine.")] = EngineName.DUCKDB,
    show_case_ids: Annotated[bool, typer.Option("--show-case-ids", help="Show case ids instead of pseudonyms.")] = False,  # noqa: FBT002
    key: Annotated[Path | None, typer.Option(metavar="FILE", help="Key of the pseudonyms; .logsyn/pseudonym.key unless given.")] = None,
    database: Annotated[Path | None, typer.Option(metavar="FILE", help="Keep the tables in this DuckDB file. It holds personal data.")] = None,
) -> None:  # fmt: skip
    """Audit an extract: three pages, audit.json and every failing row.

    Exit codes: 0 no finding at or above --fail-on, 1 findings, 2 wrong usage, 3 could not audit.
    """
    from expectations.errors import DeclarationError  # noqa: PLC0415
    from validator.errors import AuditError  # noqa: PLC0415

    stop_politely()
    try:
        request = _request(extract, source, suite, practice, as_of, engine, _key(key, show=show_case_ids), database)
        result = _run(request, out, lang)
    except (DeclarationError, AuditError) as error:
        typer.echo(f"logsyn: {error}", err=True)
        raise typer.Exit(ExitCode.NOT_AUDITED) from None
    except OSError as error:
        typer.echo(f"logsyn: {error.strerror or error}: {error.filename or 'the disk'}", err=True)
        raise typer.Exit(ExitCode.NOT_AUDITED) from None
    raise typer.Exit(exit_code(result, fail_on))


def exit_code(result: Audit, fail_on: str) -> ExitCode:
    """The exit code of a finished audit."""
    if any(finding.outcome == "error" for finding in result.findings):
        return ExitCode.NOT_AUDITED
    order = ["info", "warning", "critical"]
    counting = [] if fail_on == "never" else order[order.index(fail_on) :]
    failed = any(finding.outcome == "failed" and finding.severity in counting for finding in result.findings)
    return ExitCode.FINDINGS if failed else ExitCode.CLEAN


def _request(
    extract: list[Path],
    source: str | None,
    suite: str,
    practice: str | None,
    as_of: datetime | None,
    engine: str,
    key: bytes | None,
    database: Path | None,
) -> Request:
    from expectations.practice import load_practice  # noqa: PLC0415
    from expectations.source import load_source  # noqa: PLC0415
    from expectations.suite import load_suite  # noqa: PLC0415
    from validator.audit import Request  # noqa: PLC0415

    return Request(
        extract=extract,
        source=load_source(source) if source else None,
        suite=load_suite(suite),
        practice=load_practice(practice) if practice else None,
        as_of=as_of.date() if as_of else date.today(),  # noqa: DTZ011 - the day where the user is
        pseudonym_key=key,
        engine=engine,
        database=database,
    )


def _key(path: Path | None, *, show: bool) -> bytes | None:
    from validator.findings.pseudonyms import KEY_FILE, project_key  # noqa: PLC0415

    return None if show else project_key(path or KEY_FILE)


def _run(request: Request, out: Path, lang: Lang) -> Audit:
    from reports.render import render  # noqa: PLC0415
    from validator.audit import run_audit  # noqa: PLC0415
    from validator.commands.progress import progress  # noqa: PLC0415
    from validator.commands.summary import summary  # noqa: PLC0415
    from validator.output import refuse_foreign_folder, staged  # noqa: PLC0415

    refuse_foreign_folder(out)
    with staged(out) as folder, progress() as tell:
        result = run_audit(request, folder, tell)
        tell("writing the pages")
        for name, page in render(result, "da" if lang is Lang.DA else "en").items():
            (folder / name).write_text(page, encoding="utf-8")
    typer.echo(summary(result, out))
    return result
