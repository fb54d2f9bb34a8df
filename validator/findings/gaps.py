"""The gap list: where practice and registrations say different things, or the practice leaves something open."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, get_args

from logsyn.expectations.limit import reaches
from logsyn.expectations.practice import EVERY_TEAM
from logsyn.validator.database.answers import records
from logsyn.validator.disclosure.cells import Cell
from logsyn.validator.disclosure.gathered import GATHERED, gathered_of, nothing_gathered
from logsyn.validator.record import Gap, GapKind
from logsyn.validator.record import agreed as model

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    import duckdb

    from logsyn.expectations.practice import Practice
    from logsyn.validator.disclosure.cells import Cells
    from logsyn.validator.disclosure.gathered import Gathered
    from logsyn.validator.record import AgreedGroup

LOW_SHARE = 0.8
"""A share within the agreed days below this is worth a talk."""

LOW_SHARE_FROM = 30
"""Fewer registrations than this are too few to compare with what is agreed."""

TIGHT_FROM_DAYS = 2
"""Only where this many days or more are agreed is it worth asking whether fewer would do."""

MOST_NAMED = 12
"""What the practice leaves out of more activities than this is told as one number."""

MOST_GAPS = 50
"""So many gaps of one kind are listed."""

# What the log has of each activity: events, and those with a planned end.
USED = """
SELECT activity::VARCHAR AS activity, sum(pairs.events)::BIGINT AS events, coalesce(sum(ends), 0)::BIGINT AS ends,
  bool_or(agreed_registration_days IS NULL AND agreed_registration_working_days IS NULL AND NOT is_planned) AS lacks_days,
  bool_or(agreed_period_days IS NULL AND is_period) AS lacks_end, bool_or(in_practice) AS in_practice, bool_or(is_period) AS is_period
