"""Owns how a finding is shown: its figures in one sentence, its examples, and the texts that go with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from logsyn.reports import names
from logsyn.reports.figures import NOTHING
from logsyn.reports.views.consequence import Effect, effect
from logsyn.reports.views.grids import weekday
from logsyn.reports.views.page import Key

if TYPE_CHECKING:
    from logsyn.reports.wording import Wording
    from logsyn.validator.record import Evidence, Finding, LogFacts, Value

TIMES: Final = frozenset(
    [
        "timestamp",
        "end_timestamp",
        "registered_at",
        "planned_start",
        "planned_end",
        "timestamp_latest",
        "antecedent_at",
        "earlier_event_registered_at",
        "quiet_from",
        "quiet_to",
        "read_the_other_way",
        "others_from",
        "others_to",
    ]
)
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""What a weekday is called in the columns of events; pages have the word of their language."""

LAGS: Final = frozenset({"registration_lag_days", "registration_overrun_days"})
"""Elapsed time in days, which people are told in days and hours."""

NAMES_OF_COLUMNS: Final = frozenset({"cpr_number_columns", "time_column"})
"""The values that are themselves names of columns."""

WORDS: Final = {"what": names.REGIMES, "synonym_evidence": names.NAMESAKES, "overload_way": names.OVERLOAD_WAYS}
"""The words of values that are codes."""

SHARES: Final = frozenset({"share_of_team", "share_of_others", "share_of_events"})
"""Values from 0 to 1 that are shares of something that is counted."""


@dataclass(frozen=True)
class Shown:
    """One value of an example; ``given`` is false for names that are ours."""

    name: Key
    value: str


@dataclass(frozen=True)
class Example:
    """What several failing rows have in common, as people see it."""

    when: str
    activity: Key
    team: Key
    values: tuple[Shown, ...]


@dataclass(frozen=True)
class Card:
    """A finding that colleagues are to talk about."""

    anchor: str
    title: str
    sentence: str
    why: str
    ask: str
    effect: Effect | None
    examples: tuple[Example, ...]


def card(finding: Finding, anchor: str, log: LogFacts, wording: Wording, limit: str = "") -> Card:
    """A finding of a log with its examples. ``limit`` says what it was held against where that needs saying."""
    return Card(
        anchor=anchor,
        title=wording.pick(finding.title),
        sentence=" ".join(part for part in (sentence(finding, wording, log), limit) if part),
        why=wording.pick(finding.why),
        ask=wording.pick(finding.ask),
        effect=effect(finding, wording),
        examples=tuple(example(row, wording) for row in finding.evidence),
    )


def heading(finding: Finding, wording: Wording) -> str:
    """The title of a finding; titles name what is found, so that of a rule which found nothing says that it was examined."""
    title = wording.pick(finding.title)
    return wording.gettext("Examined: %(title)s", title=title) if finding.outcome == "passed" else title


def failing_part(finding: Finding, log: LogFacts) -> tuple[int, int]:
    """How much failed, and of how much it is a share: rows or cases that were checked, or for names the events that bear them.

    One name of thirty says nothing of a log of which it may be half the events.
    """
    if finding.table == "labels":
        return finding.rows_affected, log.events
    return finding.failed, finding.checked


def sentence(finding: Finding, wording: Wording, log: LogFacts | None = None) -> str:
    """What was counted, as one plain sentence; a rule that was not judged says so instead.

    ``log``: what shares of events and cases are taken of, where a rule counts names; without it none are told.
    """
    if finding.outcome == "not_evaluated":
        return wording.gettext("Could not be evaluated.")
    if finding.outcome == "error":
        return wording.gettext("Something went wrong, so the result is unknown.")
    if finding.outcome == "nothing_checked" or (finding.table != "log" and not finding.checked):
        return wording.gettext("There was nothing to examine.")
    if finding.table == "log":
        return _of_the_log(finding, wording)
    counted = _failed_of_checked(finding, wording) + _where(finding, wording, log)
    if finding.required_share >= 1:
        return f"{counted}."
    required = wording.gettext("At least %(share)s must be in order.", share=wording.required(finding.required_share))
    return f"{counted}. {required}"


def example(evidence: Evidence, wording: Wording) -> Example:
    """An example with its values in the writing of the language."""
    return Example(
        when=wording.moment(evidence.timestamp),
        activity=_or_dash(evidence.activity),
        team=_or_dash(evidence.team),
        values=tuple(shown(name, value, wording) for name, value in evidence.values.items()),
    )


def shown(name: str, value: Value, wording: Wording) -> Shown:
    """A value under the name that people know its column by."""
    ours = name in names.COLUMNS
    key = Key(wording.name(names.COLUMNS, name), given=not ours)
    if value is None or value == "":
        return Shown(key, wording.gettext("(empty)"))
    if isinstance(value, bool):
        return Shown(key, wording.gettext("yes") if value else wording.gettext("no"))
    if name in NAMES_OF_COLUMNS:
        return Shown(key, ", ".join(wording.name(names.COLUMNS, column) for column in str(value).split(", ")))
    if isinstance(value, str):
        return Shown(key, _text(name, value, wording))
    written = wording.percent if name in SHARES else wording.lag if name in LAGS else wording.number
    return Shown(key, written(value))


def _text(name: str, value: str, wording: Wording) -> str:
    if name in WORDS:
        return wording.name(WORDS[name], value)
    if name == "concentrated_on":
        return weekday(str(WEEKDAYS.index(value) + 1), wording) if value in WEEKDAYS else value
    if name == "month":
        return wording.month(value)
    if ".." in value and ("days" in name or "seconds" in name):
        return wording.days_class(value) if name in LAGS else wording.span_class(value)
    return wording.moment(value) if name in TIMES else value


def _failed_of_checked(finding: Finding, wording: Wording) -> str:
    checked, failed = finding.checked, finding.failed
    counted = {"events": wording.events, "cases": wording.cases, "labels": wording.labels}[finding.table](checked)
    if not failed:
        return wording.ngettext("%(counted)s is in order", "All %(counted)s are in order", checked, counted=counted)
    told = {"failed": wording.number(failed), "counted": counted}
    if finding.table == "labels":
        return wording.gettext("%(failed)s of %(counted)s that were examined", **told)
    return wording.gettext("%(failed)s of %(counted)s (%(share)s)", **told, share=wording.share(failed, checked))


def _where(finding: Finding, wording: Wording, log: LogFacts | None) -> str:
    if not finding.failed or finding.table == "cases" or not finding.cases_affected:
        return ""
    cases = wording.cases(finding.cases_affected)
    if finding.table == "labels" and finding.rows_affected:
        events = wording.events(finding.rows_affected)
        if log is not None:
            events += f" ({wording.share(finding.rows_affected, log.events)})"
            cases += f" ({wording.share(finding.cases_affected, log.cases)})"
        return ", " + wording.gettext("used in %(events)s in %(cases)s", events=events, cases=cases)
    return " " + wording.gettext("in %(cases)s", cases=cases)


def _of_the_log(finding: Finding, wording: Wording) -> str:
    if not finding.failed:
        return wording.gettext("Nothing was found.")
    return wording.gettext("%(shown)s found in the extract.", shown=wording.number(finding.failed))


def _or_dash(text: str | None) -> Key:
    return Key(NOTHING, given=False) if text is None else Key(text, given=True)
