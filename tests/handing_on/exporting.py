"""Exports rows written as text, for tests: the whole engine, from a CSV file to the files for a tool."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from logsyn.validator.handing_on.export import Order, export_log
from logsyn.validator.handing_on.targets import TARGETS
from logsyn.validator.reading.extract import read_extract
from tests.auditing import PROFILE

if TYPE_CHECKING:
    from logsyn.validator.handing_on.record import Handover

KEY = b"k" * 32


@dataclass(frozen=True)
class Exported:
    """An export: its folder and record."""

    folder: Path
    record: Handover

    @property
    def log(self) -> Path:
        """The only file with events."""
        (file,) = self.record.files
        return self.folder / file.name

    def column(self, header: str):
        return next(column for column in self.record.columns if column.header == header)


def export_file(out: Path, extract: Path, target: str, profile=PROFILE, **how: Any) -> Exported:
    """Export one file; ``how`` are fields of the order."""
    out.mkdir()
    given = {"case_key": KEY, "person_key": KEY, **how}
    connection = duckdb.connect()
    with tempfile.TemporaryDirectory() as work:
        reading = read_extract(connection, [extract], profile, Path(work))
        record = export_log(connection, reading, Order(TARGETS[target], date(2023, 11, 30), **given), out)
    return Exported(out, record)


def export_text(folder: Path, text: str, target: str, **how: Any) -> Exported:
    """Export rows given as the text of a CSV file."""
    extract = folder / "extract.csv"
    extract.write_text(text, encoding="utf-8")
    return export_file(folder / "out", extract, target, **how)
