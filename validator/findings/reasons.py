"""Why a rule was not judged: what the extract or the practice lacks, or what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.expectations.text import Text, text_of
from logsyn.validator.findings.persons import without_values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from logsyn.validator.checking.check import Checked

_LACKS = Text(
    da="Reglen kunne ikke vurderes, fordi dette ikke er fundet: {columns}. Det er ikke det samme som bestået.",
    en="The rule could not be evaluated because this was not found: {columns}. That is not a pass.",
)
_NOTHING = Text(
    da="Reglen fandt ikke noget at se på, så resultatet er ukendt. Det er ikke det samme som bestået.",
    en="The rule found nothing to look at, so the result is unknown. That is not a pass.",
)
_NO_ROW = Text(
    da="Ingen rækker opfylder dens betingelse (where) og har samtidig en værdi at se på.",
    en="No row meets its condition (where) and has a value to look at.",
)
_BROKE = Text(
    da="Reglen{place} kunne ikke køres: {fault}",
    en="The rule{place} could not be run: {fault}",
)
_NAMES = {
    "in_practice": Text(da="en registreringspraksis med aktiviteter", en="a practice with activities"),
    "is_period": Text(
        da="en registreringspraksis, der siger, hvilke aktiviteter der er perioder",
        en="a practice that says which activities are periods",
    ),
    "case_id": Text(da="sagsnummer", en="case id"),
    "activity": Text(da="aktivitet", en="activity"),
    "timestamp": Text(da="tidspunkt for hændelsen", en="time of the event"),
    "end_timestamp": Text(da="sluttidspunkt", en="end time"),
    "registered_at": Text(da="registreringstidspunkt", en="time of registration"),
    "planned_start": Text(da="planlagt startdato", en="planned start"),
    "planned_end": Text(da="planlagt slutdato", en="planned end"),
    "resource": Text(da="medarbejder", en="employee"),
    "team": Text(da="team", en="team"),
    "source": Text(da="kilde", en="source"),
    "status": Text(da="status", en="status"),
    "text": Text(da="tekst", en="text"),
}
"""What a rule can lack, as people call it; anything else goes by its own name."""

_WRITTEN = {
    "local": Text(da="{column} uden angivelse af tidszone", en="{column} without an offset from UTC"),
    "day_month": Text(
        da="{column} skrevet med dag og måned i en rækkefølge, der ligger fast",
        en="{column} written with day and month in an order that is settled",
    ),
}
"""What a rule can lack in how a time is written (``timestamp:local``)."""


def reason_of(checked: Checked) -> Text | None:
    """The reason, in both languages; None where the rule was judged."""
    if checked.missing is not None:
        columns = {lang: ", ".join(_named(name, lang) for name in checked.missing.columns) for lang in ("da", "en")}
        return Text(da=_LACKS.da.format(columns=columns["da"]), en=_LACKS.en.format(columns=columns["en"]))
    result, inapplicable = checked.result, checked.rule.inapplicable
    if result is None:
        return None
    if result.outcome == "not_evaluated" and inapplicable is not None:
        return text_of(inapplicable)
    if result.outcome == "nothing_checked":
        return _joined([_NOTHING, _NO_ROW]) if checked.rule.where else _NOTHING
    if result.outcome == "error":
        fault = result.fault or Text(da="", en="")
        place = f" ({checked.rule.place})" if checked.rule.place else ""
        return Text(
            da=_BROKE.da.format(place=place, fault=without_values(fault.da)),
            en=_BROKE.en.format(place=place, fault=without_values(fault.en)),
        )
    return None


def _joined(parts: Sequence[Text]) -> Text:
    return Text(da=" ".join(part.da for part in parts), en=" ".join(part.en for part in parts))


def _named(need: str, lang: str) -> str:
    return (" eller " if lang == "da" else " or ").join(_called(name, lang) for name in need.split("|"))


def _called(name: str, lang: str) -> str:
    column, _, written = name.partition(":")
    known = str(getattr(_NAMES[column], lang)) if column in _NAMES else column
    return (
        str(getattr(_WRITTEN[written], lang)).format(column=known)
        if written in _WRITTEN
        else known
        if column in _NAMES
        else name
    )
