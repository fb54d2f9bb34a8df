"""``logsyn practice``: what can be made of a registration practice."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from logsyn.validator.commands.choices import Lang
from logsyn.validator.commands.telling import say

practice = typer.Typer(name="practice", help="Make something of a registration practice.", no_args_is_help=True)


@practice.callback()
def _of_a_practice() -> None:
    """Make something of a registration practice."""


@practice.command()
def render(
    file: Annotated[str, typer.Argument(help="Registration practice: jobcenter, or a YAML file.")],
    lang: Annotated[Lang, typer.Option(help="Language of the page.")] = Lang.DA,
    out: Annotated[Path, typer.Option(metavar="FILE", help="The page.")] = Path("registreringsvejledning.html"),
) -> None:
    """Make the registration guide: a page for new colleagues, from the same YAML that the audit checks.

    Exit codes: 0 made, 2 wrong usage, 3 not made (faulty YAML, or the page cannot be written).
    """
    from logsyn.expectations.practice import load_practice  # noqa: PLC0415
    from logsyn.reports.render import render_guide  # noqa: PLC0415
    from logsyn.validator.personal.cpr import masked_cpr  # noqa: PLC0415
    from logsyn.validator.personal.cutting import MOST_OF_A_SENTENCE  # noqa: PLC0415
    from logsyn.validator.personal.masking import Masks  # noqa: PLC0415
    from logsyn.validator.personal.records import protected  # noqa: PLC0415
    from logsyn.validator.writing.output import write_page  # noqa: PLC0415

    declared = protected(load_practice(file), Masks(masked_cpr, MOST_OF_A_SENTENCE))  # whom to ask may be an address
    write_page(out, render_guide(declared, "da" if lang is Lang.DA else "en"))
    say(f"Guide: {out}")
