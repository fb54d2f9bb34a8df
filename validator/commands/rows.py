"""``logsyn rows``: where the rows that fail a rule stand in the extract, from the confidential folder of a report."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import typer

from logsyn.validator.commands.telling import note_if_open, say

SHOWN = 20
"""Rows that are shown unless more are asked for."""


def rows(
    report: Annotated[Path, typer.Argument(metavar="DIR", help="Report folder of an audit, or after/ or confidential/before/ of a remedied log.")],
    rule: Annotated[str, typer.Argument(metavar="RULE", help="The id of the rule, as on the pages.")],
    most: Annotated[int | None, typer.Option("--most", min=1, metavar="N", help=f"Show at most N rows; {SHOWN} unless given.")] = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write all of them as CSV to this new file instead.")] = None,
) -> None:  # fmt: skip
    """List the rows that fail a rule: file and line of the extract, which itself is not read.

    The list comes from the folder confidential/ of the report, and is as confidential.

    Exit codes: 0 listed, or the rule passed, 2 wrong usage or no such rule, 3 could not be listed.
    """
    from logsyn.validator.commands.listing import head_of, judged, listed, refuse_place, write  # noqa: PLC0415
    from logsyn.validator.failing_rows import failing_rows  # noqa: PLC0415
    from logsyn.validator.recorded import load_audit  # noqa: PLC0415

    if out is not None:
        if most is not None:
            raise typer.BadParameter("--out writes all rows: give either it or --most")
        refuse_place(out, report)
    finding = judged(load_audit(report), rule)
    failing = failing_rows(report, finding)
    if out is not None:
        write(failing, out)
        say(f"{head_of(finding)}\nWritten: {out}. Delete it when the rows have been looked at.")
        note_if_open(out)
    else:
        say("\n".join([head_of(finding), *listed(failing, most or SHOWN)]))
