"""Which surroundings of a label are strange to it, and whether what is strange before and behind it belongs together.

A neighbour is known to a team that has it on that side of the label often enough, compared with the team that has it most, and
strange when no more than half of the teams know it. Surroundings are strange when both neighbours are, unless the label has only
changed places with one of them: that neighbour is known on the other side, and the two neighbours are a usual step.

A way of one's own makes one side strange, and two of them both sides of some events, as often as chance has it. Where a label
stands for something else, both sides are strange in the same events. The p-value is that of Fisher's exact test
(``fisher.py``) of the two sides within a team.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from logsyn.validator.derive.fisher import as_many_together

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

SIGNIFICANT = 0.01
KNOWN_WELL = 0.2
"""A neighbour is known to a team that has it beside the label at least so often, compared with the team that has it most."""
KNOWN_AT_ALL = 0.05
"""The same where few events are to be told from what the other teams do now and then."""


class Sides(NamedTuple):
    """Deals x events: whether the neighbour before, the one behind, and the surroundings are strange."""

    before: NDArray[np.bool_]
    behind: NDArray[np.bool_]
    both: NDArray[np.bool_]


class Together(NamedTuple):
    """The team with most in strange surroundings, the part of that which independent sides do not give, and the p-value of their independence."""

    team: int
    part: float
    p_value: float


def direct_steps(contexts: pd.DataFrame, kinds: int) -> NDArray[np.bool_]:
    """Previous x next: whether at least half of the teams know the step from one to the other.

    Args:
        contexts: rows with ``team`` (a number), ``previous``, ``place`` (the number of the activity itself, -1 for one that is nobody's
            neighbour) and ``events``.
        kinds: how many numbers there are.
    """
    neighbours = contexts[contexts["place"] >= 0]
    team = np.unique(neighbours["team"].to_numpy(), return_inverse=True)[1]
    counts = np.zeros((int(team.max(initial=0)) + 1, kinds, kinds))
    # By both ends, since the begin and the end of a case are neighbours only.
    for step in (("previous", "place"), ("place", "next")):
        np.add.at(counts, (team, *(neighbours[end].to_numpy() for end in step)), neighbours["events"].to_numpy())
    sizes = counts.sum(axis=1, keepdims=True)
    shares = counts / np.maximum(sizes, 1)
    direct: NDArray[np.bool_] = 2 * _knowing(shares, KNOWN_AT_ALL, axis=0) >= np.maximum((sizes > 0).sum(axis=0), 1)
    return direct


def beside_label(
    dealt: NDArray[np.int64], previous: NDArray[np.int64], following: NDArray[np.int64], kinds: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What each team has before and behind the label in each deal: shares of its events, deals x teams x kinds.

    Args:
        dealt: deals x events, the team of each event.
        previous: the neighbour before each event.
        following: the one behind it.
        kinds: how many neighbours there are.
    """
    deals, teams = len(dealt), int(dealt.max()) + 1
    place = np.arange(deals)[:, np.newaxis] * teams + dealt
    sizes = np.bincount(place.ravel(), minlength=deals * teams).reshape(deals, teams, 1)
    place *= kinds
    before, behind = (
        np.bincount((place + side).ravel(), minlength=deals * teams * kinds).reshape(deals, teams, kinds) / sizes
        for side in (previous, following)
    )
    return before, behind


def strange_sides(
    beside: tuple[NDArray[np.float64], NDArray[np.float64]],
    previous: NDArray[np.int64],
    following: NDArray[np.int64],
    direct: NDArray[np.bool_],
    known: float,
) -> Sides:
    """What is strange in each deal, by the neighbours of each event and how often each team has them ``beside`` the label."""
    teams = beside[0].shape[1]
    before, behind = (_knowing(shares, known, axis=1) for shares in beside)
    strange_before, strange_behind = (before * 2 <= teams)[:, previous], (behind * 2 <= teams)[:, following]
    on_other_side = (behind * 2 >= teams)[:, previous] | (before * 2 >= teams)[:, following]
    changed_places = on_other_side & direct[previous, following]
    return Sides(strange_before, strange_behind, strange_before & strange_behind & ~changed_places)


def _knowing(shares: NDArray[np.float64], known: float, axis: int) -> NDArray[np.int64]:
    """How many teams, along ``axis``, know each neighbour."""
    most = shares.max(axis=axis, keepdims=True)
    counted: NDArray[np.int64] = ((shares >= known * most) & (shares > 0)).sum(axis=axis)
    return counted


def together(team_of: NDArray[np.int64], sides: Sides) -> Together:
    """Of the first deal, the true one: in the team with the greatest share in strange surroundings."""
    sizes, before, behind, both = (
        np.bincount(team_of, weights=of, minlength=int(team_of.max()) + 1)
        for of in (np.ones(len(team_of)), sides.before[0], sides.behind[0], sides.both[0])
    )
    team = int((both / sizes).argmax())
    if not both[team]:
        return Together(team, 0.0, 1.0)
    by_chance = before[team] * behind[team] / sizes[team]
    p_value = as_many_together(*(int(count[team]) for count in (sizes, before, behind, both)))
    return Together(team, max(0.0, 1 - float(by_chance / both[team])), float(p_value))
