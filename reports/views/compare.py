"""Owns the page of comparison: what is new, gone, better or worse from delivery to delivery, by rule and team."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from logsyn.reports import names
from logsyn.reports.figures import NOTHING
from logsyn.reports.language import N_
from logsyn.reports.views.page import Coded, Key, Sheet, coded, team_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from logsyn.reports.wording import Wording
    from logsyn.validator.record import Change, Delivery, Point, RuleTrend, Succession

CHANGES: Final = {
    "new": N_("New"),
    "worse": N_("Worse"),
    "better": N_("Better"),
    "gone": N_("Gone"),
    "same": N_("As before"),
    "not_comparable": N_("Cannot be compared"),
}
SUMMED_UP: Final = ("new", "worse", "better", "gone")
COUNTED: Final = frozenset({"log", "labels"})
"""Of rules on these it is told how much they found: one name of thirty is no share of anything that an analysis counts."""

MOST_TEAMS: Final = 25


@dataclass(frozen=True)
class DeliveryRow:
    """One delivery: what it is and how its audit ended."""

    name: str
    day: str
    verdict: Coded
    cases: str
    events: str
    rejected: str
    period: str


@dataclass(frozen=True)
class DeliveryCell:
    """What one delivery says: the share as text, the counts behind it, and the height of its column in the chart."""

    share: str
    counts: str
    x: str
    width: str
    y: str
    height: str


@dataclass(frozen=True)
class TeamRow:
    """One rule in one team."""

    team: Key
    change: Coded
    cells: tuple[DeliveryCell, ...]


@dataclass(frozen=True)
class TrendRow:
    """One rule over all deliveries; ``told`` says its chart in words, and is empty when there is nothing to draw."""

    anchor: str
    title: str
    rule: str
    severity: Coded
    change: Coded
    why: str
    told: str
    cells: tuple[DeliveryCell, ...]
    teams: tuple[TeamRow, ...]


@dataclass(frozen=True)
class Summed:
    """How many rules have changed in one way."""

    change: Coded
    count: str


@dataclass(frozen=True)
class ComparePage(Sheet):
    """Everything on compare.html."""

    deliveries: tuple[DeliveryRow, ...]
    summed: tuple[Summed, ...]
    same_rules: str
    regime: str
    trends: tuple[TrendRow, ...]


def compare_page(comparison: Succession, wording: Wording) -> ComparePage:
    """The comparison as it is shown."""
    return ComparePage(
        lang=wording.lang,
        here="compare",
        deliveries=tuple(_delivery(one, wording) for one in comparison.deliveries),
        summed=tuple(
            Summed(coded(CHANGES, code, wording), wording.number(_times(comparison, code))) for code in SUMMED_UP
        ),
        same_rules=wording.rules(_times(comparison, "same")),
        regime=_regime(comparison, wording),
        trends=tuple(_trend(trend, f"rule-{number}", wording) for number, trend in enumerate(comparison.rules)),
    )


def _times(comparison: Succession, code: str) -> int:
    return sum(trend.change == code for trend in comparison.rules)


def _delivery(one: Delivery, wording: Wording) -> DeliveryRow:
    return DeliveryRow(
        name=one.name,
        day=wording.day(one.as_of),
        verdict=coded(names.FITNESS, one.verdict, wording),
        cases=_unless_near(one.cases, wording),
        events=_unless_near(one.events, wording),
        rejected=_unless_near(one.rows_rejected, wording),
        period=f"{wording.day((one.start or '')[:10])} {NOTHING} {wording.day((one.end or '')[:10])}",
    )


def _unless_near(count: int | None, wording: Wording) -> str:
    """A count; where the next one differs by so few that the difference would tell of them, only that."""
    return wording.gettext("< 5 from a later one") if count is None else wording.number(count)


def _regime(comparison: Succession, wording: Wording) -> str:
    if not comparison.regime_months:
        return ""
    months = wording.listed([wording.month(month) for month in comparison.regime_months])
    return wording.gettext(
        "The way in which times are registered has changed (%(months)s). Figures of registration before and after cannot be compared, so no trend is drawn for them.",
        months=months,
    )


def _trend(trend: RuleTrend, anchor: str, wording: Wording) -> TrendRow:
    cells = _cells(trend.points, wording, counted=trend.table in COUNTED)
    drawn = trend.why is None and sum(point is not None and bool(point.checked) for point in trend.points) > 1
    told = "; ".join(cell.share for cell in cells)
    return TrendRow(
        anchor=anchor,
        title=wording.pick(trend.title),
        rule=trend.rule,
        severity=coded(names.SEVERITIES, trend.severity, wording),
        change=_change(trend.change, wording),
        why="" if trend.why is None else wording.pick(trend.why),
        told=wording.gettext("From delivery to delivery: %(told)s", told=told) if drawn else "",
        cells=cells,
        teams=tuple(
            TeamRow(
                team=team_key(team.team, wording),
                change=_change(team.change, wording),
                cells=_cells(team.points, wording, counted=False),
            )
            for team in (trend.teams[:MOST_TEAMS] if trend.change != "same" else [])
        ),
    )


def _change(change: Change, wording: Wording) -> Coded:
    return coded(CHANGES, change, wording)


def _cells(points: Sequence[Point | None], wording: Wording, *, counted: bool) -> tuple[DeliveryCell, ...]:
    sizes = [_size(point, counted=counted) for point in points]
    most = max([size for size in sizes if size] or [1.0])
    step = 100 / max(len(points), 1)
    return tuple(
        _cell(point, size / most if size else 0.0, at * step, step, wording, counted=counted)
        for at, (point, size) in enumerate(zip(points, sizes, strict=True))
    )


def _size(point: Point | None, *, counted: bool) -> float | None:
    if point is None or point.failed is None:
        return None
    if counted:
        return float(point.failed)
    return point.failed / point.checked if point.checked else None


def _cell(point: Point | None, height: float, x: float, step: float, wording: Wording, *, counted: bool) -> DeliveryCell:
    share, counts = _told(point, wording, counted=counted)
    return DeliveryCell(
        share,
        counts,
        f"{x + step * 0.15:.2f}%",
        f"{step * 0.7:.2f}%",
        f"{100 - 92 * height:.2f}%",
        f"{92 * height:.2f}%",
    )


def _told(point: Point | None, wording: Wording, *, counted: bool) -> tuple[str, str]:
    if point is None:
        return NOTHING, ""
    if point.near:
        return wording.name(names.OUTCOMES, point.outcome), wording.gettext("< 5 from a later one")
    if point.failed is None or point.checked is None:
        return wording.name(names.OUTCOMES, point.outcome), ""
    if counted:
        return wording.number(point.failed), wording.gettext("found")
    counts = wording.gettext(
        "%(failed)s of %(checked)s", failed=wording.number(point.failed), checked=wording.number(point.checked)
    )
    return wording.share(point.failed, point.checked), counts
