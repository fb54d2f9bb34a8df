"""Why a rule was not judged: what the extract or the practice lacks, or what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.expectations.text import Text, text_of
from logsyn.validator.findings.persons import without_values

if TYPE_CHECKING:
    from logsyn.validator.checking.check import Checked

_LACKS = Text(
    da="Reglen kunne ikke vurderes, fordi dette mangler: {columns}. Det er ikke det samme som bestået.",
    en="The rule could not be evaluated because this is missing: {columns}. That is not a pass.",
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
    """The reason, as one sentence in both languages; None where the rule was judged."""
    if checked.missing is not None:
        return Text(
            da=_LACKS.da.format(columns=", ".join(_named(name, "da") for name in checked.missing.columns)),
            en=_LACKS.en.format(columns=", ".join(_named(name, "en") for name in checked.missing.columns)),
        )
    result, inapplicable = checked.result, checked.rule.inapplicable
    if result is not None and result.outcome == "not_evaluated" and inapplicable is not None:
        return text_of(inapplicable)
    if checked.result is not None and checked.result.outcome == "error":
        fault = checked.result.fault or Text(da="", en="")
        place = f" ({checked.rule.place})" if checked.rule.place else ""
        return Text(
            da=_BROKE.da.format(place=place, fault=without_values(fault.da)),
            en=_BROKE.en.format(place=place, fault=without_values(fault.en)),
        )
    return None


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
