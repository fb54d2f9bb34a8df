"""The pages of an audit, written into its folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.reports.render import PAGES, environment, render
from logsyn.validator.run.facts import load_run_facts

if TYPE_CHECKING:
    from pathlib import Path

    from logsyn.validator.commands.choices import Lang
    from logsyn.validator.record import Audit


def ready_templates(lang: Lang) -> None:
    """Make the templates of the pages ready."""
    for name in PAGES:
        environment(lang.value).get_template(f"{name}.j2")


def write_pages(audit: Audit, folder: Path, lang: Lang) -> None:
    """Write the pages of an audit into ``folder``, which has its ``run.json``."""
    for name, page in render(audit, lang.value, load_run_facts(folder)).items():
        (folder / name).write_text(page, encoding="utf-8")
