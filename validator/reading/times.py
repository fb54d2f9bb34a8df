"""SQL that reads the texts of one time column by its formats, fast for texts of the expected form, exact for all.

Trying several formats on every text is slow, so the form of a text (its length, then where its separators stand) chooses the
format. What that does not read is looked at again afterwards, in a statement of its own, since DuckDB computes what branches of
a CASE have in common for all rows: trimmed, with every format in turn. There ``strptime`` is too kind in
three ways that would make wrong times, and all are refused: two digits as a year of four, numbers side by side with a digit
missing, and words like ``infinity``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from logsyn.validator.database.sql import literal
from logsyn.validator.reading.formats import FINER, KEPT_DIGITS, Format
from logsyn.validator.reading.placeholders import trimmed, without_placeholders

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from logsyn.validator.reading.layout import TableColumn

# Texts of these lengths may be words that strptime knows (epoch, infinity, -infinity).
_WORD_LENGTHS = (5, 8, 9)

LAST = "TIMESTAMP '9999-12-31 23:59:59.999999'"


@dataclass(frozen=True)
class TimeColumn:
    """How one time column is read. ``formats`` are tried in order; ``day_month``: how their order was decided."""

    place: TableColumn
    formats: tuple[Format, ...]
    day_month: str

    @property
    def by_precision(self) -> bool:
        """Whether the precision tells which format has read a value."""
        return len({form.precision for form in self.formats}) == len(self.formats)


def fast(raw: str, column: TimeColumn, zone: str) -> str:
    """The time of a text that has the form of a format with all its zeros; else NULL. Hold it against ``is_sure``."""
    return _dispatch(raw, _all(column), lambda group, text: _first(text, group, zone), "NULL::TIMESTAMP")


def is_sure(time: str, raw: str) -> str:
    """Whether a fast reading stands: a year before 1000 may be one of two digits, padded with spaces."""
    return f"CASE WHEN {time} >= TIMESTAMP '1000-01-01' THEN true WHEN {time} IS NULL THEN false ELSE regexp_matches({raw}, '[0-9]{{4}}') END"


def slow(raw: str, column: TimeColumn, zone: str) -> str:
    """The time of a text of any form, format by format, without what strptime only seems to read."""
    readings = [f"WHEN {_strict(raw, form, zone)} IS NOT NULL THEN {_strict(raw, form, zone)}" for form in _all(column)]
    if not readings:
        return "NULL::TIMESTAMP"
    return f"CASE WHEN {raw} IS NULL OR NOT regexp_matches({raw}, '[0-9]') THEN NULL {' '.join(readings)} END"


def within_calendar(time: str, column: TimeColumn) -> str:
    """A local time that its offset has pushed over an end of the calendar (9999-12-31T23:30Z), put back to that end."""
    if not any(form.has_offset for form in column.formats):
        return time
    return (
        f"CASE WHEN {time} > {LAST} THEN {LAST} WHEN {time} < TIMESTAMP '0001-01-01' THEN TIMESTAMP '0001-01-01'"
        f" ELSE {time} END"
    )


def which_by_form(raw: str, column: TimeColumn, value: Callable[[int], int]) -> str:
    """``value`` of the number of the format (from 0) that has read a text by its form, as ``fast`` does."""
    values = _values(column, value)
    if len(set(values.values())) == 1:
        return f"{value(0)}::UTINYINT"

    def one(group: Sequence[Format], text: str) -> str:
        # Where several formats have one form, the first that reads the text is the one.
        tests = [f"WHEN {_read(text, form, 'UTC')} IS NOT NULL THEN {values[form]}" for form in group[:-1]]
        return f"CASE {' '.join(tests)} ELSE {values[group[-1]]} END" if tests else str(values[group[-1]])

    return f"({_dispatch(raw, _all(column), one, 'NULL')})::UTINYINT"


def which_in_turn(raw: str, column: TimeColumn, zone: str, value: Callable[[int], int]) -> str:
    """``value`` of the number of the format that has read a text of any form, as ``slow`` does; NULL when none has."""
    values = _values(column, value)
    in_turn = " ".join(f"WHEN {_strict(raw, form, zone)} IS NOT NULL THEN {values[form]}" for form in _all(column))
    return f"(CASE WHEN {slow(raw, column, zone)} IS NOT NULL THEN CASE {in_turn} END END)::UTINYINT"


def _values(column: TimeColumn, value: Callable[[int], int]) -> dict[Format, int]:
    return {form: value(number) for number, base in enumerate(column.formats) for form in (base.with_z(), base) if form}


def unread_text(raw: str, time: str, placeholders: Sequence[str]) -> str:
    """The raw text where there is one and no format has read it; nested, since AND would look at every text."""
    return f"CASE WHEN {time} IS NULL THEN {without_placeholders(raw, placeholders)} END"


def _all(column: TimeColumn) -> list[Format]:
    return [one for form in column.formats for one in (form, form.with_z()) if one is not None]


def _dispatch(raw: str, formats: Sequence[Format], leaf: Callable[[Sequence[Format], str], str], otherwise: str) -> str:
    """A CASE over the length of a text, then over its mask where formats of one length differ in that.

    ``leaf`` makes the expression of a branch from its formats and the text, without digits beyond microseconds.
    """
    by_length: dict[int, dict[str, list[Format]]] = {}
    for form in formats:
        for mask in form.masks:
            by_length.setdefault(_length(mask), {}).setdefault(mask, []).append(form)
    branches = []
    for length, groups in sorted(by_length.items()):
        if len(groups) == 1:
            chosen = _leaf(raw, next(iter(groups.items())), leaf)
        else:
            tests = [
                f"WHEN {raw} LIKE {literal(mask)} ESCAPE '\\' THEN {_leaf(raw, (mask, group), leaf)}"
                for mask, group in groups.items()
            ]
            chosen = f"CASE {' '.join(tests)} ELSE {otherwise} END"
        if length in _WORD_LENGTHS:
            chosen = f"CASE WHEN regexp_matches({raw}, '[0-9]') THEN {chosen} END"
        branches.append(f"WHEN {length} THEN {chosen}")
    return f"CASE strlen({raw}) {' '.join(branches)} ELSE {otherwise} END" if branches else otherwise


def _leaf(raw: str, branch: tuple[str, Sequence[Format]], leaf: Callable[[Sequence[Format], str], str]) -> str:
    mask, group = branch
    surplus = len(mask) - len(mask.rstrip("_")) - KEPT_DIGITS if group[0].ends_with_fraction else 0
    return leaf(group, f"left({raw}, {_length(mask) - surplus})" if surplus > 0 else raw)


def _first(raw: str, group: Sequence[Format], zone: str) -> str:
    readings = [_read(raw, form, zone) for form in group]
    return readings[0] if len(readings) == 1 else f"coalesce({', '.join(readings)})"


def _read(raw: str, form: Format, zone: str) -> str:
    """The local time of a text."""
    parsed = f"try_strptime({raw}, {literal(form.for_duckdb)})"
    if not form.has_offset:
        return parsed
    instant = f"timezone('UTC', {parsed})" if form.is_utc else parsed
    return f"timezone({literal(zone)}, {instant})"


def _strict(raw: str, form: Format, zone: str) -> str:
    text = trimmed(raw)
    if form.precision == FINER:
        text = f"regexp_replace({text}, '([.,][0-9]{{{KEPT_DIGITS}}})[0-9]{{1,3}}', '\\1')"
    read = _read(text, form, zone)
    conditions = []
    if "Y" in form.specifiers and not form.is_packed:
        conditions.append(f"regexp_matches({text}, '[0-9]{{4}}')")
    if form.is_packed:
        lengths = sorted({_length(mask) for mask in form.masks})
        conditions.append(f"list_contains([{', '.join(map(str, lengths))}]::BIGINT[], strlen({text}))")
    return f"CASE WHEN {' AND '.join(conditions)} THEN {read} END" if conditions else f"({read})"


def _length(mask: str) -> int:
    return len(mask.replace("\\", "").encode())
