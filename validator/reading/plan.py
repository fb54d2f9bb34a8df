"""Makes the plan of loading from a sample and the survey: which columns are enumerations, and how each time is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.validator.reading import remarks
from logsyn.validator.reading.categories import find_categories
from logsyn.validator.reading.formats import Format
from logsyn.validator.reading.load import Plan
from logsyn.validator.reading.sample import drop_sample, reads_nothing, shapes_in_sample, take_sample
from logsyn.validator.reading.shapes import DayMonthCounts, formats_of
from logsyn.validator.reading.survey import Survey, find_evidence, take_survey
from logsyn.validator.reading.times import TimeColumn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb

    from logsyn.expectations.source import SourceProfile
    from logsyn.validator.reading.csv_file import CsvFile
    from logsyn.validator.reading.layout import TableColumn
    from logsyn.validator.record import Text


def make_plan(
    connection: duckdb.DuckDBPyConnection,
    parts: Sequence[CsvFile],
    places: Sequence[TableColumn],
    profile: SourceProfile,
    *,
    detected: bool,
) -> tuple[Plan, list[Text]]:
    """Look at the extract, without storing anything of it: at a sample, and at all of it where formats of times have to be found.

    Returns:
        The plan, and what to tell the reader.

    Raises:
        NotPlainError: a file has to be split first.
    """
    take_sample(connection, parts, places)
    times = {at: _given(place, profile) for at, place in enumerate(places) if place.is_time}
    set_aside = [
        at
        for at, column in times.items()
        if detected and column.formats and reads_nothing(connection, at, column, profile.placeholders)
    ]
    to_find = [at for at, column in times.items() if not column.formats or at in set_aside]
    others = [
        at for at, place in enumerate(places) if not place.is_time and not place.is_case_id and not _is_text(place)
    ]
    shapes = {at: shapes_in_sample(connection, at) for at in to_find}
    known = find_categories(connection, places, others, profile.placeholders)
    drop_sample(connection)
    survey = take_survey(connection, parts, places, shapes) if to_find else Survey()
    evidence = find_evidence(connection, parts, places, survey)
    for at in to_find:
        formats, day_month = formats_of(survey.shapes[at], evidence.get(at, {}))
        times[at] = TimeColumn(places[at], tuple(formats), day_month)
    notes = [remarks.formats_set_aside(places[at]) for at in set_aside]
    notes += [note for at in to_find for note in _about_order(places[at], evidence.get(at, {}))]
    return Plan(places, known, times, profile), notes


def _given(place: TableColumn, profile: SourceProfile) -> TimeColumn:
    own = profile.timestamps.columns.get(place.name)  # type: ignore[call-overload]
    formats = dict.fromkeys(Format(text) for text in own or profile.timestamps.formats)
    return TimeColumn(place, tuple(formats), "given")


def _is_text(place: TableColumn) -> bool:
    return place.mapped_by != "kept" and place.name == "text"


def _about_order(place: TableColumn, evidence: Mapping[str, DayMonthCounts]) -> list[Text]:
    notes = []
    for seen in evidence.values():
        if seen.day_first and seen.month_first:
            notes.append(remarks.mixed(place, seen))
        elif not seen.day_first and not seen.month_first:
            notes.append(remarks.undecidable(place))
    return list({note.en: note for note in notes}.values())
