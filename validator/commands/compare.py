"""``logsyn compare``: audits of successive deliveries in, one page and compare.json out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from logsyn.validator.commands.choices import Lang
from logsyn.validator.commands.telling import say

if TYPE_CHECKING:
    from logsyn.validator.record import Succession


def compare(
    reports: Annotated[list[Path], typer.Argument(metavar="DIR...", help="Report folders of at least two audits.")],
    out: Annotated[Path, typer.Option(help="The folder of the comparison.")] = Path("logsyn-compare"),
    lang: Annotated[Lang, typer.Option(help="Language of the page.")] = Lang.DA,
) -> None:
    """Compare audits of successive deliveries: what is new, gone, better, worse, by rule and team.

    Exit codes: 0 compared, 2 wrong usage, 3 an audit could not be read.
    """
    from logsyn.validator.comparing.compare import compare as put_side_by_side  # noqa: PLC0415
    from logsyn.validator.writing.output import refuse_foreign_folder  # noqa: PLC0415
    from logsyn.validator.writing.protected import refuse_inside  # noqa: PLC0415

    refuse_inside(out, [("audit", report) for report in reports])
    refuse_foreign_folder(out, "comparison")
    comparison = put_side_by_side(reports)
    _write(comparison, out, lang)
    say(_summary(comparison))
    say(f"Page: {out / 'compare.html'}")


def _write(comparison: Succession, out: Path, lang: Lang) -> None:
    from logsyn.reports.render import render_succession  # noqa: PLC0415
    from logsyn.validator.comparing.written import write_comparison  # noqa: PLC0415
    from logsyn.validator.writing.output import staged  # noqa: PLC0415

    with staged(out, "comparison") as folder:
        write_comparison(comparison, folder)
        page = render_succession(comparison, "da" if lang is Lang.DA else "en")
        (folder / "compare.html").write_text(page, encoding="utf-8")


def _summary(comparison: Succession) -> str:
    """One line a rule that is not as before."""
    changed = [trend for trend in comparison.rules if trend.change != "same"]
    lines = [f"  {trend.change:<15} {trend.severity:<9} {trend.rule}" for trend in changed]
    days = ", ".join(f"{delivery.name} ({delivery.as_of})" for delivery in comparison.deliveries)
    return "\n".join([f"Deliveries: {days}", *(lines or ["  every rule is as before"])])
