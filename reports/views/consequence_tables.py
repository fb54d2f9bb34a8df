"""Owns the small tables of a consequence: arcs, waiting times, periods, case ends, parts of a label, pairs, lost rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from logsyn.reports import names
from logsyn.reports.figures import NOTHING
from logsyn.reports.views.page import Key, activity_key, team_key
from logsyn.validator.record import is_ruled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from logsyn.reports.wording import Wording
    from logsyn.validator.record import Arc, Consequence, Difference

MOST_ARCS = 5


@dataclass(frozen=True)
class SmallRow:
    """One row; the keys come first, then the figures."""

    keys: tuple[Key, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Small:
    """A table with a caption; ``key_names`` and ``headings`` stand over keys and figures."""

    caption: str
    key_names: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[SmallRow, ...]


def small_tables(known: Consequence, wording: Wording) -> tuple[Small, ...]:
    """The tables of what is known, empty ones left out."""
    made = [_waiting(known, wording), _lengths(known, wording), _case_ends(known, wording), _parts(known, wording), _pairs(known, wording), _lost(known, wording)]  # fmt: skip
    if known.comparison is not None:
        by_registration = known.comparison.basis == "registration"
        lost = (
            wording.gettext("Arcs that exist only in the order of registration")
            if by_registration
            else wording.gettext("Arcs that vanish")
        )
        gained = (
            wording.gettext("Arcs that exist only in the order of the events")
            if by_registration
            else wording.gettext("Arcs that are new")
        )
        made.append(_arcs(lost, known.comparison.lost, known.comparison.arcs_lost, wording))
        made.append(_arcs(gained, known.comparison.gained, known.comparison.arcs_gained, wording))
    return tuple(table for table in made if table is not None)


def _small(
    caption: str, key_names: tuple[str, ...], headings: tuple[str, ...], rows: Sequence[SmallRow]
) -> Small | None:
    return Small(caption, key_names, headings, tuple(rows)) if rows else None


def _arcs(name: str, arcs: list[Arc], total: int, wording: Wording) -> Small | None:
    shown = arcs[:MOST_ARCS]
    caption = wording.gettext("%(name)s: the commonest of %(total)s", name=name, total=wording.number(total))
    rows = [SmallRow((activity_key(arc.source, wording), activity_key(arc.target, wording)), (wording.number(arc.events),)) for arc in shown]  # fmt: skip
    return _small(caption, (wording.gettext("From"), wording.gettext("To")), (wording.gettext("Times, at most"),), rows)


def _waiting(known: Consequence, wording: Wording) -> Small | None:
    rows = known.backdating.waiting if known.backdating else []
    return _small(
        wording.gettext("Half of the steps come sooner after the step before than"),
        (wording.gettext("Team"),),
        (
            wording.gettext("Registrations, at most"),
            wording.gettext("By event"),
            wording.gettext("By registration"),
        ),
        [
            SmallRow(
                (team_key(row.team, wording),),
                (
                    wording.unless_small(row.events),
                    _days(row.median_days_happened, wording),
                    _days(row.median_days_registered, wording),
                ),
            )
            for row in rows
        ],
    )


def _lengths(known: Consequence, wording: Wording) -> Small | None:
    rows = known.far_ends.lengths if known.far_ends else []
    return _small(
        wording.gettext("Half of the periods are shorter than"),
        (wording.gettext("Activity"),),
        (
            wording.gettext("Periods"),
            wording.gettext("As registered"),
            wording.gettext("Clipped at the as-of day"),
            wording.gettext("Far ends left open"),
        ),
        [
            SmallRow(
                (activity_key(row.activity, wording),),
                (
                    wording.unless_small(row.events),
                    _days(row.median_days, wording),
                    _days(row.median_days_clipped, wording),
                    _days(row.median_days_open, wording),
                ),
            )
            for row in rows
        ],
    )


def _case_ends(known: Consequence, wording: Wording) -> Small | None:
    rows = known.far_ends.case_ends if known.far_ends else []
    ruled = any(is_ruled(row.mean_duration_seconds, row.median_duration_seconds) for row in rows)
    return _small(
        wording.gettext("Ends of cases when the ends of their periods count"),
        (wording.gettext("Reading"),),
        (
            wording.gettext("End after the as-of day"),
            wording.gettext("Half of the cases last less than"),
            *([] if ruled else [wording.gettext("Mean duration of a case")]),
        ),
        [
            SmallRow(
                (Key(wording.name(names.READINGS, row.reading), given=False),),
                (
                    wording.number(row.running),
                    wording.seconds(row.median_duration_seconds),
                    *([] if ruled else [wording.seconds(row.mean_duration_seconds)]),
                ),
            )
            for row in rows
        ],
    )


def _parts(known: Consequence, wording: Wording) -> Small | None:
    split = known.split
    if split is None:
        return None
    rows = [SmallRow((activity_key(part.label, wording),), (wording.unless_small(part.events),)) for part in split.parts]
    caption = wording.gettext(
        "Split into its meanings: %(n)s apparent repetitions vanish",
        n=wording.number(split.rework_before - split.rework_after),
    )
    return _small(caption, (wording.gettext("Activity"),), (wording.gettext("Registrations"),), rows)


def _pairs(known: Consequence, wording: Wording) -> Small | None:
    rows = known.ties.pairs if known.ties else []
    return _small(
        wording.gettext("Activities at one time, and how often the rows stand in which order"),
        (wording.gettext("First"), wording.gettext("Then")),
        (wording.gettext("Times"), wording.gettext("The other way round")),
        [
            SmallRow(
                (activity_key(row.source, wording), activity_key(row.target, wording)),
                (wording.unless_small(row.events), wording.unless_small(row.reversed)),
            )
            for row in rows
        ],
    )


def _lost(known: Consequence, wording: Wording) -> Small | None:
    rows = known.lost.differences if known.lost else []
    return _small(
        wording.gettext("Where the lost rows differ from the others"),
        (wording.gettext("Group"),),
        (wording.gettext("Lost"), wording.gettext("Share of the lost"), wording.gettext("Share of the others")),
        [
            SmallRow(
                (_group(row, wording),),
                (wording.number(row.lost), wording.percent(row.share_of_lost), wording.percent(row.share_of_kept)),
            )
            for row in rows
        ],
    )


def _group(row: Difference, wording: Wording) -> Key:
    return Key(wording.month(row.key or "") if row.dimension == "month" else row.key or NOTHING, given=True)


def _days(value: float | None, wording: Wording) -> str:
    return NOTHING if value is None else wording.seconds(value * 86_400)
