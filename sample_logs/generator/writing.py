"""Writes rows as the case system does, and the truth beside them with the line where each record begins."""

from __future__ import annotations

import csv
import json
import re
from typing import TYPE_CHECKING, Any

from sample_logs.generator.event import COLUMNS, Event

if TYPE_CHECKING:
    from pathlib import Path

SPECIAL = re.compile('[;"\r\n]')
HEADER_LINE = 1


def write_extract(rows: list[Event], path: Path, encoding: str) -> list[int]:
    """Write the rows separated by ``;`` with CRLF.

    Returns:
        The physical line of each row's beginning; the header is line 1.
    """
    records = [";".join(COLUMNS), *(_record(row) for row in rows)]
    path.write_bytes(("\r\n".join(records) + "\r\n").encode(encoding))
    lines = []
    line = HEADER_LINE
    for record in records[:-1]:
        line += 1 + record.count("\n")
        lines.append(line)
    return lines


def write_truth(rows: list[Event], lines: list[int], path: Path) -> None:
    """Write ``line;defect;detail``, one row for each defect of each line, in the order of the file."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";", lineterminator="\n")
        writer.writerow(("line", "defect", "detail"))
        for row, line in zip(rows, lines, strict=True):
            writer.writerows((line, defect, detail) for defect, detail in sorted(row.defects.items()))


def write_accounting(counts: dict[str, Any], path: Path) -> None:
    """Write the counts as JSON."""
    path.write_text(json.dumps(counts, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")


def _record(row: Event) -> str:
    cells = [_quoted(cell) for cell in row.cells()]
    if row.broken == "too few fields":
        cells = cells[:8]
    elif row.broken == "too many fields":
        cells = [*cells[:-1], "Ringet op", " aftalt ny tid"]
    return ";".join(cells)


def _quoted(cell: str) -> str:
    if SPECIAL.search(cell):
        return '"' + cell.replace('"', '""') + '"'
    return cell
