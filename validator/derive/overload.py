"""Whether teams use one label for different things: excess Jensen-Shannon divergence between the contexts they use it in.

Method: for each label the divergence, in bits, between the teams' distributions of what stands around it, minus the mean of
the same divergence when the events are dealt to the teams at random (a permutation test; Good, "Permutation, Parametric and
Bootstrap Tests", 2005). Divergence: Lin, "Divergence measures based on the Shannon entropy", IEEE Trans. Inf. Theory 37 (1991),
with equal weights for the teams.

Teams differ anyway, so only strange surroundings count (``strangeness.py``), and there are two ways to stand out. Either the
team uses the label for another thing beside its own: what is strange before and behind it belongs together, which ways of one's
own do not give. Only the part of the excess that independent neighbours would not give counts; it must be significant for all
labels and teams of the log at once (Bonferroni). Or the team uses the label for something else altogether: then there is nothing
to tell it from, and the excess must be several times the yardstick, the upper quartile of what the teams differ by in all
surroundings of their other labels, or most of what it can be at most. In both ways the label must stand out from the others by Tukey's rule for box plots
(Tukey, "Exploratory Data Analysis", 1977).
"""

from __future__ import annotations

from math import log2
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from logsyn.validator.derive.strangeness import (
    KNOWN_AT_ALL,
    KNOWN_WELL,
    SIGNIFICANT,
    beside_label,
    direct_steps,
    strange_sides,
    together,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

SAMPLED_EVENTS = 1000
"""At most so many events of a label are compared: enough to see a difference, few enough to deal them out anew many times."""
DEALS = 299
"""So a p-value can be as small as 1/300: three deals in which chance does as much would already be too many for 0.01."""
FIRST_DEALS = 59
"""Of these it is told which labels may stand out at all; only they are dealt out DEALS times. Their p-value is 1/60 at least."""
NEAR = 0.5
"""A label whose excess is such a part of its limit after the first deals may stand out after all of them."""
DEALS_OF_YARDSTICK = 20
FEWEST_EVENTS_OF_TEAM = 10
MOST_TEAMS = 8
MOST_NEIGHBOURS = 400
"""So many names are told apart as neighbours: free text has a name for every event, and none of them tells anything."""
LEAST_EXCESS_BITS = 0.01
"""An excess that is less than this is no difference in meaning, however significant."""
NOISE = 5
"""So many standard deviations of what chance gives the label itself: of fifty labels one has p < 0.01 by chance every other time."""
LEAST_STRANGE = 1 / 3
"""So much of what the teams differ by in all surroundings of that label must lie in strange ones: one changed neighbour is no other use."""
USUAL = 10
"""So many times the yardstick must a label stand out that one team uses for something else altogether, or"""
PART_OF_REST = 2 / 3
"""so much of what is left from the yardstick to the most that it can be, since ten times the yardstick may be more than that; and then"""
LEAST_USUAL = 3
"""so many times the yardstick at least: where teams differ in everything, a label that differs most is no other thing."""


class Overload(NamedTuple):
    """What was measured for one label.

    ``excess_bits``: the excess in strange surroundings, all of it or the part that belongs together, whichever stands out more.
    ``p_value``: that chance does as much; of the part that belongs together also, for all labels and teams at once, that
    independent neighbours do. ``yardstick_bits``: the upper quartile of the excess of the other labels in all surroundings.
    ``outlier_limit_bits``: the excess from which the label stands out. ``team_share``: share of the label's events that belong
    to ``team``, the one whose use differs most.
    """

    activity: str
    excess_bits: float
    p_value: float
    yardstick_bits: float
    outlier_limit_bits: float
    team: str
    team_share: float

    @property
    def stands_out(self) -> bool:
        """Whether the excess alone speaks for several meanings; by chance or not, the p-value says."""
        return self.excess_bits > self.outlier_limit_bits


class _Way(NamedTuple):
    """One of the two ways to stand out: its excess, what chance gives, how many deals give as much, and the team, by its number, whose use differs most."""

    bits: float
    noise_bits: float
    as_much: int
    p_value: float
    team: int


class _Measured(NamedTuple):
    """Of one label: the two ways, the excess in all surroundings, and the teams with their shares of the label's events."""

    activity: str
    whole: _Way
    part: _Way
    p_together: float
    all_bits: float
    teams: tuple[tuple[str, float], ...]


def measure_overload(contexts: pd.DataFrame, facets: list[str]) -> list[Overload]:
    """Measure every label that at least two teams use.

    Args:
        contexts: one row per activity, team and combination of ``previous``, ``next`` (activities; a name of its own for none)
            and facets, with ``events``; sorted, so that the result is the same in every run.
        facets: further columns that describe a use; their divergences are added.

    Returns:
        One record per label that at least two teams use at least FEWEST_EVENTS_OF_TEAM times.
    """
    names = _neighbours(contexts)
    places = {"previous": "previous", "next": "next", "place": "activity"}
    coded = contexts.assign(**{name: names.get_indexer(contexts[column]) for name, column in places.items()})
    coded = coded.assign(**{end: coded[end].where(coded[end] >= 0, len(names)) for end in ("previous", "next")})
    team_names = np.unique(contexts["team"].to_numpy(dtype=str))
    coded["team"] = np.searchsorted(team_names, contexts["team"].to_numpy(dtype=str))
    coded = coded.assign(**{facet: _codes(contexts[facet].to_numpy()) for facet in facets})
    by_team = coded.groupby(["activity", "team"], sort=True, observed=True)["events"].sum()
    used = by_team[by_team >= FEWEST_EVENTS_OF_TEAM].groupby("activity").size()
    compared = coded[coded["activity"].isin(used[used > 1].index)]
    direct = direct_steps(coded, len(names) + 1)
    labels = [
        (str(activity), of_label) for activity, of_label in compared.groupby("activity", sort=True, observed=True)
    ]
    first = [_measure_label(*label, team_names, facets, direct, FIRST_DEALS) for label in labels]
    measured = [
        _measure_label(*label, team_names, facets, direct, DEALS) if _may_stand_out(first, at) else first[at]
        for at, label in enumerate(labels)
    ]
    return [_judged(measured, at) for at in range(len(measured))]


def _neighbours(contexts: pd.DataFrame) -> pd.Index:
    """The names that stand beside a label, at most MOST_NEIGHBOURS of the commonest; all others are one name together."""
    counted = (
        contexts.groupby("previous", observed=True)["events"]
        .sum()
        .add(contexts.groupby("next", observed=True)["events"].sum(), fill_value=0)
    )
    commonest = sorted(counted.index, key=lambda name: (-counted[name], name))[:MOST_NEIGHBOURS]
    return pd.Index(sorted(commonest))


def _may_stand_out(measured: list[_Measured], at: int) -> bool:
    """Whether more deals could show that a label stands out: chance has not done as much too often yet, and its limit is near."""
    return any(
        way.as_much < SIGNIFICANT * (DEALS + 1) and way.bits > NEAR * limit for way, limit in _ways(measured, at)
    )


def _judged(measured: list[_Measured], at: int) -> Overload:
    """The label against the others, by the way in which it stands out more."""
    one = measured[at]
    tests = sum(len(label.teams) for label in measured)
    (whole, whole_limit), (part, part_limit) = _ways(measured, at)
    ways = [
        (whole, whole.p_value, whole_limit),
        (part, min(1.0, max(part.p_value, one.p_together * tests)), part_limit),
    ]
    way, p_value, limit = max(ways, key=lambda of: (of[1] < SIGNIFICANT, of[0].bits / of[2]))
    return Overload(one.activity, way.bits, p_value, _usual(measured, at), limit, *one.teams[way.team])


def _ways(measured: list[_Measured], at: int) -> tuple[tuple[_Way, float], tuple[_Way, float]]:
    """The two ways of a label to stand out, each with the excess from which it does."""
    one, others = measured[at], measured[:at] + measured[at + 1 :]
    whole_limit = _limit(one.whole, [other.whole for other in others])
    whole_limit = max(whole_limit, _unusual(_usual(measured, at), len(one.teams)), LEAST_STRANGE * one.all_bits)
    return (one.whole, whole_limit), (one.part, _limit(one.part, [other.part for other in others]))


def _usual(measured: list[_Measured], at: int) -> float:
    """The yardstick of a label: the upper quartile of the excess of the others in all surroundings."""
    others = [other.all_bits for number, other in enumerate(measured) if number != at]
    return float(np.quantile(others, 0.75)) if others else 0.0


def _unusual(usual: float, teams: int) -> float:
    """From which excess on a label stands out from a yardstick, given what the excess can be at most.

    Where one team of k has surroundings of its own and all others agree, the divergence is the entropy of 1/k: log2(2) for two teams.
    """
    most = (teams * log2(teams) - (teams - 1) * log2(teams - 1)) / teams
    return min(USUAL * usual, max(LEAST_USUAL * usual, usual + PART_OF_REST * (most - usual)))


def _limit(way: _Way, others: list[_Way]) -> float:
    """The excess from which a label stands out from the others and from chance."""
    low, middle, high = np.quantile([other.bits for other in others], [0.25, 0.5, 0.75]) if others else (0.0, 0.0, 0.0)
    return max(float(high + 1.5 * (high - low)), 2 * float(middle), NOISE * way.noise_bits, LEAST_EXCESS_BITS)


def _measure_label(
    activity: str,
    of_label: pd.DataFrame,
    team_names: NDArray[np.str_],
    facets: list[str],
    direct: NDArray[np.bool_],
    deals: int,
) -> _Measured:
    by_team = of_label.groupby("team", sort=True)["events"].sum()
    teams = by_team[by_team >= FEWEST_EVENTS_OF_TEAM].nlargest(MOST_TEAMS).index.sort_values().to_numpy()
    compared = of_label[of_label["team"].isin(teams)]
    rng = np.random.default_rng(1977)
    chosen = _sample(compared["events"].to_numpy(), rng)
    of_team = np.searchsorted(teams, compared["team"].to_numpy())
    # A small team of a common label may not be in the sample at all.
    sampled = np.bincount(of_team, weights=chosen, minlength=len(teams)) > 0
    chosen, of_team, teams = chosen * sampled[of_team], (sampled.cumsum() - 1)[of_team], teams[sampled]
    team_of = np.repeat(of_team, chosen)
    previous, following = (np.repeat(compared[name].to_numpy(), chosen) for name in ("previous", "next"))
    further = [_codes(np.repeat(compared[facet].to_numpy(), chosen)) for facet in facets]
    surroundings = _codes(previous * (int(max(previous.max(), following.max())) + 1) + following) + 1
    # The first deals are the same whether more follow or not, since each row is dealt out by itself.
    dealt = np.vstack([team_of, rng.permuted(np.tile(team_of, (deals, 1)), axis=1)])
    # What is strange is told anew for each deal: few events of a team make much look strange by chance.
    beside = beside_label(dealt, previous, following, len(direct))
    in_facets = divergence(dealt, further, len(teams))
    sides = strange_sides(beside, previous, following, direct, KNOWN_WELL)
    strange = divergence(dealt, [np.where(sides.both, surroundings, 0)], len(teams))
    whole = _way(strange + in_facets, 1.0)
    few = slice(DEALS_OF_YARDSTICK + 1)
    everywhere = _excess(divergence(dealt[few], [surroundings], len(teams)) + in_facets[few])
    sides = strange_sides(beside, previous, following, direct, KNOWN_AT_ALL)
    tied = together(team_of, sides)
    part = _way(divergence(dealt, [np.where(sides.both, surroundings, 0)], len(teams)), tied.part)._replace(
        team=tied.team
    )
    named = tuple((str(team_names[team]), float(by_team[team] / by_team.sum())) for team in teams)
    return _Measured(activity, whole, part, tied.p_value, float(everywhere.sum()), named)


def _way(parts: NDArray[np.float64], share: float) -> _Way:
    """Of the divergence of each deal by team: how much more the first, the true one, has than the others; ``share`` of it counts."""
    excess, totals = _excess(parts), parts.sum(axis=1)
    as_much = int((totals[1:] >= totals[0] - 1e-12).sum())
    return _Way(
        float(excess.sum()) * share, float(totals[1:].std()), as_much, (1 + as_much) / len(parts), int(excess.argmax())
    )


def _excess(parts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each team's part of the excess."""
    excess: NDArray[np.float64] = parts[0] - parts[1:].mean(axis=0)
    return excess


def _sample(events: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int64]:
    if events.sum() <= SAMPLED_EVENTS:
        return events
    return rng.multivariate_hypergeometric(events, SAMPLED_EVENTS, method="marginals")


def _codes(facet: NDArray[np.generic]) -> NDArray[np.int64]:
    codes: NDArray[np.int64] = np.unique(facet, return_inverse=True)[1]
    return codes


def divergence(dealt: NDArray[np.int64], codes: list[NDArray[np.int64]], teams: int) -> NDArray[np.float64]:
    """Each team's part of the Jensen-Shannon divergence in bits, over all facets, for every deal; a deal's sum is its divergence.

    Args:
        dealt: deals x events, the team of each event.
        codes: per facet the kind of each event, the same for all deals or deals x events.
        teams: how many teams there are.

    Returns:
        deals x teams.
    """
    parts = np.zeros((len(dealt), teams))
    for code in codes:
        parts += _divergence_of_facet(dealt, code, teams)
    return parts


def _divergence_of_facet(dealt: NDArray[np.int64], code: NDArray[np.int64], teams: int) -> NDArray[np.float64]:
    deals, kinds = dealt.shape[0], int(code.max()) + 1
    cells = (np.arange(deals)[:, np.newaxis] * teams + dealt) * kinds + code
    counts = np.bincount(cells.ravel(), minlength=deals * teams * kinds).reshape(deals, teams, kinds)
    sizes = counts.sum(axis=2, keepdims=True)
    shares = counts / sizes
    mixture = np.maximum(shares.mean(axis=1), np.finfo(float).tiny)
    # sum p log(p / m) = sum p log p - sum p log m; the first from a table, since counts are small whole numbers.
    numbers = np.arange(int(counts.max()) + 1, dtype=float)
    own = (numbers * np.log2(np.maximum(numbers, 1)))[counts].sum(axis=2) / sizes[:, :, 0] - np.log2(sizes[:, :, 0])
    parts: NDArray[np.float64] = (own - np.einsum("dtk,dk->dt", shares, np.log2(mixture))) / teams
    return parts
