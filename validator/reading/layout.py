"""The layout of the table: every column of the extract, how it is called, and where each file has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from logsyn.expectations.source import CANONICAL_COLUMNS, CATEGORY_COLUMNS, TIME_COLUMNS
from logsyn.validator.personal.masking import Masks
from logsyn.validator.reading.mapping import FileHeaders, map_file
from logsyn.validator.reading.names import keys, reserved_names, table_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from logsyn.expectations.source import SourceProfile
    from logsyn.validator.reading.csv_file import CsvFile
    from logsyn.validator.reading.names import Key


MOST_KEPT = 2_000
"""Columns beside the canonical ones that are kept; an extract with more of them is no event log, and each costs time."""


@dataclass(frozen=True)
class TableColumn:
    """One column of the table; a personal number in its header is masked in its name. ``positions``: where each file has it (from 0), None where it has not."""

    name: str
    header: str
    mapped_by: Literal["profile", "synonym", "kept"]
    positions: tuple[int | None, ...]

    @property
    def is_time(self) -> bool:
        """Whether the column is one of the five times of an event log."""
        return self.mapped_by != "kept" and self.name in TIME_COLUMNS

    @property
    def is_case_id(self) -> bool:
        """Whether the column is the case id, which has placeholders of its own."""
        return self.mapped_by != "kept" and self.name == "case_id"

    @property
    def is_category(self) -> bool:
        """Whether the column holds names of things, such as activities or teams."""
        return self.mapped_by != "kept" and self.name in CATEGORY_COLUMNS

    def raw(self, part: int) -> str:
        """SQL of the raw text of this column in a file."""
        position = self.positions[part]
        return "NULL::VARCHAR" if position is None else f"c{position}"


def lay_out(parts: Sequence[CsvFile], profile: SourceProfile, reserved: Iterable[str], *, detected: bool) -> list[TableColumn]:
    """The columns of all files, united by name: canonical ones first, the others in the order in which they come.

    Raises:
        ExtractError: a required column is missing in a file, or cannot be told.
    """
    files = [
        FileHeaders(part.name, part.header.names, part.header.is_like_a_record, part.header.lines) for part in parts
    ]
    mappings = [map_file(file, profile, detected=detected) for file in files]
    masks = Masks()
    places = []
    for column in CANONICAL_COLUMNS:
        positions = tuple(mapping.positions.get(column) for mapping in mappings)
        texts = [file.headers[at] for file, at in zip(files, positions, strict=True) if at is not None]
        by = [mapping.by[column] for mapping in mappings if column in mapping.by]
        if texts:
            places.append(TableColumn(column, masks(" / ".join(dict.fromkeys(texts))), by[0], positions))
    taken = [set(mapping.positions.values()) for mapping in mappings]
    return [*places, *_kept(files, taken, reserved_names(reserved), masks)]


def columns_left_out(parts: Sequence[CsvFile], places: Sequence[TableColumn]) -> int:
    """How many columns are not in the table, in the file with most of those."""
    taken = [{place.positions[number] for place in places} - {None} for number in range(len(parts))]
    return max(len(part.header.names) - len(taken[number]) for number, part in enumerate(parts))


def _kept(files: Sequence[FileHeaders], taken: Sequence[set[int]], reserved: set[str], masks: Masks) -> list[TableColumn]:
    """The columns that are no canonical ones: the n-th column of a header in one file is the n-th in the others."""
    where: dict[Key, list[int | None]] = {}
    first: dict[Key, tuple[str, int]] = {}
    for number, file in enumerate(files):
        for position, key in enumerate(keys(file.headers)):
            if position not in taken[number]:
                where.setdefault(key, [None] * len(files))[number] = position
                first.setdefault(key, (file.headers[position], position + 1))
    where = dict(list(where.items())[:MOST_KEPT])
    first = {key: first[key] for key in where}
    headers = [masks(header) for header, _ in first.values()]
    names = table_names([(header, at) for header, (_, at) in zip(headers, first.values(), strict=True)], reserved)
    return [
        TableColumn(name, header, "kept", tuple(positions))
        for name, header, positions in zip(names, headers, where.values(), strict=True)
    ]
