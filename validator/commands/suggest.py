"""``logsyn suggest``: drafts of source profile, practice and suite from an extract."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from logsyn.validator.commands.choices import Lang, Memory
from logsyn.validator.commands.telling import note_if_open, say

if TYPE_CHECKING:
    from logsyn.validator.suggesting.suggest import DraftRequest, Suggested


def suggest(
    extract: Annotated[list[Path], typer.Argument(help="CSV files, also .gz or .zip; several are read as one log.")],
    source: Annotated[str | None, typer.Option(help="Source profile, built in or a file; else the headers decide.")] = None,
    practice: Annotated[str | None, typer.Option(help="The practice in force, built in or a file, if there is one.")] = None,
    out: Annotated[Path, typer.Option(help="The folder of the drafts.")] = Path("logsyn-drafts"),
    against: Annotated[Path | None, typer.Option(metavar="FILE", help="A source profile, practice or suite: show what the data say differently.")] = None,
    audit: Annotated[Path | None, typer.Option(metavar="DIR", help="Report folder of an audit of this extract: drafts remedies, too.")] = None,
    lang: Annotated[Lang, typer.Option(help="Language of the comments.")] = Lang.DA,
    as_of: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="The day the drafts speak for; today unless given.")] = None,
    memory: Memory = None,
) -> None:  # fmt: skip
    """Draft source.yaml, practice.yaml, suite.yaml and, from an audit, remedies.yaml, each line with the evidence that it rests on.

    Exit codes: 0 drafted, 2 wrong usage, 3 could not be read.
    """
    from logsyn.validator.suggesting.suggest import DraftRequest  # noqa: PLC0415

    day = as_of.date() if as_of else date.today()  # noqa: DTZ011 - the day where the user is
    asked = DraftRequest(extract, source, practice, day, lang.value, against, audit, memory)
    found = _run(asked, out)
    for draft in found.drafts:
        say(f"{out / draft.file}: {len(draft.lines)} lines")
    note_if_open(out)
    for one in found.differences or []:
        at = f"{against}:{one.line}" if one.line else str(against)
        say(f"{at}: {one.where}: {one.declared} | {one.data}" + (f" ({one.note})" if one.note else ""))


def _run(asked: DraftRequest, out: Path) -> Suggested:
    from logsyn.validator.commands.progress import shown  # noqa: PLC0415
    from logsyn.validator.suggesting.suggest import suggest as draft  # noqa: PLC0415
    from logsyn.validator.writing.output import refuse_foreign_folder, staged  # noqa: PLC0415
    from logsyn.validator.writing.protected import refuse_inside  # noqa: PLC0415

    used = [
        ("source profile", asked.source),
        ("practice", asked.practice),
        ("declaration", asked.against),
        ("audit", asked.audit),
    ]
    refuse_inside(out, [*(("extract", one) for one in asked.extract), *used])
    refuse_foreign_folder(out, "folder of drafts")
    with staged(out, "folder of drafts") as folder, shown() as progress:
        return draft(asked, folder, progress)
