"""``logsyn audit``: options in, report folder and exit code out."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from logsyn.validator.commands.choices import DimensionName, Memory, SeverityName, TableName  # noqa: TC001 - typer reads them
from logsyn.validator.commands.exit_codes import ExitCode
from logsyn.validator.commands.keys import key_of
from logsyn.validator.commands.telling import note, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from logsyn.expectations.selection import Selection
    from logsyn.validator.record import Audit, RunFacts
    from logsyn.validator.run.audit import Request

MANY_RULES = 500
"""From so many rules on it is said beforehand how long judging them will take."""

SECONDS_PER_RULE = 0.06
"""What one rule costs however few rows there are: Great Expectations, its counts and its place on the pages (measured)."""


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
    judgement: Annotated[str, typer.Option(help="How the log is judged: default, or a YAML file.")] = "default",
    scope: Annotated[Path | None, typer.Option(metavar="FILE", help="The part of the log that the analysis will use, as YAML.")] = None,
    accepted: Annotated[Path | None, typer.Option(metavar="FILE", help="Findings that are accepted for a time, as YAML.")] = None,
    rule: Annotated[list[str] | None, typer.Option(metavar="ID", help="Run only this rule; may be given several times.")] = None,
    table: Annotated[list[TableName] | None, typer.Option(help="Run only rules about this table.")] = None,
    severity: Annotated[list[SeverityName] | None, typer.Option(help="Run only rules of this severity.")] = None,
    dimension: Annotated[list[DimensionName] | None, typer.Option(help="Run only rules of this dimension.")] = None,
    out: Annotated[Path, typer.Option(help="The folder of the report.")] = Path("logsyn-report"),
    lang: Annotated[Lang, typer.Option(help="Language of the pages.")] = Lang.DA,
    as_of: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="The day the audit speaks for; today unless given.")] = None,
    fail_on: Annotated[FailOn, typer.Option(help="Least severity that makes the exit code 1.")] = FailOn.CRITICAL,
    engine: Annotated[EngineName, typer.Option(help="The engine.")] = EngineName.DUCKDB,
    show_case_ids: Annotated[bool, typer.Option("--show-case-ids", help="Show case ids instead of pseudonyms.")] = False,  # noqa: FBT002
    key: Annotated[Path | None, typer.Option(metavar="FILE", help="Key of the pseudonyms; .logsyn/pseudonym.key unless given.")] = None,
    database: Annotated[Path | None, typer.Option(metavar="FILE", help="Keep the tables in this DuckDB file. It holds personal data.")] = None,
    no_consequence: Annotated[bool, typer.Option("--no-consequence", help="Leave out what findings mean for the analysis.")] = False,  # noqa: FBT002
    memory: Memory = None,
) -> None:  # fmt: skip
    """Audit an extract: three pages, audit.json and every failing row.

    Exit codes: 0 no finding at or above --fail-on, 1 findings, 2 wrong usage, 3 could not audit.
    """
    from logsyn.expectations.selection import Selection  # noqa: PLC0415
    from logsyn.validator.writing.keys import KEY_FILE  # noqa: PLC0415
    from logsyn.validator.writing.protected import refuse_inside  # noqa: PLC0415

    declared = [
        ("source profile", source),
        ("suite", suite),
        ("practice", practice),
        ("judgement", judgement),
        ("scope", scope),
        ("accepted findings", accepted),
    ]
    private = [("key", None if show_case_ids else key or KEY_FILE), ("database, which holds personal data,", database)]
    refuse_inside(out, [*(("extract", one) for one in extract), *declared, *private])
    selection = Selection(tuple(rule or ()), tuple(table or ()), tuple(severity or ()), tuple(dimension or ()))
    request = request_of(
        extract, source, suite, practice, as_of, engine, None, database,
        judgement=judgement, accepted=accepted, selection=selection, consequence=not no_consequence,
        scope=scope, memory=memory,
    )  # fmt: skip
    secret = None if show_case_ids else key_of(key, out)
    result = _run(request, secret, out, lang)
    raise typer.Exit(exit_code(result, fail_on))


def exit_code(result: Audit, fail_on: str) -> ExitCode:
    """The exit code of a finished audit; what is accepted does not count, and a rule that looked at no row is no pass."""
    if any(finding.outcome == "error" for finding in result.findings):
        return ExitCode.NOT_AUDITED
    order = ["info", "warning", "critical"]
    counting = [] if fail_on == "never" else order[order.index(fail_on) :]
    found = any(
        (finding.still_fails or finding.outcome == "nothing_checked") and finding.severity in counting
        for finding in result.findings
    )
    return ExitCode.FINDINGS if found else ExitCode.CLEAN


def request_of(
    extract: list[Path],
    source: str | None,
    suite: str | None,
    practice: str | None,
    as_of: datetime | None,
    engine: str,
    key: bytes | None,
    database: Path | None,
    *,
    consequence: bool,
    judgement: str = "default",
    accepted: Path | None = None,
    selection: Selection | None = None,
    scope: Path | None = None,
    memory: int | None = None,
) -> Request:
    """What the options ask for. ``suite``: None when no rule will be run.

    Raises:
        DeclarationError: a source profile, suite, practice, judgement, accepted finding or scope cannot be used.
        SelectionError: the selection leaves no rule.
    """
    from logsyn.expectations.accepted import load_accepted  # noqa: PLC0415
    from logsyn.expectations.judgement import load_judgement  # noqa: PLC0415
    from logsyn.expectations.practice import load_practice  # noqa: PLC0415
    from logsyn.expectations.scope import load_scope  # noqa: PLC0415
    from logsyn.expectations.selection import select  # noqa: PLC0415
    from logsyn.expectations.source import load_source  # noqa: PLC0415
    from logsyn.expectations.suite import Suite, load_suite  # noqa: PLC0415
    from logsyn.validator.run.audit import Request  # noqa: PLC0415

    loaded = load_suite(suite) if suite else Suite("none", ())
    # A selection that leaves nothing is wrong usage, told before anything is read.
    rules = select(loaded, selection).rules if selection else loaded.rules
    if len(rules) >= MANY_RULES:
        minutes = max(1, round(len(rules) * SECONDS_PER_RULE / 60))
        note(
            f"{len(rules):,} rules: judging them takes some {minutes} min or more; --rule, --table and --severity run a part"
        )
    return Request(
        extract=extract,
        source=load_source(source) if source else None,
        suite=loaded,
        practice=load_practice(practice) if practice else None,
        as_of=as_of.date() if as_of else date.today(),  # noqa: DTZ011 - the day where the user is
        pseudonym_key=key,
        engine=engine,
        database=database,
        judgement=load_judgement(judgement, loaded),
        accepted=load_accepted(accepted, loaded) if accepted else (),
        selection=selection or None,
        consequence=consequence,
        scope=load_scope(scope) if scope else None,
        memory=memory,
    )


def _run(request: Request, secret: Callable[[], bytes] | None, out: Path, lang: Lang) -> Audit:
    from logsyn.validator.commands.progress import progress  # noqa: PLC0415
    from logsyn.validator.run.audit import run_audit  # noqa: PLC0415
    from logsyn.validator.writing.output import refuse_foreign_folder, staged  # noqa: PLC0415

    refuse_foreign_folder(out)
    with staged(out, keyed=secret is not None) as folder, progress() as tell:
        result = run_audit(request, folder, tell, beside=lambda: ready_templates(lang), key=secret)
        tell("writing the pages")
        from logsyn.reports.render import render  # noqa: PLC0415

        for name, page in render(result, lang.value, run_of(folder)).items():
            (folder / name).write_text(page, encoding="utf-8")
    from logsyn.validator.commands.summary import summary  # noqa: PLC0415

    say(summary(result, out))
    return result


def run_of(folder: Path) -> RunFacts:
    """The facts of the run that has just written its files into a folder."""
    from logsyn.validator.record import RunFacts  # noqa: PLC0415

    return RunFacts.model_validate_json((folder / "run.json").read_bytes())


def ready_templates(lang: Lang) -> None:
    """Make the templates of the pages ready."""
    from logsyn.reports.render import PAGES, environment  # noqa: PLC0415

    for name in PAGES:
        environment("da" if lang is Lang.DA else "en").get_template(f"{name}.j2")
