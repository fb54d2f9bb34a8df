"""``logsyn audit``: options in, report folder and exit code out."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - typer reads the annotations
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from logsyn.validator.commands.choices import DimensionName, EngineName, FailOn, Lang, Memory, SeverityName, TableName
from logsyn.validator.commands.exit_codes import exit_code
from logsyn.validator.commands.telling import note, note_if_open, say

if TYPE_CHECKING:
    from logsyn.validator.record import Audit
    from logsyn.validator.request import Request

MANY_RULES = 500
"""From so many rules on it is said beforehand how long judging them will take."""

SECONDS_PER_RULE = 0.02
"""What one rule costs however few rows there are: Great Expectations, its counts and its place on the pages (measured)."""


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
    fail_on_not_evaluated: Annotated[bool, typer.Option("--fail-on-not-evaluated", help="Exit code 1 also when a rule was not evaluated or looked at nothing.")] = False,  # noqa: FBT002
    engine: Annotated[EngineName, typer.Option(help="The engine.")] = EngineName.DUCKDB,  # noqa: ARG001 - there is one so far
    database: Annotated[Path | None, typer.Option(metavar="FILE", help="Keep the tables in this DuckDB file. It holds personal data.")] = None,
    no_consequence: Annotated[bool, typer.Option("--no-consequence", help="Leave out what findings mean for the analysis.")] = False,  # noqa: FBT002
    memory: Memory = None,
) -> None:  # fmt: skip
    """Audit an extract: three pages, audit.json and every failing row.

    Exit codes: 0 no finding at or above --fail-on, 1 findings, 2 wrong usage, 3 could not audit.
    """
    from logsyn.expectations.selection import RuleSelection  # noqa: PLC0415
    from logsyn.validator.request import Limits  # noqa: PLC0415
    from logsyn.validator.run.declared import request_of  # noqa: PLC0415
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
    private = [("key of pseudonyms", KEY_FILE), ("database, which holds personal data,", database)]
    refuse_inside(out, [*(("extract", one) for one in extract), *declared, *private])
    selection = RuleSelection(tuple(rule or ()), tuple(table or ()), tuple(severity or ()), tuple(dimension or ()))
    request = request_of(
        extract,
        source=source,
        suite=suite,
        practice=practice,
        as_of=as_of.date() if as_of else None,
        database=database,
        judgement=judgement,
        accepted=accepted,
        selection=selection,
        consequence=not no_consequence,
        scope=scope,
        limits=Limits(memory),
    )
    note_many_rules(request)
    result = _run(request, out, lang)
    raise typer.Exit(exit_code(result, fail_on, fail_on_not_evaluated=fail_on_not_evaluated))


def note_many_rules(request: Request) -> None:
    """Say beforehand when judging the rules will take long."""
    if len(request.rules) >= MANY_RULES:
        minutes = max(1, round(len(request.rules) * SECONDS_PER_RULE / 60))
        note(
            f"{len(request.rules):,} rules: judging them takes some {minutes} min or more; --rule, --table and --severity run a part"
        )


def _run(request: Request, out: Path, lang: Lang) -> Audit:
    from logsyn.validator.commands.imports import imported_beside  # noqa: PLC0415
    from logsyn.validator.commands.in_vain import note_nothing_known  # noqa: PLC0415
    from logsyn.validator.commands.pages import ready_templates, write_pages  # noqa: PLC0415
    from logsyn.validator.commands.progress import shown  # noqa: PLC0415
    from logsyn.validator.commands.summary import summary  # noqa: PLC0415
    from logsyn.validator.progress import Stage  # noqa: PLC0415
    from logsyn.validator.writing.output import refuse_foreign_folder, staged  # noqa: PLC0415

    refuse_foreign_folder(out)
    with staged(out) as folder, shown() as progress:
        with imported_beside(lambda: ready_templates(lang)):
            from logsyn.validator.run.audit import AUDITING, run_audit  # noqa: PLC0415 - while the others are imported

            progress.plan((*AUDITING, Stage.PAGES))
            result = run_audit(request, folder, progress)
        progress.stage(Stage.PAGES)
        write_pages(result, folder, lang)
        progress.end()
    say(summary(result, out))
    note_nothing_known(result)
    note_if_open(out, request.database)
    return result
