"""What every reader of an audit should know about how the extract was read, in Danish and English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.findings.model import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.reading.layout import Place
    from validator.reading.part import Part
    from validator.reading.records import Rejected
    from validator.reading.shapes import Evidence


def source_found(title_da: str, title_en: str, source: str) -> Text:
    """Nobody named the source: a built-in profile fitted the headers."""
    return Text(
        da=f"Kilden var ikke angivet. Kolonnerne passer til {title_da}, så udtrækket er læst med"
        f" kildeprofilen {source}.",
        en=f"No source was given. The columns fit {title_en}, so the extract was read with the"
        f" source profile {source}.",
    )


def recognised(places: Sequence[Place]) -> Text:
    """Columns that were recognised by their usual headers."""
    pairs = ", ".join(f"{place.header} → {place.name}" for place in places)
    return Text(
        da=f"Kolonner genkendt på deres overskrift: {pairs}. Passer det ikke, så angiv en kildeprofil.",
        en=f"Columns recognised by their header: {pairs}. If that is not right, give a source profile.",
    )


def lacking(place: Place, parts: Sequence[Part]) -> Text:
    """A column that some of the files do not have."""
    names = ", ".join(part.name for part, at in zip(parts, place.positions, strict=True) if at is None)
    return Text(
        da=f"Kolonnen {place.header} findes ikke i {names}. Rækkerne derfra står uden værdi.",
        en=f"The column {place.header} is not in {names}. The rows from there have no value in it.",
    )


def formats_set_aside(place: Place) -> Text:
    """The formats of a detected profile read nothing in a column, so its formats were found from the data."""
    return Text(
        da=f"Tiderne i {place.header} er skrevet på en anden måde, end kildeprofilen siger. Formatet er fundet i data.",
        en=f"The times in {place.header} are written differently from the source profile."
        " The format was found in the data.",
    )


def undecidable(place: Place) -> Text:
    """No date tells which number is the day."""
    return Text(
        da=f"I {place.header} kan man ikke se, om dag eller måned står først: ingen dato har et tal over 12."
        " Dag først er brugt, som det er skik i Danmark.",
        en=f"In {place.header} nothing tells whether day or month comes first: no date has a number over 12."
        " Day first was used, as is the custom in Denmark.",
    )


def mixed(place: Place, evidence: Evidence) -> Text:
    """Some dates can only be read day first, others only month first."""
    day, month = evidence.day_first, evidence.month_first
    da, en = ("Måned", "Month") if month > day else ("Dag", "Day")
    return Text(
        da=f"I {place.header} kan {day} datoer kun læses med dag først og {month} kun med måned først."
        f" {da} først er brugt, hvor begge er mulige; de datoer er usikre.",
        en=f"In {place.header}, {day} dates can only be read day first and {month} only month first."
        f" {en} first was used where both are possible; those dates are uncertain.",
    )


def swallowed(part: Part, record: Rejected) -> Text:
    """An unclosed quote took lines with it."""
    return Text(
        da=f"{part.name}, linje {record.line}: et anførselstegn lukkes ikke, så {record.lines} linjer blev til én"
        " række, der ikke kunne læses. Ret anførselstegnet, og hent linjerne ind igen.",
        en=f"{part.name}, line {record.line}: a quote is not closed, so that {record.lines} lines became one row that"
        " could not be read. Mend the quote to get the lines back.",
    )
