"""Owns which columns of an extract look like one that it was not read to have, by the headers that such columns usually have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from logsyn.expectations.headers import loose, usual_headers
from logsyn.reports.labels import visible

if TYPE_CHECKING:
    from logsyn.expectations.source import CanonicalColumn
    from logsyn.reports.wording import Wording
    from logsyn.validator.record import Audit

LONG_ENOUGH: Final = 6
"""A usual header of this length is recognised within a longer one: ``Dato oprettet`` has ``Oprettet`` in it."""

OF_PERSONS: Final = ("by", "af")
"""What a header ends with that says who did something, not when."""

MOST_NAMED: Final = 5


def lookalikes(audit: Audit, column: CanonicalColumn) -> list[str]:
    """The headers of kept columns that look like a canonical column, in the order of the extract."""
    kept = [one.header for one in audit.extract.columns if one.mapped_by == "kept"]
    return [header for header in kept if _looks_like(loose(header), column)][:MOST_NAMED]


def may_be(audit: Audit, column: CanonicalColumn, otherwise: str, wording: Wording) -> str:
    """What would help where a column was not found: to point out one that looks like it, else to ask for it."""
    found = [wording.quoted(visible(header)) for header in lookalikes(audit, column)]
    if not found:
        return otherwise
    return wording.ngettext(
        "It may be the column %(headers)s: ask whoever makes the report whether it can be used.",
        "It may be one of the columns %(headers)s: ask whoever makes the report which can be used.",
        len(found),
        headers=wording.listed(found),
    )


def _looks_like(header: str, column: CanonicalColumn) -> bool:
    own = _usual(column)
    if header in own:
        return True
    others = {known for name in usual_headers() if name != column for known in _usual(name)}
    within = any(len(known) >= LONG_ENOUGH and known in header for known in own)
    return within and header not in others and not header.endswith(OF_PERSONS)


def _usual(column: str) -> set[str]:
    return {header for tier in usual_headers().get(column, ()) for header in tier}
