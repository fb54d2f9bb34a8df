"""Headers of the exported columns: fixed ones for what a tool maps, and clean ones for the rest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

CASE, ACTIVITY, START, END, RESOURCE, ROLE = (
    "Case ID", "Activity", "Start timestamp", "End timestamp", "Resource", "Role",
)  # fmt: skip
ORDER = "Event order"
ATTRIBUTES = {
    "registered_at": "Registered at",
    "planned_start": "Planned from",
    "planned_end": "Planned to",
    "source": "Source",
    "status": "Status",
    "text": "Text",
}
"""Headers of the canonical columns that are no tool's mapped ones. None has a word in it that Apromore maps by."""

FIXED = (CASE, ACTIVITY, START, END, RESOURCE, ROLE, ORDER, *ATTRIBUTES.values())

# Apromore lowers a header and looks for these: ``end`` makes an end time of Kalenderdato, ``start`` a start time of
# Startdato, ``date`` and ``time`` another time, of which no row may be blank.
_WORDS_IT_MAPS_BY = re.compile("en(?=d)|star(?=t)|comple(?=t)|dat(?=e)|tim(?=e)", re.IGNORECASE)
_NAMES_IT_MAPS_BY = re.compile(
    "case|.*(case|service|event)[ _-]?id.*|activity.*|operation.*|event|resource|agent|employee|group|role|(time:)?timestamp|date & time",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"[\s,;|\"'`\x00-\x1f\x7f\ufeff]+")


def without_separators(header: str) -> str:
    """A header that may stand unquoted: commas, semicolons, bars, quotes, tabs and line breaks become one space."""
    return _SEPARATORS.sub(" ", header).strip() or "Column"


def not_to_be_guessed(header: str) -> str:
    """A header by which Apromore maps nothing: its words are broken by ``_`` (Kalen_derdato), its names marked."""
    broken = _WORDS_IT_MAPS_BY.sub(lambda match: match[0] + "_", header)
    return f"{broken} (extract)" if _NAMES_IT_MAPS_BY.fullmatch(broken) else broken


def unique(headers: Iterable[str], taken: Iterable[str], form: str = "{} ({})") -> list[str]:
    """The headers, with a number behind those that are there already, compared without case."""
    seen = {one.casefold() for one in taken}
    found = []
    for header in headers:
        name, number = header, 1
        while name.casefold() in seen:
            number += 1
            name = form.format(header, number)
        seen.add(name.casefold())
        found.append(name)
    return found


def xes_key(header: str) -> str:
    """A header as the key of an XES attribute, which is an XML name; the colon is left to the extensions."""
    name = re.sub(r"[^\w.-]+", "_", header).strip("_") or "column"
    return name if name[0].isalpha() or name[0] == "_" else f"_{name}"
