"""What every reader of an audit should know about how the extract was read, in Danish and English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.validator.personal.masking import shown
from logsyn.validator.reading.dialect import DELIMITERS, QUOTE
from logsyn.validator.reading.encoding import UTF8
from logsyn.validator.record import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from logsyn.validator.reading.csv_file import CsvFile
    from logsyn.validator.reading.encoding import Doubt, Encoding
    from logsyn.validator.reading.layout import TableColumn
    from logsyn.validator.reading.records import Rejected
    from logsyn.validator.reading.shapes import DayMonthCounts
    from logsyn.validator.record import Column

NAMED = {" ": ("mellemrum", "a space")}
"""What a delimiter that cannot be seen is called, in Danish and English."""


def source_found(title_da: str, title_en: str, source: str) -> Text:
    """Nobody named the source: a built-in profile fitted the headers."""
    return Text(
        da=f"Der var ikke angivet en kilde. Kolonnerne passer til {title_da},"
        f" så udtrækket er læst med kildeprofilen {source}.",
        en=f"No source was given. The columns fit {title_en}, so the extract was read with the source profile {source}.",
    )


def recognised(places: Sequence[TableColumn]) -> Text:
    """Columns that were recognised by their usual headers."""
    pairs = ", ".join(f"{place.header} → {place.name}" for place in places)
    return Text(
        da=f"Kolonner, der er genkendt på overskriften: {pairs}. Angiv en kildeprofil, hvis det ikke passer.",
        en=f"Columns recognised by their header: {pairs}. If that is not right, give a source profile.",
    )


def columns_left_out(number: int) -> Text:
    """More columns than are kept."""
    return Text(
        da=f"Udtrækket har flere kolonner, end der kan tages med: {f'{number:,}'.replace(',', '.')} længst til højre er udeladt. Kolonner, der er genkendt, er alle med."
        " Er der brug for andre, så bed om et udtræk med færre kolonner.",
        en=f"The extract has more columns than can be kept: {number:,} furthest to the right were left out. All columns that were recognised are kept."
        " If others are wanted, ask for an extract with fewer columns.",
    )


def about_form(part: CsvFile) -> list[Text]:
    """Remarks on the unusual form of a file: lines above the header, its delimiter, its quotes."""
    header, dialect = part.header, part.header.dialect
    found = []
    if part.encoding.doubt is not None:
        found.append(_encoding(part.name, part.encoding, part.encoding.doubt))
    if header.preamble_lines:
        found.append(_preamble(part.name, header.preamble_lines, header.lines))
    if dialect.delimiter not in DELIMITERS:
        found.append(_delimiter(part.name, NAMED.get(header.delimiter, (header.delimiter, header.delimiter))))
    if dialect.quote != QUOTE:
        found.append(_quote(part.name, dialect.quote.decode()))
    if dialect.escape:
        found.append(_escape(part.name))
    if header.is_padded:
        found.append(_padded(part.name))
    return found


def _encoding(name: str, encoding: Encoding, doubt: Doubt) -> Text:
    if doubt.kind == "letters":
        return Text(
            da=f"{name}: Filen er ikke UTF-8 og er læst som {encoding.label}, men {doubt.signs} af tegnene er så ikke bogstaver."
            " Den er måske fra DOS (CP850) eller en ældre Mac, og så er æ, ø og å blevet til andre tegn. Bed om udtrækket i UTF-8.",
            en=f"{name}: the file is not UTF-8 and was read as {encoding.label}, but {doubt.signs} of the signs are no letters then."
            " It may come from DOS (CP850) or an old Mac, so that æ, ø and å became other signs. Ask for the extract in UTF-8.",
        )
    if encoding.name == UTF8:
        return Text(
            da=f"{name}: Filen er UTF-8, men {doubt.signs} tegn er skrevet på en anden måde, det første i linje {doubt.line}."
            " De poster står i rejected.csv og tæller som afviste. Bed om hele udtrækket i UTF-8.",
            en=f"{name}: the file is UTF-8, but {doubt.signs} signs are written otherwise, the first in line {doubt.line}."
            " Their records stand in rejected.csv and count as rejected. Ask for the whole extract in UTF-8.",
        )
    return Text(
        da=f"{name}: Filen er læst som {encoding.label}, men {doubt.signs} tegn er skrevet i UTF-8, det første i linje {doubt.line}."
        " De står som to tegn eller flere, for eksempel Ã¥ for å. Bed om hele udtrækket i UTF-8.",
        en=f"{name}: the file was read as {encoding.label}, but {doubt.signs} signs are written in UTF-8, the first in line {doubt.line}."
        " They stand as two signs or more, such as Ã¥ for å. Ask for the whole extract in UTF-8.",
    )


def _preamble(name: str, lines: int, header: int) -> Text:
    if lines == 1:
        return Text(
            da=f"{name}: Overskriften står i linje {header}. 1 linje over den hører ikke til tabellen og er ikke læst som en række.",
            en=f"{name}: the header stands in line {header}. 1 line above it does not belong to the table and was not read as a row.",
        )
    return Text(
        da=f"{name}: Overskriften står i linje {header}. {lines} linjer over den hører ikke til tabellen og er ikke læst som rækker.",
        en=f"{name}: the header stands in line {header}. {lines} lines above it do not belong to the table and were not read as rows.",
    )


def _delimiter(name: str, delimiter: tuple[str, str]) -> Text:
    return Text(
        da=f"{name}: Mellem kolonnerne står {delimiter[0]} og ikke semikolon, komma, tabulator eller lodret streg.",
        en=f"{name}: between the columns stands {delimiter[1]}, and not a semicolon, comma, tab or bar.",
    )


def _quote(name: str, quote: str) -> Text:
    return Text(
        da=f'{name}: Værdierne står mellem {quote} i stedet for ". De er læst uden {quote} omkring.',
        en=f'{name}: values stand between {quote} and not between ". They were read without the {quote} around them.',
    )


def _escape(name: str) -> Text:
    return Text(
        da=f'{name}: Anførselstegn inde i værdier er skrevet med omvendt skråstreg (\\"). De er læst som almindelige anførselstegn.',
        en=f'{name}: quotes within values are written with a backslash (\\"). They were read as plain quotes.',
    )


def _padded(name: str) -> Text:
    return Text(
        da=f"{name}: Der er mellemrum efter hvert skilletegn. Mellemrum omkring navne og værdier er taget af.",
        en=f"{name}: a space follows each delimiter. Spaces around names and values were taken off.",
    )


_KINDS = {
    "number": Text(da="tal", en="a number"),
    "time": Text(da="tidspunkt eller dato", en="a time or date"),
    "truth": Text(da="ja eller nej", en="yes or no"),
}


def not_as_declared(column: str, kind: str, rows: int) -> Text:
    """The profile says what a kept column is, and some of its values cannot be read so."""
    column = shown(column)
    return Text(
        da=f"I {column} kan værdien i {rows} rækker ikke læses som {_KINDS[kind].da}, som kildeprofilen siger. De rækker opfylder ingen regel,"
        " der sammenligner kolonnen.",
        en=f"In {column} the value of {rows} rows cannot be read as {_KINDS[kind].en}, as the source profile says. Those rows meet no rule"
        " that compares the column.",
    )


def declared_and_not_there(columns: int) -> Text:
    """The profile says what kept columns are that the extract does not have, or that stand for something else."""
    return Text(
        da=f"Kildeprofilen siger under `kept`, hvad {columns} kolonner er, som ikke findes i udtrækket eller bruges til andet.",
        en=f"The source profile says under `kept` what {columns} columns are that the extract does not have, or uses for something else.",
    )


def lacking(place: TableColumn, parts: Sequence[CsvFile]) -> Text:
    """A column that some of the files do not have."""
    names = ", ".join(part.name for part, at in zip(parts, place.positions, strict=True) if at is None)
    return Text(
        da=f"Kolonnen {place.header} findes ikke i {names}. Rækkerne derfra har ingen værdi i den.",
        en=f"The column {place.header} is not in {names}. The rows from there have no value in it.",
    )


def formats_set_aside(place: TableColumn) -> Text:
    """The formats of a detected profile read nothing in a column, so its formats were found from the data."""
    return Text(
        da=f"Tidspunkterne i {place.header} er skrevet på en anden måde, end kildeprofilen siger."
        " Formatet er fundet ud fra data.",
        en=f"The times in {place.header} are written differently from the source profile. The format was found in the data.",
    )


def undecidable(place: TableColumn) -> Text:
    """No date tells which number is the day."""
    return Text(
        da=f"I {place.header} er det ikke til at se, om dag eller måned står først, for ingen dato har et tal over 12."
        " Datoerne er læst med dag først, som det er almindeligt i Danmark.",
        en=f"In {place.header} nothing tells whether day or month comes first: no date has a number over 12."
        " Day first was used, as is the custom in Denmark.",
    )


def mixed(place: TableColumn, evidence: DayMonthCounts) -> Text:
    """Some dates can only be read day first, others only month first."""
    day, month = evidence.day_first, evidence.month_first
    da, en = ("måned", "Month") if month > day else ("dag", "Day")
    return Text(
        da=f"I {place.header} kan {day} datoer kun læses med dag først og {month} kun med måned først."
        f" Hvor begge dele er muligt, er datoen læst med {da} først. De datoer er usikre.",
        en=f"In {place.header}, {day} dates can only be read day first and {month} only month first."
        f" {en} first was used where both are possible; those dates are uncertain.",
    )


def swallowed(part: CsvFile, record: Rejected) -> Text:
    """An unclosed quote took lines with it."""
    return Text(
        da=f"{part.name}, linje {record.line}: Et anførselstegn bliver ikke lukket, så {record.lines} linjer er blevet til én"
        " række, der ikke kunne læses. Ret anførselstegnet for at få linjerne med.",
        en=f"{part.name}, line {record.line}: a quote is not closed, so that {record.lines} lines became one row that"
        " could not be read. Mend the quote to get the lines back.",
    )


def persons_apart(column: Column) -> Text:
    """A column that was to hold teams, sources or statuses holds persons."""
    return Text(
        da=f"Kolonnen {column.header} er ikke brugt som team, kilde eller status: Værdierne ser ud til at være personer. Ingen af dem vises, og intet er delt op efter dem."
        " Bed om et udtræk, hvor der står et team, hvis der skal ses på team.",
        en=f"The column {column.header} was not used as team, source or status: its values look like persons. None of them is shown, and nothing is divided by them."
        " Ask for an extract that has the team if teams are to be looked at.",
    )
