"""The draft of a source profile: which header is which column, and how its times are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.expectations.source import TIME_COLUMNS
from logsyn.validator.personal.masking import is_mask
from logsyn.validator.suggesting.draft import Draft, Line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from logsyn.validator.reading.extract import Reading
    from logsyn.validator.record import Column, PersonalData
    from logsyn.validator.suggesting.wording import NoteWording


def draft_source(reading: Reading, personal: Mapping[str, PersonalData], say: NoteWording) -> Draft:
    """A profile that reads the extract as it was read, each line with what was counted.

    ``personal``: of each column, by its name, whether it holds personal data.
    """
    mapped = [column for column in reading.columns if column.mapped_by != "kept"]
    lines = [
        Line(("source",), "draft", comparable=False),
        *(Line(("columns", column.name), column.header, _about(column, personal[column.name], say)) for column in mapped),
        *(
            Line(("timestamps", "columns", column.name), list(column.formats), _about_formats(column, say))
            for column in mapped
            if column.name in TIME_COLUMNS and column.formats
        ),
        Line(("timestamps", "timezone"), reading.timezone, say("udtrækkets tider er lokale tider i denne zone", "the times of the extract are local times of this zone")),
    ]  # fmt: skip
    kept = [column for column in reading.columns if column.mapped_by == "kept"]
    preface = [
        say("Udkast til kildeprofil. Gennemgå hver linje, og giv den et navn.", "Draft of a source profile. Read every line, and give it a name."),
        *([say("Beholdt under deres egne navne, og om de har personoplysninger:", "Kept under their own names, and whether they hold personal data:")] if kept else []),
        *(f"- {column.header}: {_judged(personal[column.name], say)}" for column in kept),
    ]  # fmt: skip
    return Draft("source", preface, lines)


def _judged(judged: PersonalData, say: NoteWording) -> str:
    told = [one.da if say.lang == "da" else one.en for one in (judged.title, *judged.reasons)]
    return " ".join(f"{one.removesuffix('.')}." for one in told)


def _about(column: Column, judged: PersonalData, say: NoteWording) -> str:
    rows = column.filled + column.missing
    how = {
        "profile": say("står i kildeprofilen", "named in the profile"),
        "synonym": say("genkendt på overskriften", "recognised by its header"),
    }[column.mapped_by]
    filled = say("udfyldt i {share} af {rows} rækker", "filled in {share} of {rows} rows",
                 share=say.share(column.filled, rows), rows=say.count(rows))  # fmt: skip
    settle = say(
        "AFKLAR: skriv overskriften, som den står i udtrækket", "SETTLE: write the header as it is in the extract"
    )
    personal = say("personoplysning: {judged}", "personal data: {judged}", judged=_judged(judged, say).removesuffix("."))
    return f"{how}; {filled}" + (f"; {settle}" if is_mask(column.header) else "") + f"; {personal}"


def _about_formats(column: Column, say: NoteWording) -> str:
    told = ", ".join(f"{form}: {say.count(times or 0)}" for form, times in column.formats.items())
    order = {
        "given": say("rækkefølgen af dag og måned er givet i profilen", "the order of day and month is given in the profile"),
        "evidence": say("rækkefølgen af dag og måned følger af datoer, der kun kan læses på én måde", "the order of day and month follows from dates that can be read in one way only"),
        "undecidable": say("AFKLAR: alle datoer kan læses på to måder", "SETTLE: every date can be read in two ways"),
    }.get(column.day_month or "", "")  # fmt: skip
    unread = (
        say("{count} kunne ikke læses", "{count} could not be read", count=say.count(column.unparseable))
        if column.unparseable
        else ""
    )
    return "; ".join(part for part in (told, order, unread) if part)
