"""``make pollock POLLOCK=FOLDER``: reads the polluted files of the Pollock benchmark without being told a dialect, and scores what comes out.

Pollock (Vitagliano et al., VLDB 2023) is one table in 2,290 files, each with one thing wrong that its authors met in open
data. Its data stay with its authors (``github.com/HPI-Information-Systems/Pollock``, folder ``polluted_files``): clone it, fetch its
large files (``git lfs pull``), and name the clone.

A file is scored by its success (1 when it could be read at all) and by precision, recall and F1 of its names, its records and its
cells, all as multisets: ten figures, whose means over all files add up to the simple score; the weighted score takes for each file
the weight that the authors give it, by how common its fault is. Both are at most 10. Texts are compared without regard to case where
the authors do so (names, records); the numbers and dates that they also compare by value are the same texts here, since nothing is
converted while reading.

Beside the score, every file is held to what logsyn promises: rows in the file = rows loaded + rows rejected, every physical line
in the books, no word of the file in neither, and nothing but an error in words where it is refused.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import duckdb

from logsyn.expectations.source import REQUIRED_COLUMNS, SourceProfile, Timestamps
from logsyn.validator.database.sql import identifier
from logsyn.validator.errors import AuditError
from logsyn.validator.reading.csv_file import open_part
from logsyn.validator.reading.delivery import Delivered
from logsyn.validator.reading.extract import read_extract
from logsyn.validator.reading.mapping import known_headers

NOTHING = (0.0,) * 10
ALL = (1.0,) * 10
KEPT_AS_TEXT = "%Y-%m-%dT%H:%M:%S.%f%z"
"""A format that no text of the benchmark has, so that times stay the texts that they are."""

_WORD = re.compile(r"\w+")
_PROCESSES = 2


@dataclass(frozen=True)
class Outcome:
    """What came of one file. ``lost``: words of it that stand neither in its rows nor in its rejected records."""

    file: str
    measures: tuple[float, ...]
    rejected: int = 0
    lost: tuple[str, ...] = ()
    refused: str = ""


Table = list[list[str]]


def measures_of(clean: Table, read: Table) -> tuple[float, ...]:
    """Success, then precision, recall and F1 of names, records and cells.

    Precision is the share of what should be there, and recall that of what is there: so the authors have it.
    """
    if not clean:
        return ALL
    names = _agreement(_lower(clean[0]), _lower(read[0]) if read else [])
    records = _agreement([_joined(row) for row in clean[1:]], [_joined(row) for row in read[1:]])
    cells = _agreement([cell for row in clean for cell in row], [cell for row in read for cell in row])
    return (1.0, *names, *records, *cells)


def _agreement(wanted: list[str], found: list[str]) -> tuple[float, float, float]:
    if not wanted:
        return 1.0, 1.0, 1.0
    common = (Counter(wanted) & Counter(found)).total()
    if not common:
        return 0.0, 0.0, 0.0
    precision, recall = common / len(wanted), common / len(found)
    return precision, recall, 2 * precision * recall / (precision + recall)


def _lower(row: list[str]) -> list[str]:
    return [cell.lower() for cell in row]


def _joined(row: list[str]) -> str:
    return "".join(_lower(row))


def score_file(folder: Path, name: str) -> Outcome:
    """Read one polluted file and hold it against its clean twin."""
    with (folder / "clean" / name).open(encoding="utf-8-sig", newline="") as file:
        clean = list(csv.reader(file))
    connection = duckdb.connect(config={"threads": 1})
    path = folder / "csv" / name
    with tempfile.TemporaryDirectory() as work:
        try:
            table, rejected = _read(connection, path, Path(work))
        except AuditError as error:
            return Outcome(name, NOTHING, refused=error.problem)
    lost = _words(path.read_text(encoding="utf-8", errors="replace")) - _words(
        " ".join([*(cell for row in table for cell in row), *rejected])
    )
    return Outcome(name, measures_of(clean, table), len(rejected), tuple(sorted(lost)))


def _read(connection: duckdb.DuckDBPyConnection, path: Path, work: Path) -> tuple[Table, list[str]]:
    """Names and rows, with the columns in the order of the file, and the texts that are in the books without being rows."""
    headers = open_part(Delivered(path.name, path, path), work / "header", known_headers(None)).header.names
    chosen = list(dict.fromkeys(headers))[: len(REQUIRED_COLUMNS)]
    profile = SourceProfile(
        source="pollock",
        columns=dict(zip(REQUIRED_COLUMNS, chosen, strict=False)),
        timestamps=Timestamps(formats=[KEPT_AS_TEXT]),
        placeholders=[],
        case_id_placeholders=[],
    )
    reading = read_extract(connection, [path], profile, work)
    columns = {column.name: column for column in reading.columns}
    order = [*zip(REQUIRED_COLUMNS, chosen, strict=True)]
    by_place = {headers.index(header): column for column, header in order}
    rest = iter([name for name in columns if name not in by_place.values()])
    names = [by_place[at] if at in by_place else next(rest) for at in range(len(headers))]
    texts = ", ".join(identifier(f"{name}_text" if name == "timestamp" else name) + "::VARCHAR" for name in names)
    rows = connection.execute(f"SELECT {texts} FROM rows ORDER BY row_id").fetchall()
    (books,) = reading.inputs
    if books.rows_in_file != books.rows_loaded + books.rows_rejected or books.rows_loaded != len(rows):
        raise AssertionError(f"{path.name}: {books}")
    rejected = [raw for (raw,) in connection.execute("SELECT raw FROM rejected").fetchall()]
    return [list(headers), *([cell or "" for cell in row] for row in rows)], rejected


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text))


def score_all(folder: Path) -> list[Outcome]:
    """All files of a clone of the benchmark, in the order of their names."""
    names = sorted(path.name for path in (folder / "csv").glob("*.csv"))
    with ProcessPoolExecutor(_PROCESSES) as pool:
        return list(pool.map(score_file, [folder] * len(names), names, chunksize=20))


def totals(outcomes: list[Outcome], weights: dict[str, float]) -> tuple[float, float]:
    """The simple and the weighted score."""
    simple = sum(sum(one.measures) for one in outcomes) / len(outcomes)
    weighed = [(weights[one.file], sum(one.measures)) for one in outcomes]
    return simple, sum(weight * score for weight, score in weighed) / sum(weight for weight, _ in weighed)


def main(place: str) -> None:
    """Score a clone of the benchmark, and print both scores and what is not whole."""
    clone = Path(place)
    if not (clone / "polluted_files" / "csv").is_dir():
        sys.exit(
            f"{clone}: no folder polluted_files/csv in it. Clone https://github.com/HPI-Information-Systems/Pollock"
            " (with git lfs pull) and give its folder: make pollock POLLOCK=FOLDER"
        )
    outcomes = score_all(clone / "polluted_files")
    weights = json.loads((clone / "pollock_weights.json").read_text())
    for one in outcomes:
        if one.refused or one.lost:
            print(f"{one.file}: {f'refused: {one.refused}' if one.refused else f'lost: {one.lost}'}")
        elif not one.file.startswith("row_") and sum(one.measures) < 10:
            print(f"{one.file}: {sum(one.measures):.3f}, {one.rejected} records rejected")
    kinds = sorted({_kind(one.file) for one in outcomes})
    for kind in kinds:
        scores = [sum(one.measures) for one in outcomes if _kind(one.file) == kind]
        print(f"{kind}: {len(scores)} files, {sum(scores) / len(scores):.3f}")
    simple, weighted = totals(outcomes, weights)
    print(f"{len(outcomes):,} files: simple {simple:.3f}, weighted {weighted:.3f} (of 10)")


def _kind(file: str) -> str:
    return re.split(r"_?(?:row)?\d", file)[0] if file.startswith("row_") else "file_*, source"


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
