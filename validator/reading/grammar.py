"""The grammar of CSV as regular expressions over bytes: fields, records, runs of records; and broken records.

A field is quoted or not. Spaces around the quotes do not belong to it; a quote within a field that did not begin with
one is a character like others (``5" pipe``). A quoted field may have line breaks, the other kind may not. Empty
fields behind the last column are let pass, since nothing is lost with them. Every alternative is possessive, so that
matching takes linear time on any bytes. All this is what DuckDB does, too, so that a file is read alike with and
without being split. What DuckDB does not do, an apostrophe that closes only at the end of its field and backslashes before
quotes, is written anew by ``requoted`` for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from logsyn.validator.reading.dialect import QUOTE

if TYPE_CHECKING:
    from mmap import mmap

    from logsyn.validator.reading.dialect import Dialect

    Bytes = bytes | mmap

Reason = Literal["too_few_fields", "too_many_fields", "unclosed_quote", "bad_bytes", "other"]


@dataclass(frozen=True)
class CsvRecord:
    """One record from ``start`` to ``end`` (its line break included), and why it is none, if it is none."""

    start: int
    end: int
    fields: int
    fault: Reason | None = None
    detail: str = ""


@dataclass(frozen=True)
class Grammar:
    """CSV in a given dialect with a given number of fields."""

    dialect: Dialect
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
    def field(self) -> re.Pattern[bytes]:
        """One field, with its quotes."""
        return re.compile(self._field)

    @cached_property
    def _quoted_field(self) -> re.Pattern[bytes]:
        return re.compile(rb"(?:^|(?<=" + re.escape(self.dialect.delimiter) + rb"))" + self._quoted(), re.MULTILINE)

    @cached_property
    def forgiving(self) -> Grammar | None:
        """The same for records that this one does not match: an apostrophe within a value is seldom doubled. None with ``"`` as quote."""
        if self.dialect.quote == QUOTE or self.dialect.closes_at_end:
            return None
        return Grammar(replace(self.dialect, closes_at_end=True), self.fields)

    @cached_property
    def _escaped(self) -> re.Pattern[bytes]:
        quote, escape = self.dialect.quote, re.escape(self.dialect.escape)
        return re.compile(escape + rb"([" + quote + escape + rb"])|" + quote + rb"(" + quote + rb")")

    def requoted(self, records: bytes) -> bytes:
        """Sound records with every quote within quotes doubled, so that DuckDB reads them."""
        return self._quoted_field.sub(self._requote, records)

    def text(self, field: bytes) -> bytes:
        """The text of a field as it stands in the file."""
        bare, quote = field.strip(b" "), self.dialect.quote
        if not bare.startswith(quote):
            return field
        if self.dialect.escape:
            return self._escaped.sub(rb"\1\2", bare[1:-1])
        return bare[1:-1].replace(2 * quote, quote)

    def _requote(self, field: re.Match[bytes]) -> bytes:
        quote, escape = self.dialect.quote, self.dialect.escape
        if field[0].count(quote) == 2 and not (escape and escape in field[0]):
            return field[0]
        return quote + self.text(field[0]).replace(quote, 2 * quote) + quote

    def walk(self, text: Bytes, start: int) -> CsvRecord:
        """The record at ``start``, whatever its number of fields; a broken one ends with the line where it breaks."""
        at, fields, delimiter = start, 0, self.dialect.delimiter
        while True:
            match = self.field.match(text, at)
            if match is None:  # a quote that is closed nowhere: it takes the rest of the file with it
                return CsvRecord(start, len(text), fields, "unclosed_quote", "no closing quote follows")
            at, fields = match.end(), fields + 1
            following = text[at : at + max(2, len(delimiter))]
            if following.startswith(delimiter):
                at += len(delimiter)
            elif following.startswith(b"\n") or not following:
                return self._count(CsvRecord(start, at + len(following[:1]), fields))
            elif following.startswith(b"\r\n"):
                return self._count(CsvRecord(start, at + 2, fields))
            else:
                return self._broken(text, start, match, fields)

    def _count(self, record: CsvRecord) -> CsvRecord:
        if record.fields == self.fields:
            return record
        reason: Reason = "too_few_fields" if record.fields < self.fields else "too_many_fields"
        return CsvRecord(record.start, record.end, record.fields, reason, f"{record.fields} instead of {self.fields}")

    def _broken(self, text: Bytes, start: int, match: re.Match[bytes], fields: int) -> CsvRecord:
        line_end = text.find(b"\n", match.end()) + 1 or len(text)
        if text[match.end() : match.end() + 1] == b"\r":
            return CsvRecord(start, line_end, fields, "other", "a carriage return alone outside quotes")
        if b"\n" in match[0]:
            return CsvRecord(start, line_end, fields, "unclosed_quote", "the next quote closes nothing")
        return CsvRecord(start, line_end, fields, "other", "text behind a closing quote")

    def _record(self, field: bytes) -> bytes:
        delimiter, nothing = re.escape(self.dialect.delimiter), self._pad + 2 * self.dialect.quote + self._pad
        surplus = rb"(?:" + delimiter + rb"(?:" + nothing + rb")?)*+"
        return rb"(?:" + field + delimiter + rb"){%d}" % (self.fields - 1) + field + surplus

    @property
    def _pad(self) -> bytes:
        """What may stand around quotes; not spaces where they stand between fields."""
        return b"" if b" " in self.dialect.delimiter else rb" *+"

    @property
    def _field(self) -> bytes:
        return self._either()

    @property
    def _tidy_field(self) -> bytes:
        return self._either(not_bare=self.dialect.quote)

    @property
    def _one_line_field(self) -> bytes:
        return self._either(not_quoted=rb"\r\n")

    def _either(self, not_quoted: bytes = b"", not_bare: bytes = b"") -> bytes:
        """A field: bare, in quotes, or bare with spaces in front; without what a quoted or a bare one must not have."""
        quote, space = self.dialect.quote, b" " if self._pad else b""
        rest = self._bare(not_bare) + rb"*+"
        begin = self._bare(quote + space)
        return (
            rb"(?>"
            + begin
            + rest
            + rb"|"
            + self._quoted(not_quoted)
            + rb"|(?!"
            + self._pad
            + quote
            + rb")"
            + rest
            + rb")"
        )

    def _bare(self, excluded: bytes) -> bytes:
        delimiter = re.escape(self.dialect.delimiter)
        if len(self.dialect.delimiter) == 1:
            return rb"[^" + excluded + delimiter + rb"\r\n]"
        return rb"(?:(?!" + delimiter + rb")[^" + excluded + rb"\r\n])"

    def _quoted(self, excluded: bytes = b"") -> bytes:
        quote, escape = self.dialect.quote, re.escape(self.dialect.escape)
        plain = rb"[^" + quote + escape + excluded + rb"]*+"
        within = [2 * quote]
        if self.dialect.closes_at_end:
            closes_not = rb"(?!" + self._pad + rb"(?:" + re.escape(self.dialect.delimiter) + rb"|\r?\n|\Z))"
            within = [2 * quote + closes_not, quote + closes_not]
        if escape:
            within.append(escape + (rb"[^" + excluded + rb"]" if excluded else rb"[\x00-\xff]"))
        return self._pad + quote + plain + rb"(?:(?:" + rb"|".join(within) + rb")" + plain + rb")*+" + quote + self._pad


BLANK = re.compile(rb" *+(?:\r?\n|\Z)")
"""A line with nothing but spaces."""
