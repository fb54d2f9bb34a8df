"""How the values of a file are quoted: as nearly all do, or with an apostrophe, or with backslashes before quotes."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from logsyn.validator.reading.beginning import fields_of, find_beginning, names_all, records_below
from logsyn.validator.reading.dialect import QUOTE, Dialect
from logsyn.validator.reading.grammar import Grammar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from logsyn.validator.reading.beginning import Beginning, KnownHeaders

_RECORDS = 1000
_FIELDS = 20_000
_AT_LEAST = 20
_NEARLY_ALL = 0.9
_ANY = b";"
_OTHER_QUOTES = (b"'", b"`")
_SHORTEST_QUOTED = 2
_FEWEST = 2


def find_quoting(head: bytes, at: int, known: KnownHeaders, delimiters: tuple[bytes, ...]) -> Beginning:
    """The beginning of a file with the quoting that makes most of its records sound; with ``"`` unless another one is better."""
    best = find_beginning(head, at, known, Dialect(_ANY), delimiters)
    suspected = list(_suspected(head))
    most = _soundness(head, best) if suspected else 1.0
    for quoting in suspected:
        found = find_beginning(head, at, known, quoting, delimiters)
        sound = _soundness(head, found)
        if quoting.quote == QUOTE:
            better = sound > most
        else:  # apostrophes stand in many texts: it takes nearly all records, and more than chance
            better = sound >= max(most, _NEARLY_ALL) and (
                sound > most
                or _is_wrapped(head, best, quoting.quote)
                or (names_all(head, found, known) and not names_all(head, best, known))
            )
        if better:
            best, most = found, sound
    return best


def _suspected(head: bytes) -> Iterator[Dialect]:
    """Other quotings for which the first bytes give any sign."""
    if b'\\"' in head:
        yield Dialect(_ANY, escape=b"\\")
    for quote in _OTHER_QUOTES:
        if re.search(rb"(?:^|[^\w\s]|[\t ])" + quote, head, re.MULTILINE) and re.search(
            quote + rb"(?:\r?$|[^\w\s]|[\t ])", head, re.MULTILINE
        ):
            yield Dialect(_ANY, quote)
            yield Dialect(_ANY, quote, closes_at_end=True)


def _soundness(head: bytes, beginning: Beginning) -> float:
    """The share of the first records that have as many fields as the header, and no broken quote."""
    if beginning.fields < _FEWEST:
        return 0.0
    grammar = Grammar(beginning.dialect, beginning.fields)
    records = list(records_below(head, beginning.start, grammar, _enough(beginning)))
    return sum(_is_sound(head, record.start, grammar) for record in records) / len(records)


def _is_sound(head: bytes, start: int, grammar: Grammar) -> bool:
    strict = Grammar(replace(grammar.dialect, closes_at_end=False), grammar.fields)
    return any(one.record.match(head, start) is not None for one in (strict, grammar))


def _enough(beginning: Beginning) -> int:
    """How many records are tried: fewer when they have many fields."""
    return max(_AT_LEAST, min(_RECORDS, _FIELDS // max(1, beginning.fields)))


def _is_wrapped(head: bytes, beginning: Beginning, quote: bytes) -> bool:
    """Whether a column has all its values, or the header two of its names, between two such quotes."""
    grammar = Grammar(beginning.dialect, beginning.fields)
    values: list[list[bool]] = [[] for _ in range(beginning.fields)]
    for number, record in enumerate(records_below(head, beginning.start, grammar, _enough(beginning))):
        for column, field in zip(values, fields_of(head, record, grammar), strict=False):
            bare = field.strip(b" ")
            wrapped = len(bare) >= _SHORTEST_QUOTED and bare.startswith(quote) and bare.endswith(quote)
            if wrapped or (bare and number):
                column.append(wrapped)
        if not number and sum(map(bool, values)) > 1:
            return True
    return any(len(column) > 1 and all(column) for column in values)
