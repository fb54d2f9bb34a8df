"""What a kept column can be read as: numbers, times or truth values, decided by its whole content when a rule asks for it.

Columns that an extract keeps under their own names are stored as text, as they are written. Their different values are looked
at once, and only for the rules that compare them; a column of which one value is something else is text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, cast

from logsyn.expectations.declaration import is_name
from logsyn.expectations.headers import plain
from logsyn.expectations.text import Text
from logsyn.expectations.yaml_text import yaml_text
from logsyn.validator.database.answers import record
from logsyn.validator.database.sql import identifier, literal
from logsyn.validator.errors import NotReadableError
from logsyn.validator.reading.formats import DAY, Format
from logsyn.validator.reading.layout import TableColumn
from logsyn.validator.reading.numbers import CONVENTIONS, LIKE_AN_ID, Convention
from logsyn.validator.reading.placeholders import trimmed
from logsyn.validator.reading.shapes import DayMonthCounts, formats_of, separator, shape_sql
from logsyn.validator.reading.times import TimeColumn, slow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb

Kind = Literal["number", "time", "date", "truth"]
"""What a value may be read as; a ``date`` is a time without a time of day."""

TRUE = ("ja", "true", "yes", "sand", "j", "y", "1")
FALSE = ("nej", "false", "no", "falsk", "n", "0")

MOST_SHAPES = 60
"""A column with more shapes than this is no column of dates: people write few."""

_NATIVE_NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT",
                   "UHUGEINT", "FLOAT", "DOUBLE", "DECIMAL")  # fmt: skip
_NAMES = {
    "number": Text(da="tal", en="a number"),
    "time": Text(da="tidspunkt eller dato", en="a time or date"),
    "date": Text(da="dato", en="a date"),
    "text": Text(da="tekst", en="text"),
    "truth": Text(da="ja eller nej", en="yes or no"),
}
_NOT = Text(
    da="Kolonnen {column} kan ikke læses som {kind}: Det gælder {bad} af {all} forskellige værdier{ids}. ",
    en="The column {column} cannot be read as {kind}: {bad} of {all} different values cannot{ids}. ",
)
_DECLARE = Text(
    da="Skriv `kept: {{{header}: {word}}}` i kildeprofilen, hvis den skal læses sådan; så tælles de værdier, der ikke kan.",
    en="Write `kept: {{{header}: {word}}}` in the source profile if it is to be read so; the values that cannot are then counted.",
)
_ASK_ELSE = Text(
    da="Lad reglen spørge om en anden kolonne eller om noget andet.",
    en="Let the rule ask for another column, or for something else.",
)
_DECLARED = Text(
    da="Kolonnen {column} er {declared}, siger kildeprofilen under `kept`, og reglen spørger efter {kind}. Ret det ene eller det andet.",
    en="The source profile says under `kept` that the column {column} is {declared}, and the rule asks for {kind}. Change one of them.",
)
_IDS = Text(
    da=" ({ids} ligner numre på noget: nul forrest, mere end 15 cifre eller 2,02E+11)",
    en=" ({ids} look like numbers of something: a zero in front, more than 15 digits, or 2,02E+11)",
)


@dataclass(frozen=True)
class Counted:
    """The different texts of a column, and how many of them fit each convention, and may fit it where that is declared."""

    texts: int
    ids: int
    fits: tuple[int, ...]
    may_fit: tuple[int, ...]

    @property
    def of_all(self) -> Convention | None:
        """The first convention that fits all texts."""
        return next((way for way, fits in zip(CONVENTIONS, self.fits, strict=True) if fits == self.texts), None)

    def of_most(self, *, declared: bool) -> Convention:
        """The convention that fits most of them, the first of equals."""
        counts = self.may_fit if declared else self.fits
        return CONVENTIONS[counts.index(max(counts))]


@dataclass
class ReadColumn:
    """One column of a relation. ``declared``: what the source profile says of it; ``header``: of a kept one, of which it may say something."""

    connection: duckdb.DuckDBPyConnection
    relation: str
    name: str
    zone: str
    declared: str | None = None
    header: str | None = None

    @property
    def sql(self) -> str:
        """The column itself."""
        return identifier(self.name)

    @property
    def text(self) -> str:
        """The column as text."""
        return f"{self.sql}::VARCHAR"

    @cached_property
    def native(self) -> Kind | None:
        """What the table itself holds; None for text."""
        kind = str(self.connection.execute(f"SELECT {self.sql} FROM {self.relation} LIMIT 0").description[0][1]).upper()
        if kind.startswith("TIMESTAMP") or kind == "DATE":
            return "time"
        if kind.startswith("BOOL"):
            return "truth"
        return "number" if kind == "NUMBER" or kind.startswith(_NATIVE_NUMBERS) else None

    def value(self, kind: Kind, text: str | None = None) -> str:
        """SQL of each value as this type, NULL where it cannot be read as such. ``text``: the SQL expression to read, the column unless given."""
        if self.native is not None:
            return self._native_value(kind)
        text = text or self.text
        if kind == "number":
            declared = self.declared == "number"
            way = self._counted.of_most(declared=declared)
            return way.value(text, way.may_fit(text) if declared else way.fits(text))
        if kind == "truth":
            return f"CASE WHEN {_is_one_of(text, TRUE)} THEN true WHEN {_is_one_of(text, FALSE)} THEN false END"
        formats = tuple(form for form in self._formats if kind == "time" or form.precision == DAY)
        return slow(text, TimeColumn(TableColumn(self.name, self.name, "kept", ()), formats, "evidence"), self.zone)

    def is_all(self, kind: Kind) -> bool:
        """Whether every value can be read as this type, or the source profile declares it."""
        if self.native is not None:
            return self.native == kind
        return self.declared == kind if self.declared else self.unread(kind) == 0

    def required(self, kind: Kind) -> str:
        """SQL of the values as this kind.

        Raises:
            NotReadableError: the column holds something else.
        """
        if not self.is_all(kind):
            raise NotReadableError(self._not(kind))
        return self.value(kind)

    def ordered(self) -> str:
        """SQL of the values as numbers, else as times.

        Raises:
            NotReadableError: the column is neither.
        """
        return self.value("time") if not self.is_all("number") and self.is_all("time") else self.required("number")

    def unread(self, kind: Kind) -> int:
        """How many different values cannot be read so."""
        if kind == "number" and self.native is None and not self.declared:
            return 0 if self._counted.of_all else self._counted.texts - max(self._counted.fits)
        return self._one(f"SELECT count(*) FROM {self._different} WHERE ({self.value(kind, 'x')}) IS NULL")

    def unread_rows(self, kind: str) -> int:
        """How many rows have a value that cannot be read so."""
        return self._one(
            f"SELECT count(*) FROM {self.relation} WHERE {self.sql} IS NOT NULL AND ({self.value(cast('Kind', kind))}) IS NULL"
        )

    def _native_value(self, kind: Kind) -> str:
        if kind == "date" and self.native == "time":
            return f"CASE WHEN {self.sql} = date_trunc('day', {self.sql}) THEN {self.sql} END"
        return self.sql if kind == self.native else "NULL"

    def _not(self, kind: Kind) -> Text:
        """Why it cannot be read so and what to do: to say what it is helps with kept columns only, and only by a header that fits into a profile."""
        if self.declared is not None:
            return _filled(_DECLARED, column=self.name, declared=_NAMES[self.declared], kind=_NAMES[kind])
        ids = self._counted.ids if kind == "number" and self.native is None else 0
        bad, every = self.unread(kind), self._one(f"SELECT count(*) FROM {self._different}")
        why = _filled(
            _NOT, column=self.name, kind=_NAMES[kind], bad=bad, all=every, ids=_filled(_IDS, ids=ids) if ids else ""
        )
        advice = _ASK_ELSE
        if self.header is not None and is_name(self.header):
            advice = _filled(_DECLARE, header=yaml_text(self.header), word="time" if kind == "date" else kind)
        return Text(da=why.da + advice.da, en=why.en + advice.en)

    @property
    def _different(self) -> str:
        return f"(SELECT DISTINCT {self.text} AS x FROM {self.relation} WHERE {self.sql} IS NOT NULL)"

    @cached_property
    def _counted(self) -> Counted:
        tests = {"ids": f"regexp_matches({trimmed('x')}, {literal(LIKE_AN_ID)})"}
        tests |= {f"fits_{at}": way.fits("x") for at, way in enumerate(CONVENTIONS)}
        tests |= {f"may_fit_{at}": way.may_fit("x") for at, way in enumerate(CONVENTIONS)}
        counts = ", ".join(f"count(*) FILTER ({test}) AS {name}" for name, test in tests.items())
        row = self._row(f"SELECT count(*) AS texts, {counts} FROM {self._different}")
        fits, may_fit = (tuple(row[f"{what}_{at}"] for at in range(len(CONVENTIONS))) for what in ("fits", "may_fit"))
        return Counted(row["texts"], row["ids"], fits, may_fit)

    @cached_property
    def _formats(self) -> Sequence[Format]:
        """The formats of all that may be a time in it, the commonest first."""
        shapes: dict[str, int] = dict(
            self.connection.execute(
                f"SELECT {shape_sql('x')} AS shape, count(*) FROM {self._different} WHERE regexp_matches(x, '[0-9]') "
                f"GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {MOST_SHAPES}"
            ).fetchall()
        )
        between = sorted({one for one in map(separator, shapes) if one})
        return formats_of(shapes, {one: self._evidence(one) for one in between})[0]

    def _evidence(self, between: str) -> DayMonthCounts:
        """Of the dates with a separator, how many can only be read with the day first, and with the month first."""
        sign = f"[{between}]" if between != " " else " "
        first, second = (
            f"TRY_CAST(regexp_extract(trim(x), '^([0-9]{{1,2}}){sign}([0-9]{{1,2}}){sign}[0-9]', {group}) AS INTEGER)"
            for group in (1, 2)
        )
        found = self._row(
            "SELECT count(*) FILTER (a > 12 AND b <= 12) AS day_first, count(*) FILTER (b > 12 AND a <= 12) AS month_first "
            f"FROM (SELECT {first} AS a, {second} AS b FROM {self._different})"
        )
        return DayMonthCounts(found["day_first"], found["month_first"])

    def _row(self, query: str) -> dict[str, int]:
        return {name: int(count) for name, count in record(self.connection.execute(query)).items()}

    def _one(self, query: str) -> int:
        ((count,),) = self.connection.execute(query).fetchall()
        return int(count)


@dataclass
class Readings:
    """The types that the columns of an audit can be read as; the values of each column are queried once.

    ``declared``: what a source profile says of kept columns; ``headers``: of all that are kept, by their names in the table.
    """

    connection: duckdb.DuckDBPyConnection
    zone: str = "Europe/Copenhagen"
    declared: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    _columns: dict[tuple[str, str], ReadColumn] = field(default_factory=dict)

    def column(self, relation: str, name: str) -> ReadColumn:
        """A column of a relation."""
        key = (relation, name)
        if key not in self._columns:
            self._columns[key] = ReadColumn(
                self.connection, relation, name, self.zone, self.declared.get(name), self.headers.get(name)
            )
        return self._columns[key]


def declared_kinds(kept: Mapping[str, str], places: Sequence[TableColumn]) -> dict[str, str]:
    """What a source profile says of kept columns, by their name in the table; headers are compared as the reader does."""
    by_header = {plain(header): kind for header, kind in kept.items()}
    return {
        place.name: by_header[plain(place.header)]
        for place in places
        if place.mapped_by == "kept" and plain(place.header) in by_header
    }


def _filled(text: Text, **parts: object) -> Text:
    """A text with its parts put in; those that are texts themselves in their language."""
    return Text(
        **{
            lang: getattr(text, lang).format(
                **{name: getattr(part, lang) if isinstance(part, Text) else part for name, part in parts.items()}
            )
            for lang in ("da", "en")
        }
    )


def _is_one_of(text: str, words: Sequence[str]) -> str:
    return f"list_contains([{', '.join(map(literal, words))}], lower({trimmed(text)}))"
