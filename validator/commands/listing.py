"""How failing rows are listed: on the terminal, the first of them, or all of them as CSV."""

from __future__ import annotations

import os
from difflib import get_close_matches
from typing import TYPE_CHECKING

import pyarrow.compute as pc
from pyarrow import csv

from logsyn.expectations.selection import SelectionError
from logsyn.validator.errors import AuditError
from logsyn.validator.findings.gravity import gravest_first
from logsyn.validator.personal.terminal import in_one_line
from logsyn.validator.writing.confidential import FAILING, confidential_file
from logsyn.validator.writing.output import refuse_long_name, staged_file
from logsyn.validator.writing.protected import refuse_inside

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

    from logsyn.validator.record import Audit, Finding

_CHUNK = 100_000
_WHICH = {"cases": ": of each case that fails the first row", "labels": ": all rows with a name that fails"}


def refuse_place(out: Path, report: Path) -> None:
    """Make sure that a list can be put at ``out``, and that it would not lie in a result, which would no longer be as it was written.

    Raises:
        AuditError: it cannot, or would.
    """
    refuse_long_name(out)
    for folder in (report, confidential_file(report, FAILING).parent):
        if folder.is_dir():
            refuse_inside(folder, [("list of rows", out)])
    if os.path.lexists(out):
        raise AuditError(f"{out} exists already", "Give another file with --out.")


def judged(audit: Audit, rule: str) -> Finding:
    """The finding of a rule that passed or failed.

    Raises:
        SelectionError: there is no such rule.
        AuditError: it looked at nothing, so nothing is known of it.
    """
    findings = {finding.rule: finding for finding in audit.findings}
    if rule not in findings:
        near = get_close_matches(rule, findings, n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise SelectionError(f"the audit has no rule '{in_one_line(rule)}'.{hint}\n{_with_rows(audit)}")
    finding = findings[rule]
    if not finding.is_judged and not finding.of_few:
        outcome = finding.outcome.replace("_", " ")
        reason = finding.reason.en if finding.reason else ""
        raise AuditError(f"{rule}: {outcome}, so of no row it is known whether it fails", reason)
    return finding


def head_of(finding: Finding) -> str:
    """What is listed, in a line."""
    if finding.of_few:
        return f"{finding.rule}: asks about a group of few; the rows of it that fail, if any{_WHICH.get(finding.table, '')}"
    if finding.rows_affected:
        return f"{finding.rule}: {finding.rows_affected:,} rows{_WHICH.get(finding.table, '')}"
    if finding.outcome == "passed":
        return f"{finding.rule}: passed, no row fails"
    return f"{finding.rule}: failed by the log as a whole, and not by single rows"


def listed(failing: pa.Table, most: int) -> list[str]:
    """The lines of a table with the first rows, and how many more there are."""
    if not failing.num_rows:
        return []
    shown = failing.slice(0, most).to_pydict()
    files, lines = [in_one_line(file) for file in shown["file"]], [str(line) for line in shown["line"]]
    width, digits = (max(map(len, column)) for column in (["file", *files], ["line", *lines]))
    told = [f"{file:<{width}}  {line:>{digits}}" for file, line in zip(["file", *files], ["line", *lines], strict=True)]
    more = failing.num_rows - len(lines)
    return [*told, *([f"… and {more:,} more: --most {failing.num_rows} shows all, --out FILE writes all"] if more else [])]


def write(failing: pa.Table, out: Path) -> None:
    """Write all rows as CSV, for this user only. A file name that a spreadsheet would take for a formula gets an apostrophe.

    Raises:
        AuditError: something is there, or another run is writing there.
        DiskFullError: there is no room.
    """
    form = csv.WriteOptions(delimiter=";")
    with staged_file(out, private=True) as path, csv.CSVWriter(path, failing.schema, write_options=form) as writer:
        for batch in failing.to_batches(max_chunksize=_CHUNK):
            guarded = pc.replace_substring_regex(batch.column("file"), "^([=+@\t\r-])", r"'\1")
            writer.write(batch.set_column(1, failing.schema.field("file"), guarded))


def _with_rows(audit: Audit) -> str:
    """The rules that have something to list, the gravest first."""
    failed = [finding for finding in gravest_first(audit.findings) if finding.rows_affected]
    width = max((len(finding.rule) for finding in failed), default=0)
    lines = [f"  {finding.rule:<{width}}  {finding.rows_affected:,}" for finding in failed]
    return "\n".join(["Its rules with failing rows:", *lines] if lines else ["None of its rules has failing rows."])
