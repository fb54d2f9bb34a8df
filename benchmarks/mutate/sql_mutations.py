"""What is changed in SQL, in declarations of the catalogue and in templates: one comparison, joining word, bound or aggregate at a time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SWAPPED = {
    " < ": " <= ", " <= ": " < ", " > ": " >= ", " >= ": " > ", " = ": " <> ", " <> ": " = ", " AND ": " OR ", " OR ": " AND ",
    "IS NULL": "IS NOT NULL", "IS NOT NULL": "IS NULL", " + ": " - ", " - ": " + ", "min(": "max(", "max(": "min(", "DISTINCT ": "",
    " DESC": "", "NOT IN": "IN", "LEFT JOIN": "JOIN", "UNION ALL": "UNION", "greatest(": "least(", "least(": "greatest(",
}  # fmt: skip
_WORDS = re.compile(
    "|".join(sorted(map(re.escape, _SWAPPED), key=len, reverse=True)) + r"|(?<![\w.{\"'%-])\d+(?![\w.}\"'])"
)
_CATALOGUE = re.compile(r"^(?:finds|value|tells|  *default):.*(?:\n(?= ).*)*", re.MULTILINE)
_CONDITION = re.compile(r"\{%-? if (.+?) -?%\}")


def sql_mutations(text: str) -> Iterator[str]:
    """The same SQL with one thing changed, once for each thing that can be."""
    for found in _WORDS.finditer(text):
        other = _SWAPPED[found[0]] if found[0] in _SWAPPED else str(int(found[0]) + 1)
        yield f"{text[: found.start()]}{other}{text[found.end() :]}"


def catalogue_mutations(text: str) -> Iterator[tuple[int, str, str, Callable[[], str]]]:
    """Mutations of the SQL and the default values of a check, as those of Python are given."""
    for part in _CATALOGUE.finditer(text):
        for changed in sql_mutations(part[0]):
            whole = f"{text[: part.start()]}{changed}{text[part.end() :]}"
            yield *_line(text, whole), lambda whole=whole: whole


def template_mutations(text: str) -> Iterator[tuple[int, str, str, Callable[[], str]]]:
    """Mutations of a page's template: each condition turned round."""
    for found in _CONDITION.finditer(text):
        whole = f"{text[: found.start(1)]}not ({found[1]}){text[found.end(1) :]}"
        yield *_line(text, whole), lambda whole=whole: whole


def _line(before: str, after: str) -> tuple[int, str, str]:
    pairs = zip(before.splitlines(), after.splitlines(), strict=True)
    return next((number, a.strip(), b.strip()) for number, (a, b) in enumerate(pairs, 1) if a != b)
