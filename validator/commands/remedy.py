"""``logsyn remedy``: an extract and its remedies in; both audits, the changes and the remedied log out."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - typer reads the annotations
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from logsyn.validator.commands.choices import EngineName, FailOn, Lang, Memory
from logsyn.validator.commands.exit_codes import ExitCode, exit_code
from logsyn.validator.commands.keys import key_of
from logsyn.validator.commands.telling import kept_back, note_if_open, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from logsyn.expectations.remedies import Remedies
    from logsyn.validator.record import Audit, Remedied
    from logsyn.validator.request import Request


def remedy(
    extract: Annotated[list[Path], typer.Argument(help="CSV files, also .gz or .zip; several are read as one log.")],
    remedies: Annotated[Path, typer.Option(help="What is to be done: a YAML file.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what each step would do; write nothing.")] = False,  # noqa: FBT002
    source: Annotated[str | None, typer.Option(help="Source profile: momentum, fasit, servicedesk, generic, or a YAML file.")] = None,
    suite: Annotated[str | None, typer.Option(help="Suite of rules; else that of the remedies, else base.")] = None,
    practice: Annotated[str | None, typer.Option(help="Registration practice; else that of the remedies.")] = None,
    scope: Annotated[Path | None, typer.Option(metavar="FILE", help="The part of the log that is audited and remedied, as YAML.")] = None,
    out: Annotated[Path, typer.Option(help="The folder of both reports and the remedied log.")] = Path("logsyn-remedied"),
    lang: Annotated[Lang, typer.Option(help="Language of the pages.")] = Lang.DA,
    as_of: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="The day the audit speaks for; today unless given.")] = None,
    fail_on: Annotated[FailOn, typer.Option(help="Least severity that makes the exit code 1, in the audit afterwards.")] = FailOn.CRITICAL,
    fail_on_not_evaluated: Annotated[bool, typer.Option("--fail-on-not-evaluated", help="Exit code 1 also when a rule was not evaluated or looked at nothing.")] = False,  # noqa: FBT002
    engine: Annotated[EngineName, typer.Option(help="The engine.")] = EngineName.DUCKDB,  # noqa: ARG001 - there is one so far
    key: Annotated[Path | None, typer.Option(metavar="FILE", help="Key of hashes and pseudonyms; .logsyn/pseudonym.key unless given.")] = None,
    no_consequence: Annotated[bool, typer.Option("--no-consequence", help="Leave out what findings mean for the analysis.")] = False,  # noqa: FBT002
    memory: Memory = None,
) -> None:  # fmt: skip
    """Apply remedies to an extract: audited before and after, every change accounted for. The extract stays as it is.

    Exit codes: 0 no finding at or above --fail-on afterwards, 1 findings, 2 wrong usage, 3 could not be done.
    """
    from logsyn.expectations.remedies import load_remedies  # noqa: PLC0415
    from logsyn.validator.request import Limits  # noqa: PLC0415
    from logsyn.validator.run.declared import request_of  # noqa: PLC0415
    from logsyn.validator.writing.keys import KEY_FILE  # noqa: PLC0415
    from logsyn.validator.writing.protected import refuse_inside  # noqa: PLC0415

    declared = load_remedies(remedies)
    suite, practice = suite or declared.suite or "base", practice or declared.practice
    used = [
        ("remedies", remedies),
        ("source profile", source),
        ("suite", suite),
        ("practice", practice),
        ("scope", scope),
        ("key", key or KEY_FILE),
    ]
    refuse_inside(out, [*(("extract", one) for one in extract), *used])
    request = request_of(
        extract,
        source=source,
        suite=suite,
        practice=practice,
        as_of=as_of.date() if as_of else None,
        consequence=not no_consequence,
        scope=scope,
        limits=Limits(memory),
    )
    if dry_run:
        _try(request, declared)
        raise typer.Exit(ExitCode.CLEAN)
    secret = key_of(key, out)
    result = _run(request, declared, secret, out, lang)
    raise typer.Exit(exit_code(result, fail_on, fail_on_not_evaluated=fail_on_not_evaluated))


def _try(request: Request, remedies: Remedies) -> None:
    from logsyn.validator.commands.progress import shown  # noqa: PLC0415
    from logsyn.validator.run.remedy import try_remedies  # noqa: PLC0415

    with shown() as progress:
        done = try_remedies(request, remedies, progress)
    say(_account(done) + "\nDry run: nothing was written.")


def _run(request: Request, remedies: Remedies, key: Callable[[], bytes], out: Path, lang: Lang) -> Audit:
    from logsyn.validator.commands.imports import imported_beside  # noqa: PLC0415
    from logsyn.validator.commands.in_vain import in_vain, note_nothing_known  # noqa: PLC0415
    from logsyn.validator.commands.pages import ready_templates, write_pages  # noqa: PLC0415
    from logsyn.validator.commands.progress import shown  # noqa: PLC0415
    from logsyn.validator.progress import Stage  # noqa: PLC0415
    from logsyn.validator.writing.confidential import CONFIDENTIAL  # noqa: PLC0415
    from logsyn.validator.writing.output import refuse_foreign_folder, staged  # noqa: PLC0415

    refuse_foreign_folder(out, "remedied log")
    with staged(out, "remedied log", keyed=True) as folder, shown() as progress:
        with imported_beside(lambda: ready_templates(lang)):
            from logsyn.validator.run.remedy import REMEDYING, run_remedies  # noqa: PLC0415 - while the others are imported

            progress.plan((*REMEDYING, Stage.PAGES))
            both = run_remedies(request, remedies, key, folder, progress)
        progress.stage(Stage.PAGES)
        from logsyn.reports.render import render_remedy  # noqa: PLC0415 - what --dry-run does not need

        write_pages(both.before, folder / CONFIDENTIAL / "before", lang)
        write_pages(both.after, folder / "after", lang)
        page = render_remedy(both.before, both.after, lang.value)
        (folder / "remedy.html").write_text(page, encoding="utf-8")
        progress.end()
    say(_account(both.account))
    say("\n".join([*in_vain(both.after), f"Before and after: {out / 'remedy.html'}", kept_back(out)]))
    note_nothing_known(both.after)
    note_if_open(out)
    return both.after


def _account(done: Remedied) -> str:
    lines = [f"{'remedy':<40} {'changed':>12} {'dropped':>12} {'cases':>10}"]
    lines += [
        f"{step.remedy:<40} {step.rows_changed or 0:>12,} {step.rows_dropped or 0:>12,} {step.cases_touched or 0:>10,}"
        for step in done.steps
    ]
    dropped = sum(step.rows_dropped or 0 for step in done.steps)
    return "\n".join([*lines, f"Rows: {done.rows_in:,} in = {done.rows_out:,} out + {dropped:,} dropped"])
