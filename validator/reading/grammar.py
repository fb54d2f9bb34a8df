"""The grammar of CSV as regular expressions over bytes: fields, records, runs of records; and broken records.

A field is quoted or not. Spaces around the quotes do not belong to it; a quote within a field that did not begin with
one is a character like others (``5" pipe``). A quoted field may have line breaks, the other kind may not. Empty
fields behind the last column are let pass, since nothing is lost with them. Every alternative is possessive, so that
matching takes linear time on any bytes. All this is what DuckDB does, too, so that a file is read alike with and
without being split.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from mmap import mmap

    Bytes = bytes | mmap

Reason = Literal["too_few_fields", "too_many_fields", "unclosed_quote", "bad_bytes", "other"]


@dataclass(frozen=True)
class Record:
    """One record from ``start`` to ``end`` (its line break included), and why it is none, if it is none."""

    start: int
    end: int
    fields: int
    fault: Reason | None = None
    detail: str = ""


@dataclass(frozen=True)
class Grammar:
    """CSV with a given delimiter (one byte) and number of fields."""

    delimiter: bytes
    fields: int = 1

    @cached_property
    def run(self) -> re.Pattern[bytes]:
        """As many sound records as follow each other, in which quotes stand around fields only.

        So a line break with an even number of quotes before it is the end of a record, and no other one is.
        """
        return re.compile(rb"(?>" + self._record(self._tidy_field) + rb"\r?\n)*+")

    @cached_property
    def line_run(self) -> re.Pattern[bytes]:
        """As many sound records as follow each other, each on a line of its own, wherever their quotes stand."""
        return re.compile(rb"(?>" + self._record(self._one_line_field) + rb"\r?\n)*+")

    @cached_property
    def record(self) -> re.Pattern[bytes]:
        """One record with the right number of fields, over any number of lines."""
        return re.compile(self._record(self._field) + rb"(?:\r?\n|\Z)")

    @cached_property
    def blank(self) -> re.Pattern[bytes]:
        """A line with nothing but spaces."""
        return re.compile(rb" *+(?:\r?\n|\Z)")

    @cached_property
    def field(self) -> re.Pattern[bytes]:
        """One field, with its quotes."""
        return re.compile(self._field)

    def walk(self, text: Bytes, start: int) -> Record:
        """The record at ``start``, whatever its number of fields; a broken one ends with the line where it breaks."""
        at, fields = start, 0
        while True:
            match = self.field.match(text, at)
            if match is None:  # a quote that is closed nowhere: it takes the rest of the file with it
                return Record(start, len(text), fields, "unclosed_quote", "no closing quote follows")
            at, fields = match.end(), fields + 1
            following = text[at : at + 2]
            if following.startswith(self.delimiter):
                at += 1
            elif following.startswith(b"\n") or not following:
                return self._count(Record(start, at + len(following[:1]), fields))
            elif following == b"\r\n":
                return self._count(Record(start, at + 2, fields))
            else:
                return self._broken(text, start, match, fields)

    def _count(self, record: Record) -> Record:
        if record.fields == self.fields:
            return record
        reason: Reason = "too_few_fields" if record.fields < self.fields else "too_many_fields"
        return Record(record.start, record.end, record.fields, reason, f"{record.fields} instead of {self.fields}")

    def _broken(self, text: Bytes, start: int, match: re.Match[bytes], fields: int) -> Record:
        line_end = text.find(b"\n", match.end()) + 1 or len(text)
        if text[match.end() : match.end() + 1] == b"\r":
            return Record(start, line_end, fields, "other", "a carriage return alone outside quotes")
        if b"\n" in match[0]:
            return Record(start, line_end, fields, "unclosed_quote", "the next quote closes nothing")
        return Record(start, line_end, fields, "other", "text behind a closing quote")

    def _record(self, field: bytes) -> bytes:
        delimiter = re.escape(self.delimiter)
        surplus = rb"(?:" + delimiter + rb'(?: *+"" *+)?)*+'
        return rb"(?:" + field + delimiter + rb"){%d}" % (self.fields - 1) + field + surplus

    @property
    def _field(self) -> bytes:
        return self._either(rb'[^"]', rb"")

    @property
    def _tidy_field(self) -> bytes:
        return self._either(rb'[^"]', rb'"')

    @property
    def _one_line_field(self) -> bytes:
        return self._either(rb'[^"\r\n]', rb"")

    def _either(self, in_quotes: bytes, not_bare: bytes) -> bytes:
        """A field: bare, in quotes, or bare with spaces in front; ``not_bare``: what a bare one must not have."""
        end = re.escape(self.delimiter) + rb"\r\n"
        rest = rb"[^" + not_bare + end + rb"]*+"
        quoted = rb' *+"' + in_quotes + rb'*+(?:""' + in_quotes + rb'*+)*+" *+'
        return rb'(?>[^" ' + end + rb"]" + rest + rb"|" + quoted + rb'|(?! *+")' + rest + rb")"


def unquoted(field: bytes) -> bytes:
    """The text of a field as it stands in the file."""
    bare = field.strip(b" ")
    return bare[1:-1].replace(b'""', b'"') if bare.startswith(b'"') else field
