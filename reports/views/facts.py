"""Owns the facts of what was examined: extract, period, counts, and the account of rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from logsyn.reports.figures import parsed
from logsyn.reports.views.scope import scope_account
from logsyn.validator.record import rows_in

if TYPE_CHECKING:
    from logsyn.reports.wording import Wording
    from logsyn.validator.record import Audit, LogFacts

DAYS_A_YEAR: Final = 366


@dataclass(frozen=True)
class Fact:
    """One fact about what was examined."""

    name: str
    value: str


def facts(audit: Audit, wording: Wording) -> tuple[Fact, ...]:
    """The facts of an audit, in the order in which a leader asks."""
    log = audit.log
    duration = log.case_duration_seconds.median
    found = [
        Fact(wording.gettext("Extract"), audit.extract.source),
        Fact(wording.gettext("Examined as of"), wording.day(audit.as_of)),
        Fact(wording.gettext("Period"), period(log, wording)),
        Fact(wording.gettext("Cases"), wording.number(log.cases)),
        Fact(wording.gettext("Registrations"), wording.number(log.events)),
        Fact(wording.gettext("Different activities"), wording.number(log.activities)),
        Fact(wording.gettext("Different courses of a case"), wording.number(log.variants)),
    ]
    if duration is not None:
        found.append(Fact(wording.gettext("Half of the cases last less than"), wording.seconds(duration)))
    return (*found, *_row_facts(audit, wording))


def period(log: LogFacts, wording: Wording) -> str:
    """The days between which most events lie, when they are known, so that a wrong year does not hide them."""
    if not log.start:
        few = wording.gettext("not told of fewer than five cases")
        return wording.gettext("no times could be read") if log.case_duration_seconds.median is None else few
    first, last = wording.day(log.start), wording.day(log.end)
    if not (log.typical_start and log.typical_end):
        return wording.gettext("%(first)s to %(last)s", first=first, last=last)
    typical = wording.gettext(
        "Most events lie between %(first)s and %(last)s",
        first=wording.day(log.typical_start),
        last=wording.day(log.typical_end),
    )
    if not (_far_apart(log.start, log.typical_start) or _far_apart(log.end, log.typical_end)):
        return typical
    extremes = wording.gettext("five cases or more begin by %(first)s, and five or more end on %(last)s or later", first=first, last=last)
    return f"{typical} ({extremes})"


def _far_apart(extreme: str | None, typical: str) -> bool:
    """Whether two ISO dates or times lie more than a year apart."""
    one, other = parsed(extreme), parsed(typical)
    return one is not None and other is not None and abs(one.toordinal() - other.toordinal()) > DAYS_A_YEAR


def _row_facts(audit: Audit, wording: Wording) -> tuple[Fact, ...]:
    in_file, loaded = rows_in(audit.inputs, "rows_in_file"), rows_in(audit.inputs, "rows_loaded")
    rejected = sum(file.rows_rejected for file in audit.inputs)
    title = wording.gettext("Rows in %(files)s", files=wording.files(len(audit.inputs)))
    account = wording.gettext(
        "%(in_file)s = %(loaded)s loaded + %(rejected)s rejected",
        in_file=wording.number(in_file),
        loaded=wording.number(loaded),
        rejected=wording.number(rejected),
    )
    found = [Fact(title, account)]
    if audit.scope is not None:
        found.append(Fact(wording.gettext("Rows in scope"), scope_account(audit.scope, wording)))
    return tuple(found)
