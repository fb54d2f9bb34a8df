"""The values that a suite names, compared with a column: as numbers, times or truth values when all of them are such, else as text."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from logsyn.expectations.condition import as_bound
from logsyn.expectations.stock_arguments import is_number
from logsyn.expectations.text import Text
from logsyn.validator.database.sql import literal
from logsyn.validator.errors import NotReadableError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from logsyn.validator.reading.kept import Kind, ReadColumn

_MIXED = Text(
    da="{value} kan ikke sammenlignes med kolonnen {column}, som ikke er tekst.",
    en="{value} cannot be compared with the column {column}, which is no text.",
)
_QUOTE = Text(
    da=" Eller sæt citationstegn om værdierne i regelsættet, så de sammenlignes som tekst.",
    en=" Or put the values of the suite between quotation marks to compare them as text.",
)


def kind_of(values: Sequence[Any]) -> Kind | None:
    """What values of a suite ask to be compared as; None: as text."""
    if all(isinstance(value, bool) for value in values):
        return "truth"
    if all(is_number(value) for value in values):
        return "number"
    return "time" if all(isinstance(value, date) for value in values) else None


def compared(column: ReadColumn, values: Sequence[Any]) -> tuple[str, list[str]]:
    """SQL of a column and of values, so that both can be compared.

    Raises:
        NotReadableError: the column holds something else than is asked for.
    """
    kind = kind_of(values)
    if kind is None and column.native is not None:
        values, kind = [_as_native(column, value) for value in values], column.native
    if kind is None:
        return column.text, [literal(_written(value)) for value in values]
    if column.native == "truth" and kind == "number" and set(values) <= {0, 1}:
        values, kind = [bool(value) for value in values], "truth"
    try:
        return column.required(kind), [sql_of(value) for value in values]
    except NotReadableError as error:
        quoted = {lang: getattr(error.text, lang) + getattr(_QUOTE, lang) for lang in ("da", "en")}
        raise NotReadableError(Text(**quoted)) from error


def is_member(column: ReadColumn, values: Sequence[Any]) -> str:
    """SQL: whether a value is one of a set.

    Raises:
        NotReadableError: the column holds something else than is asked for.
    """
    value, members = compared(column, values)
    return f"list_contains([{', '.join(members)}], {value})"


def sql_of(value: Any) -> str:
    """A number, truth value or time as SQL."""
    if isinstance(value, bool):
        return literal(value)
    if is_number(value):
        return f"{float(value)!r}::DOUBLE"
    text = value if isinstance(value, str) else value.isoformat(sep=" ") if isinstance(value, datetime) else str(value)
    return f"TIMESTAMP {literal(text.replace('T', ' '))}"


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _as_native(column: ReadColumn, value: Any) -> Any:
    """A value as what the column is; texts may say it, too."""
    text = _written(value)
    if column.native == "number":
        try:
            return float(text)
        except ValueError:
            pass
    elif column.native == "time":
        bound = as_bound(value if isinstance(value, date) else text)
        if isinstance(bound, str):
            return datetime.fromisoformat(bound)
    elif text in ("true", "false"):
        return text == "true"
    said = {lang: getattr(_MIXED, lang).format(value=text, column=column.name) for lang in ("da", "en")}
    raise NotReadableError(Text(**said))
