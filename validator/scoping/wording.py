"""What a step of a scope does, said in both languages: its own title, or words made of what it asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from logsyn.expectations.scope import KeepCases, KeepRows, LeaveOutCases, Occurrence
from logsyn.expectations.text import Text, text_of
from logsyn.validator.findings.found import OPEN_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from logsyn.expectations.scope import Days, Step

_CASES = {
    "contain": Text(da="der indeholder {what}", en="that contain {what}"),
    "start_with": Text(da="der begynder med {what}", en="that start with {what}"),
    "end_with": Text(da="der slutter med {what}", en="that end with {what}"),
    "start_between": Text(da="der begynder {what}", en="that start {what}"),
    "where": Text(da="der har en række, hvor {what}", en="with a row where {what}"),
}
_KEPT = Text(da="Behold", en="Keep")
_DROPPED = Text(da="Udelad", en="Leave out")
_OPERATORS = {
    "starts_with": Text(da="begynder med {value}", en="starts with {value}"),
    "ends_with": Text(da="slutter med {value}", en="ends with {value}"),
    "contains": Text(da="indeholder {value}", en="contains {value}"),
    "matches": Text(da="passer til mønstret {value}", en="matches {value}"),
    "gt": Text(da="er over {value}", en="is above {value}"),
    "ge": Text(da="er mindst {value}", en="is at least {value}"),
    "lt": Text(da="er under {value}", en="is below {value}"),
    "le": Text(da="er højst {value}", en="is at most {value}"),
    "not": Text(da="ikke er {value}", en="is not {value}"),
}
_IS = Text(da="er {value}", en="is {value}")
_HIDDEN = Text(da="opfylder betingelsen", en="meets the condition")
"""Of a column that may tell of a person, no value is shown."""


def title_of(step: Step) -> Text:
    """What a step does; of columns that may tell of persons no value."""
    return (
        text_of(step.title) if step.title is not None else Text(da=_sentence(step, "da"), en=_sentence(step, "en"))
    )


def _sentence(step: Step, lang: str) -> str:
    verb = _in(_KEPT if hasattr(step, "keep") else _DROPPED, lang)
    if isinstance(step, KeepCases | LeaveOutCases):
        way = next(way for way in _CASES if getattr(step, way) is not None)
        return f"{verb} {'sager,' if lang == 'da' else 'cases'} {_in(_CASES[way], lang).format(what=_what(step, way, lang))}"
    if isinstance(step, KeepRows) and step.where is None:
        return f"{verb} {_stretch(step, lang)}"
    rows = "rækker, hvor" if lang == "da" else "rows where"
    return f"{verb} {rows} {_condition(step.where or {}, lang)}"


def _what(step: KeepCases | LeaveOutCases, way: str, lang: str) -> str:
    asked = getattr(step, way)
    if way == "where":
        return _condition(asked, lang)
    return _days(asked, lang) if way == "start_between" else _activity(asked, lang)


def _stretch(step: KeepRows, lang: str) -> str:
    da = lang == "da"
    begin = _place(step.from_, lang) if isinstance(step.from_, Occurrence) else "sagens begyndelse" if da else "the beginning of the case"  # fmt: skip
    end = _place(step.to, lang) if isinstance(step.to, Occurrence) else "sagens slutning" if da else "the end of the case"  # fmt: skip
    return f"rækker fra {begin} til {end}" if da else f"rows from {begin} to {end}"


def _place(bound: Occurrence, lang: str) -> str:
    which = {"da": ("første", "sidste"), "en": ("the first", "the last")}[lang][bound.first is None]
    return f"{which} {_activity(bound.activity, lang)}"


def _days(days: Days, lang: str) -> str:
    from babel.dates import format_date  # noqa: PLC0415 - only who asks for days needs it

    form, locale = ("d. MMMM y", "da_DK") if lang == "da" else ("d MMMM y", "en_GB")
    first, last = (day and format_date(day, form, locale=locale) for day in (days.first, days.last))
    if first is not None and last is not None:
        return (
            f"i perioden fra {first} til og med {last}"
            if lang == "da"
            else f"between {first} and {last}, both days included"
        )
    if first is not None:
        return f"den {first} eller senere" if lang == "da" else f"on {first} or later"
    return f"den {last} eller tidligere" if lang == "da" else f"on {last} or earlier"


def _activity(wanted: Any, lang: str) -> str:
    if isinstance(wanted, dict):
        return f"{'en aktivitet, der' if lang == 'da' else 'an activity that'} {_asked('activity', wanted, lang)}"
    return _values(wanted, lang)


def _condition(where: Mapping[str, Any], lang: str) -> str:
    return _and(lang).join(f"{column} {_asked(column, wanted, lang)}" for column, wanted in where.items())


def _asked(column: str, wanted: Any, lang: str) -> str:
    if isinstance(wanted, dict) and set(wanted) == {"missing"}:
        return _missing(wanted["missing"], lang)
    if column not in OPEN_COLUMNS:
        return _in(_HIDDEN, lang)
    if not isinstance(wanted, dict):
        return _in(_IS, lang).format(value=_values(wanted, lang))
    return _and(lang).join(
        _missing(operand, lang)
        if operator == "missing"
        else _in(_OPERATORS[operator], lang).format(value=_values(operand, lang))
        for operator, operand in wanted.items()
    )


def _missing(is_missing: object, lang: str) -> str:
    if lang == "da":
        return "mangler" if is_missing else "er udfyldt"
    return "is missing" if is_missing else "is filled"


def _values(wanted: Any, lang: str) -> str:
    shown = [f"»{one}«" if lang == "da" else f"“{one}”" for one in (wanted if isinstance(wanted, list) else [wanted])]  # fmt: skip
    return f"{', '.join(shown[:-1])} {'eller' if lang == 'da' else 'or'} {shown[-1]}" if len(shown) > 1 else shown[0]


def _and(lang: str) -> str:
    return " og " if lang == "da" else " and "


def _in(text: Text, lang: str) -> str:
    return text.da if lang == "da" else text.en
