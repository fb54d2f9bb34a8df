"""Finds the formats of a time column nobody has described, from the shapes of all its texts.

A shape is a text with every digit as 9. Shapes give formats; only the order of day and month is not in the shape. It is
decided by the numbers over 12 in the whole column, or said to be undecidable.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from logsyn.validator.reading.formats import Format

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_DATE = r"(?P<date>9{4}[-/.]9{1,2}[-/.]9{1,2}|9{1,2}[-/. ]9{1,2}[-/. ]9{4}|9{1,2}[-/.]9{1,2}[-/.]99|9{8})"
_TIME = r"(?P<time>9{1,2}(?P<colon>[:.])99(?:(?P=colon)99(?P<fraction>[.,]9{1,9})?)?|9{4}(?:99)?)"
_SHAPE = re.compile(
    rf"{_DATE}(?:(?P<gap> kl\. ?|, ?| +|T|){_TIME}(?P<half> ?[AaPp][Mm])?(?P<space> ?)(?P<offset>Z|[+-]99(?::?99)?)?)?"
)
_DAY_OR_MONTH = re.compile(r"^9{1,2}([-/. ])9")


@dataclass(frozen=True)
class DayMonthCounts:
    """How many texts of one separator can only be read day first, or only month first."""

    day_first: int
    month_first: int


def shape_sql(raw: str) -> str:
    """SQL of the shape of a text: its digits as 9, trimmed, and cut, since a long text is no time."""
    return f"left(translate(trim({raw}), '012345678', '999999999'), 48)"


def mask(shape: str) -> str:
    """A LIKE pattern of the texts of a shape, and of few others."""
    return re.sub(r"([%_\\])", r"\\\1", shape).replace("9", "_")


def separator(shape: str) -> str | None:
    """The separator of a date whose day and month could stand either way; None for other shapes."""
    if not _SHAPE.fullmatch(shape) or re.match(r"9{3}", shape):
        return None
    match = _DAY_OR_MONTH.match(shape)
    return match[1] if match else None


def formats_of(shapes: Mapping[str, int], evidence: Mapping[str, DayMonthCounts]) -> tuple[list[Format], str]:
    """The formats for the shapes of a column, the commonest first, and how the order of day and month was decided.

    Args:
        shapes: shape to a number that says how common it is.
        evidence: per separator of ambiguous dates.
    """
    found: dict[Format, None] = {}
    for shape, _ in sorted(shapes.items(), key=lambda item: (-item[1], item[0])):
        for month_first in _orders(separator(shape), evidence):
            form = format_of(shape, month_first=month_first)
            if form:
                found.setdefault(form)
    return list(found), decided([separator(shape) for shape in shapes], evidence)


def decided(separators: Iterable[str | None], evidence: Mapping[str, DayMonthCounts]) -> str:
    """``not_applicable``, ``evidence``, or ``undecidable`` when one separator has no evidence, or evidence for both."""
    found = [evidence.get(one, DayMonthCounts(0, 0)) for one in separators if one]
    if not found:
        return "not_applicable"
    one_sided = all(bool(one.day_first) != bool(one.month_first) for one in found)
    return "evidence" if one_sided else "undecidable"


def format_of(shape: str, *, month_first: bool) -> Format | None:
    """The strptime format of a shape; None when it is none of a time."""
    match = _SHAPE.fullmatch(shape)
    if match is None:
        return None
    parts = [_date_format(match["date"], month_first=month_first)]
    if match["time"] is not None:
        if match["gap"] == "" and match["date"] != "9" * 8:
            return None
        parts += [
            match["gap"],
            _time_format(match),
            match["half"].replace(match["half"].strip(), "%p") if match["half"] else "",
        ]
        if match["offset"]:
            parts += [match["space"], "%z"]
    return Format("".join(parts))


def _orders(between: str | None, evidence: Mapping[str, DayMonthCounts]) -> list[bool]:
    """Whether the month comes first: the reading to try first, and the other one when there is evidence for both."""
    seen = evidence.get(between, DayMonthCounts(0, 0)) if between else DayMonthCounts(0, 0)
    if seen.day_first and seen.month_first:
        return [seen.month_first > seen.day_first, seen.month_first <= seen.day_first]
    return [bool(seen.month_first)]


def _date_format(date: str, *, month_first: bool) -> str:
    if date == "9" * 8:
        return "%Y%m%d"
    between = next(character for character in date if character != "9")
    if date.startswith("9999"):
        return between.join(("%Y", "%m", "%d"))
    year = "%Y" if date.endswith("9999") else "%y"
    return between.join(("%m", "%d", year) if month_first else ("%d", "%m", year))


def _time_format(match: re.Match[str]) -> str:
    hour = "%I" if match["half"] else "%H"
    if match["colon"] is None:
        return hour + "%M" + ("%S" if len(match["time"]) == len("999999") else "")
    text = hour + match["colon"] + "%M"
    fraction = match["fraction"]
    if match["time"].count(match["colon"]) > 1:
        text += match["colon"] + "%S"
    if fraction:
        text += fraction[0] + "%f"
    return text
