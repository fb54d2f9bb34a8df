"""Where the table of a file begins: which delimiter it has, and what stands above its header without belonging to it.

A report puts its title, its date or a blank row above the table that one wants. The first line is the header of nearly all files, so it is
that unless it plainly is none: a line below it names case, activity and time and it does not, or it has next to nothing
in columns of which a line below has names in all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from logsyn.expectations.headers import loose
from logsyn.expectations.source import REQUIRED_COLUMNS
from logsyn.validator.reading.dialect import DELIMITERS, Dialect
from logsyn.validator.reading.grammar import BLANK, Grammar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from logsyn.validator.reading.grammar import CsvRecord

    KnownHeaders = Mapping[str, frozenset[str]]

HEAD = 1 << 20
"""Bytes at the beginning of a file in which the header is searched."""

PREAMBLE_LIMIT = 30
"""Lines above the header that are looked through."""

_LOOK_AT = 100
_MOST = 0.5
_NEARLY_ALL = 0.9
_LONGEST_NAME = 120
_MOST_WORDS = 6
_ROWS_BELOW = 30
_RARE = (b"^", b"~", b" ")
_SEVERAL_BYTES = re.compile(rb"(?<![!#-&*+:;<=>?@^|~\t])[!#-&*+:;<=>?@^|~\t]{2,4}(?![!#-&*+:;<=>?@^|~\t])")
_VALUE = re.compile(r"[\d\s.,:;/+\-]*\d[\d\s.,:;/+\-TZ]*")


@dataclass(frozen=True)
class Beginning:
    """The header of a table. ``start``: its first byte; ``preamble_lines`` and ``blank_lines``: above it, within the bytes that were searched.

    ``agree``: the share of the records below that have as many fields.
    """

    start: int
    dialect: Dialect
    fields: int
    agree: float
    preamble_lines: int = 0
    blank_lines: int = 0


def find_beginning(
    head: bytes, at: int, known: KnownHeaders, quoting: Dialect, delimiters: Iterable[bytes] = ()
) -> Beginning:
    """The header at ``at``, or below it.

    Args:
        head: the first bytes of a file.
        at: where its first line that is not blank begins.
        known: the headers by which the required columns are known, in loose form.
        quoting: how values are quoted; its delimiter counts for nothing.
        delimiters: those that may be; all usual ones unless given, and where none of these fits, rarer ones.
    """
    given = tuple(delimiters)
    usual = [_with(quoting, delimiter) for delimiter in given or DELIMITERS]
    first = _best(head, at, usual)
    if not given:
        first = _several_bytes(head, at, quoting, first)
    if names_all(head, first, known):
        return first
    # Values may hold another delimiter in every record alike; then the names in the header tell which one is meant.
    named = [dialect for dialect in usual if names_all(head, Beginning(at, dialect, 0, 0.0), known)]
    if named:
        return _best(head, at, named)
    dismissed = first.agree < _MOST or _is_sparse(_names(head, first))
    below = _below(head, at, known, usual, dismissed=dismissed)
    if below:
        return below
    if first.fields == 1 and not given:
        rare = _best(head, at, [_with(quoting, delimiter) for delimiter in _RARE])
        if rare.fields >= len(REQUIRED_COLUMNS) and rare.agree >= _NEARLY_ALL:
            return rare
    return first


def fields_of(head: bytes, record: CsvRecord, grammar: Grammar) -> list[bytes]:
    """The fields of a record, with their quotes."""
    found, at = [], record.start
    for _ in range(record.fields):
        match = grammar.field.match(head, at)
        if match is None:
            break
        found.append(match[0])
        at = match.end() + len(grammar.dialect.delimiter)
    return found


def records_below(head: bytes, at: int, grammar: Grammar, most: int) -> Iterator[CsvRecord]:
    """The records from a place on, without blank lines, and without the last one where the head may have cut it off."""
    found = 0
    while at < len(head) and found < most:
        blank = BLANK.match(head, at)
        if blank:
            at = blank.end()
            continue
        record = grammar.walk(head, at)
        at = record.end
        if at < len(head) or len(head) < HEAD or not found:
            yield record
        found += 1


def skip_blank(head: bytes, at: int) -> tuple[int, int]:
    """The first byte behind the blank lines at a place, and how many they are."""
    lines = 0
    while at < len(head) and (match := BLANK.match(head, at)):
        at, lines = match.end(), lines + 1
    return at, lines


def looks_like_a_record(head: bytes, record: CsvRecord, grammar: Grammar) -> bool:
    """Whether a record where headers should be holds numbers, times, sentences, or values that stand in its columns below, too."""
    fields = fields_of(head, record, grammar)
    texts = [grammar.text(field).decode("utf-8", "replace").strip() for field in fields]
    if any(_VALUE.fullmatch(text) or len(text.split()) > _MOST_WORDS for text in texts):
        return True
    rows = islice(records_below(head, record.start, grammar, _ROWS_BELOW), 1, None)
    below = [fields_of(head, one, grammar) for one in rows]
    if any(row != fields for row in below):  # headers that stand there again, as where files were joined, are no data
        below = [row for row in below if row != fields]
    return any(text and field == value for row in below for text, field, value in zip(texts, fields, row, strict=False))


def looks_like_a_title(head: bytes, at: int) -> int | None:
    """The columns of the lines below a first line that has but one; None where that is not so, or they do not agree."""
    for delimiter in DELIMITERS:
        grammar = Grammar(Dialect(delimiter))
        counts = [record.fields for record in records_below(head, at, grammar, _LOOK_AT)]
        below = counts[1:]
        if (
            counts[:1] == [1]
            and below
            and max(below) >= len(REQUIRED_COLUMNS)
            and below.count(max(below)) >= _MOST * len(below)
        ):
            return max(below)
    return None


def _with(quoting: Dialect, delimiter: bytes) -> Dialect:
    return replace(quoting, delimiter=delimiter)


def _best(head: bytes, at: int, dialects: Iterable[Dialect]) -> Beginning:
    """The dialect in which the records have as many fields as the line at ``at``; of several, the one with most columns."""
    found = [_beginning(head, at, dialect) for dialect in dialects]
    return max(found, key=lambda one: (one.agree, one.fields))


def _beginning(head: bytes, at: int, dialect: Dialect) -> Beginning:
    grammar = Grammar(dialect)
    first = grammar.walk(head, at)
    if first.fields == 1:
        return Beginning(at, dialect, 1, 0.0)
    counts: list[int] = []
    at = first.end
    while at < len(head) and len(counts) < _LOOK_AT:
        record = grammar.walk(head, at)
        at = record.end
        if at < len(head) or not counts:
            counts.append(record.fields)
    agree = 1.0 if not counts else round(counts.count(first.fields) / len(counts), 1) + 0.01
    return Beginning(first.start, dialect, first.fields, agree)


def _several_bytes(head: bytes, at: int, quoting: Dialect, first: Beginning) -> Beginning:
    """The same with a delimiter of several bytes, such as ``||``, where all columns of the file have it between them."""
    line = head[at : head.find(b"\n", at) if b"\n" in head[at:] else len(head)].rstrip(b"\r")
    runs = _SEVERAL_BYTES.findall(line)
    for delimiter in dict.fromkeys(runs):
        found = _beginning(head, at, _with(quoting, delimiter))
        single = any(usual.decode() in name for usual in DELIMITERS for name in _names(head, found))
        if found.fields >= len(REQUIRED_COLUMNS) and found.agree >= max(_NEARLY_ALL, first.agree) and not single:
            return found
    return first


def _below(
    head: bytes, at: int, known: KnownHeaders, dialects: Sequence[Dialect], *, dismissed: bool
) -> Beginning | None:
    """The header below a first line; ``dismissed``: that one does not look like a header, so that a likely line will do."""
    likely: Beginning | None = None
    blank_lines = preamble_lines = 0
    start, above = at, [at]
    while preamble_lines < PREAMBLE_LIMIT:
        end = head.find(b"\n", start) + 1
        if not end:
            break
        preamble_lines += 1
        start, more = skip_blank(head, end)
        blank_lines += more
        if start >= len(head):
            break
        names = {dialect: _names(head, Beginning(start, dialect, 0, 0.0)) for dialect in dialects}
        named = [dialect for dialect in dialects if _required(names[dialect], known) == len(REQUIRED_COLUMNS)]
        if named:
            return replace(_best(head, start, named), preamble_lines=preamble_lines, blank_lines=blank_lines)
        alike = [dialect for dialect in dialects if _are_like_names(names[dialect])] if dismissed and not likely else []
        if alike:  # only now are the lines below it looked at, which takes time where there are many columns
            best = _best(head, start, alike)
            if best.agree >= _MOST and _are_sparse(head, above, best):
                likely = replace(best, preamble_lines=preamble_lines, blank_lines=blank_lines)
        above.append(start)
    return likely


def _names(head: bytes, beginning: Beginning) -> list[str]:
    grammar = Grammar(beginning.dialect)
    record = grammar.walk(head, beginning.start)
    return [grammar.text(field).decode("utf-8", "replace") for field in fields_of(head, record, grammar)]


def names_all(head: bytes, beginning: Beginning, known: KnownHeaders) -> bool:
    """Whether the record at a beginning names all required columns."""
    return _required(_names(head, beginning), known) == len(REQUIRED_COLUMNS)


def _required(names: Iterable[str], known: KnownHeaders) -> int:
    """How many of the required columns are known by one of the names."""
    forms = set(map(loose, names))
    return sum(not forms.isdisjoint(known.get(column, ())) for column in REQUIRED_COLUMNS)


def _is_sparse(names: list[str]) -> bool:
    return 2 * sum(bool(name.strip()) for name in names) <= len(names)


def _are_sparse(head: bytes, starts: Iterable[int], header: Beginning) -> bool:
    """Whether all lines above a header have next to nothing in its columns."""
    grammar = Grammar(header.dialect)
    for start in starts:
        record = grammar.walk(head, start)
        filled = sum(bool(grammar.text(field).strip()) for field in fields_of(head, record, grammar))
        if 2 * filled > header.fields:
            return False
    return True


def _are_like_names(names: list[str]) -> bool:
    """Names in all columns but some at the end, each another, and none that is a number or a time."""
    filled = [name.strip() for name in names if name.strip()]
    return (
        len(names) >= len(REQUIRED_COLUMNS)
        and not _is_sparse(names)
        and len({loose(name) for name in filled}) == len(filled)
        and not any(_VALUE.fullmatch(name) or len(name) > _LONGEST_NAME for name in filled)
    )