FROM pairs JOIN agreements USING (pair_no)
LEFT JOIN (SELECT pair_no, count(*) AS ends FROM event_facts WHERE {has_end} GROUP BY ALL) USING (pair_no)
WHERE activity IS NOT NULL GROUP BY ALL ORDER BY events DESC, activity"""

# The events of each activity, those with a planned end apart.
COUNTED = f"""
SELECT activity::VARCHAR AS activity, {{has_end}} AS ends, {GATHERED} FROM event_facts LEFT JOIN employees USING (resource)
GROUP BY ALL ORDER BY activity"""


class Used(NamedTuple):
    """One activity of the log, and what the practice lacks for it."""

    activity: str
    events: int
    ends: int
    lacks_days: bool
    lacks_end: bool
    in_practice: bool
    is_period: bool


def find_gaps(
    connection: duckdb.DuckDBPyConnection,
    practice: Practice,
    pairs: Sequence[AgreedGroup],
    have: frozenset[str],
    cells: Cells,
) -> tuple[list[Gap], int]:
    """The gaps in the order of their kinds, the most registrations first; and how many were left out of the list.

    ``pairs``: what is agreed and done by activity and team. Small groups are still in it, and are put among the ``cells``.
    """
    has_end = "planned_end IS NOT NULL" if "planned_end" in have else "false"
    used = [Used(**row) for row in records(connection.execute(USED.format(has_end=has_end)))]
    found = chain(
        _not_in_practice(used) if practice.activities else [],
        _undecided(used, have),
        _otherwise(pairs),
        _left_open(practice),
        _unused(connection, practice, used, have),
    )
    by_kind: dict[GapKind, list[Gap]] = {kind: [] for kind in get_args(model.GapKind)}
    for gap in found:
        by_kind[gap.kind].append(gap)
    shown = list(chain.from_iterable(gaps[:MOST_GAPS] for gaps in by_kind.values()))
    _add_cells(connection, have, cells, has_end, {gap.activity for gap in shown if gap.events and gap.team is None})
    return shown, sum(map(len, by_kind.values())) - len(shown)


def withheld(gap: Gap, visible: AbstractSet[Cell]) -> Gap:
    """A gap without the number of events where it must not be shown."""
    part = "ends" if gap.kind == "end_without_period" else "rows"
    if gap.events is None or gap.team is not None or Cell("activities", gap.activity, part=part) in visible:
        return gap
    return gap.model_copy(update={"events": None, "hidden": True})


def _add_cells(
    connection: duckdb.DuckDBPyConnection,
    have: frozenset[str],
    cells: Cells,
    has_end: str,
    told: AbstractSet[str | None],
) -> None:
    """The events of every activity, which add up to those of the log, and how many of them have a planned end; ``told``: those of which there is a gap."""
    has_people = "resource" in have
    rest = nothing_gathered(has_people=has_people)
    by_activity: dict[str | None, dict[bool, Gathered]] = {}
    for row in records(connection.execute(COUNTED.format(has_end=has_end))):
        by_activity.setdefault(row["activity"], {})[row["ends"]] = gathered_of(row, has_people=has_people)
    parts = []
    for activity, divided in by_activity.items():
        rows, with_end, without = (Cell("activities", activity, part=part) for part in ("rows", "ends", "no ends"))
        shown, ends = activity in told, divided.get(True, rest)
        events = ends.with_those_of(divided.get(False, rest))
        cells.add_group(rows, events.size, events.rows_are, shown=shown)
        cells.add_group(with_end, ends.size, ends.rows_are, shown=shown)
        cells.add(without, events.rows - ends.rows, small=False, shown=False)
        cells.adds_up(rows, [with_end, without])
        parts.append(rows)
    total = Cell("activities", part="all")
    cells.add_public(total, sum(cells.count(part) for part in parts))
    cells.adds_up(total, parts)


def _not_in_practice(used: Sequence[Used]) -> Iterator[Gap]:
    unknown = [one for one in used if not one.in_practice]
    for one in unknown:
        yield Gap(kind="activity_not_in_practice", activity=one.activity, events=one.events)


def _undecided(used: Sequence[Used], have: AbstractSet[str]) -> Iterator[Gap]:
    for one in used:
        if not one.in_practice:
            continue
        if one.lacks_days and "registered_at" in have:
            yield Gap(kind="no_agreed_days", activity=one.activity, events=one.events)
        if one.lacks_end:
            yield Gap(kind="period_without_agreed_end", activity=one.activity, events=one.events)
        if one.ends and not one.is_period:
            yield Gap(kind="end_without_period", activity=one.activity, events=one.ends)


def _otherwise(pairs: Sequence[AgreedGroup]) -> Iterator[Gap]:
    """Where what is typical is not what is agreed; each pair is told of once."""
    for pair in pairs:
        agreed = pair.agreed_days if pair.agreed_working_days is None else pair.agreed_working_days
        median, p90 = pair.median_days, pair.p90_days
        if pair.events is None or pair.events < LOW_SHARE_FROM or agreed is None or median is None or p90 is None:
            continue
        in_time = pair.events - (pair.late or 0)
        within = in_time / pair.events
        if not reaches(in_time, pair.events, 0.5):
            yield _of_pair("typical_later", pair, within, median)
        elif not reaches(in_time, pair.events, LOW_SHARE):
            yield _of_pair("share_below", pair, within, median)
        elif agreed >= TIGHT_FROM_DAYS and 0 <= p90 <= _half_of_agreed(pair):
            yield _of_pair("typical_earlier", pair, within, p90)


def _half_of_agreed(pair: AgreedGroup) -> float:
    """Half of the agreed time in days that all count. Of working days whole ones: so many days have no more working days than that."""
    return (pair.agreed_days or 0) / 2 if pair.agreed_working_days is None else pair.agreed_working_days // 2


def _left_open(practice: Practice) -> Iterator[Gap]:
    for label, activity in practice.activities.items():
        meanings = len(set(activity.meaning.values()))
        if meanings > 1:
            yield Gap(kind="several_meanings", activity=label, count=meanings)
    silent = [label for label, one in practice.activities.items() if EVERY_TEAM not in one.meaning]
    yield from _together("no_meaning", silent)
    if EVERY_TEAM not in practice.default.registered_by:
        unnamed = [label for label, one in practice.activities.items() if EVERY_TEAM not in one.registered_by]
        yield from _together("nobody_named", unnamed)


def _together(kind: GapKind, labels: Sequence[str]) -> list[Gap]:
    """One gap for each activity, or one for all of them when there are many."""
    if len(labels) > MOST_NAMED:
        return [Gap(kind=kind, count=len(labels))]
    return [Gap(kind=kind, activity=label) for label in labels]


def _unused(
    connection: duckdb.DuckDBPyConnection, practice: Practice, used: Sequence[Used], have: AbstractSet[str]
) -> Iterator[Gap]:
    seen = {one.activity for one in used}
    yield from (Gap(kind="activity_not_used", activity=label) for label in practice.activities if label not in seen)
    if "team" in have:
        teams = _distinct(connection, "SELECT DISTINCT team::VARCHAR FROM pairs")
        yield from (Gap(kind="team_not_in_log", team=team) for team in sorted(practice.teams() - teams))
    if "resource" in have and practice.resources:
        here = _distinct(connection, "SELECT resource FROM system_resources SEMI JOIN event_facts USING (resource)")
        unseen = (name for name in practice.system_users() if name not in here)
        yield from (Gap(kind="system_user_not_in_log", system_user=name) for name in unseen)


def _distinct(connection: duckdb.DuckDBPyConnection, query: str) -> set[str]:
    return {value for (value,) in connection.execute(query).fetchall() if value is not None}


def _of_pair(kind: GapKind, pair: AgreedGroup, within: float, typical_days: float) -> Gap:
    return Gap(
        kind=kind,
        activity=pair.activity,
        team=pair.team,
        events=pair.events,
        share=round(within, 6),
        agreed_days=pair.agreed_days,
        agreed_working_days=pair.agreed_working_days,
        typical_days=typical_days,
    )
