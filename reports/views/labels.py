"""Owns the section on activity names that seem to carry several meanings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from logsyn.reports.views.lookalikes import may_be
from logsyn.reports.views.page import LARGEST, Absence, Key, has_column, largest, team_key

if TYPE_CHECKING:
    from logsyn.reports.wording import Wording
    from logsyn.validator.record import Audit, LabelUse, Neighbour, OverloadedLabel

MOST_NEIGHBOURS: Final = 3
EARLY: Final = 1 / 3
LATE: Final = 2 / 3


@dataclass(frozen=True)
class NeighbourShare:
    """What stands before or after, and how often."""

    name: Key
    share: str


@dataclass(frozen=True)
class TeamUse:
    """How one team uses the name."""

    team: Key
    hidden: bool
    meaning: str
    events: str
    share: str
    before: tuple[NeighbourShare, ...]
    after: tuple[NeighbourShare, ...]
    status: tuple[NeighbourShare, ...]
    position: str


@dataclass(frozen=True)
class Label:
    """One name with several meanings, agreed or seeming."""

    activity: str
    seen: str
    measured: str
    events: str
    uses: tuple[TeamUse, ...]
    more: str
    any_meaning: bool
    any_status: bool


@dataclass(frozen=True)
class LabelSection:
    """The names; ``absence`` says why there are none."""

    absence: Absence | None
    labels: tuple[Label, ...]
    more: str


def label_section(audit: Audit, wording: Wording) -> LabelSection:
    """The section on names with several meanings."""
    labels = audit.registration.overloaded
    return LabelSection(
        absence=None if labels else _absence(audit, wording),
        labels=tuple(_label(label, wording) for label in labels[:LARGEST]),
        more=wording.more(len(labels) - LARGEST),
    )


def _absence(audit: Audit, wording: Wording) -> Absence:
    examined = [finding for finding in audit.findings if finding.check == "overloaded-label"]
    reasons = [wording.pick(finding.reason) for finding in examined if finding.outcome != "passed" and finding.reason]
    if reasons:
        return Absence(reasons[0])
    outcomes = {finding.outcome for finding in examined}
    has_groups = any(has_column(audit, column) for column in ("team", "source"))
    if "passed" not in outcomes:
        said = wording.gettext("It was not examined whether an activity name carries several meanings.")
    else:
        said = wording.gettext("No activity name seems to carry several meanings.")
        if not has_groups:
            alone = wording.gettext("This is judged only by what comes before and after: the extract does not say which team has registered.")
            said = f"{said} {alone}"
    if has_groups:
        return Absence(said)
    return Absence(said, may_be(audit, "team", wording.gettext("Ask for the column with the team."), wording))


def _label(label: OverloadedLabel, wording: Wording) -> Label:
    uses = largest(label.teams, lambda use: use.events)
    shown = [use for use in uses if not use.hidden]
    return Label(
        activity=label.activity,
        seen=_seen(label, wording),
        measured=_measured(label, wording),
        events=wording.events(label.events),
        uses=tuple(_use(use, wording) for use in uses),
        more=wording.more(len(label.teams) - len(uses)),
        any_meaning=any(use.meaning for use in uses),
        any_status=any(use.status for use in shown),
    )


def _seen(label: OverloadedLabel, wording: Wording) -> str:
    if label.declared and label.found:
        return wording.gettext("It is agreed that the name has several meanings, and the registrations show it too.")
    if label.declared:
        return wording.gettext("It is agreed that the name has several meanings.")
    if label.way == "surroundings":
        return wording.gettext(
            "The name stands in two places of the process that have nothing in common, so it seems to carry several meanings."
        )
    return wording.gettext("The teams use the name so differently that it seems to carry several meanings.")


def _measured(label: OverloadedLabel, wording: Wording) -> str:
    if label.way == "surroundings":
        return wording.gettext(
            "What comes before an event of the name tells by %(bits)s bits what comes after it; with two equally frequent "
            "meanings it would be 1 bit. The rarer of the two uses has %(share)s of the events.",
            bits=wording.number(label.use_bits),
            share=wording.percent(label.use_share),
        )
    if label.divergence_bits is None or label.yardstick_bits is None:
        return ""
    return wording.gettext(
        "What stands around the name differs between the teams by %(bits)s bits; for their other activity names "
        "it is typically %(yardstick)s bits.",
        bits=wording.number(label.divergence_bits),
        yardstick=wording.number(label.yardstick_bits),
    )


def _use(use: LabelUse, wording: Wording) -> TeamUse:
    return TeamUse(
        team=team_key(use.team, wording),
        hidden=use.hidden,
        meaning=use.meaning or "",
        events="" if use.hidden else wording.about(wording.number(use.events)),
        share="" if use.hidden else wording.percent(use.share),
        before=_neighbours(use.before, wording.gettext("start of the case"), wording),
        after=_neighbours(use.after, wording.gettext("end of the case"), wording),
        status=_neighbours(use.status, wording.gettext("(empty)"), wording),
        position=_position(use.median_position, wording),
    )


def _neighbours(neighbours: list[Neighbour], none: str, wording: Wording) -> tuple[NeighbourShare, ...]:
    return tuple(
        NeighbourShare(
            Key(none, given=False) if near.activity is None else Key(near.activity, given=True),
            wording.percent(near.share),
        )
        for near in neighbours[:MOST_NEIGHBOURS]
    )


def _position(position: float | None, wording: Wording) -> str:
    if position is None:
        return wording.number(None)
    if position < EARLY:
        return wording.gettext("early in the case")
    return wording.gettext("late in the case") if position > LATE else wording.gettext("midway in the case")
