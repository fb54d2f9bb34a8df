"""Whether teams use one label for different things: excess Jensen-Shannon divergence between the contexts they use it in.

Method: for each label the divergence, in bits, between the teams' distributions of what stands around it, minus the mean of
the same divergence when the events are dealt to the teams at random (a permutation test; Good, "Permutation, Parametric and
Bootstrap Tests", 2005). Divergence: Lin, "Divergence measures based on the Shannon entropy", IEEE Trans. Inf. Theory 37 (1991),
with equal weights for the teams.

Teams differ anyway: one goes another way, adds a step, or does two in another order. Then a label stands beside one neighbour
that others do not know and one that they do. A label that means something else stands in other surroundings: both neighbours
are strange to it. So only what lies in strange surroundings counts as excess; all other contexts are taken as one. It must stand
out from the other labels of the log: by Tukey's outer rule for box plots (Tukey, "Exploratory Data Analysis", 1977), and
against the upper quartile of what the teams differ by in all contexts of their other labels, the yardstick.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

SAMPLED_EVENTS = 1000
"""At most so many events of a label are compared: enough to see a difference, few enough to deal them out anew many times."""
DEALS = 299
"""So a p-value can be as small as 1/300: three deals in which chance does as much would already be too many for 0.01."""
DEALS_OF_YARDSTICK = 20
FEWEST_EVENTS_OF_TEAM = 10
MOST_TEAMS = 8
LEAST_EXCESS_BITS = 0.02
"""An excess that is less than this is no difference in meaning, however significant."""
NOISE = 5
"""So many standard deviations of what chance gives the label itself: of fifty labels one has p < 0.01 by chance every other time."""
KNOWN_SHARE = 0.1
"""A neighbour is known to a team that has it beside the label at least so often, compared with the team that has it most."""


@dataclass(frozen=True)
class Overload:
    """What was measured for one label.

    ``excess_bits``: the excess in strange surroundings. ``yardstick_bits``: the upper quartile of the excess of the other labels in
    all surroundings. ``outlier_limit_bits``: the excess from which the label stands out. ``team_share``: share of the label's events
    that belong to ``team``, the one whose use differs most.
    """

    activity: str
    excess_bits: float
    p_value: float
    yardstick_bits: float
    outlier_limit_bits: float
    team: str
    team_share: float


@dataclass(frozen=True)
class _Measured:
    activity: str
    strange_bits: float
    noise_bits: float
    all_bits: float
    p_value: float
    team: str
    team_share: float


def measure_overload(contexts: pd.DataFrame, facets: list[str]) -> list[Overload]:
    """Measure every label that at least two teams use.

    Args:
        contexts: one row per activity, team and combination of ``previous``, ``next`` (numbers of activities, the same for
            both) and facets, with ``events``; sorted, so that the result is the same in every run.
        facets: further columns that describe a use; their divergences are added.

    Returns:
        One record per label that at least two teams use at least FEWEST_EVENTS_OF_TEAM times.
    """
    by_team = contexts.groupby(["activity", "team"], sort=True, observed=True)["events"].sum()
    used = by_team[by_team >= FEWEST_EVENTS_OF_TEAM].groupby("activity").size()
    compared = contexts[contexts["activity"].isin(used[used > 1].index)]
    measured = [
        _measure_label(str(activity), of_label, facets)
        for activity, of_label in compared.groupby("activity", sort=True, observed=True)
    ]
    strange = np.array([one.strange_bits for one in measured])
    everywhere = np.array([one.all_bits for one in measured])
    return [
        Overload(
            one.activity,
            one.strange_bits,
            one.p_value,
            *_yardstick(np.delete(strange, at), np.delete(everywhere, at), one.noise_bits),
            one.team,
            one.team_share,
        )
        for at, one in enumerate(measured)
    ]


def _yardstick(strange: NDArray[np.float64], everywhere: NDArray[np.float64], noise: float) -> tuple[float, float]:
    """The upper quartile of the excess of the other labels in all surroundings, and the limit from which a label stands out from them and from chance."""
    least = max(LEAST_EXCESS_BITS, NOISE * noise)
    if not len(strange):
        return 0.0, least
    low, middle, high = np.quantile(strange, [0.25, 0.5, 0.75])
    usual = float(np.quantile(everywhere, 0.75))
    limit = max(high + 1.5 * (high - low), 2 * middle, usual, least)
    return usual, float(limit)


def _measure_label(activity: str, of_label: pd.DataFrame, facets: list[str]) -> _Measured:
    by_team = of_label.groupby("team", sort=True, observed=True)["events"].sum()
    teams = by_team[by_team >= FEWEST_EVENTS_OF_TEAM].nlargest(MOST_TEAMS).index.sort_values()
    compared = of_label[of_label["team"].isin(teams)]
    rng = np.random.default_rng(1977)
    chosen = _sample(compared["events"].to_numpy(), rng)
    team_of = np.repeat(np.searchsorted(teams.to_numpy(dtype=str), compared["team"].to_numpy(dtype=str)), chosen)
    previous, following = (np.repeat(compared[name].to_numpy(), chosen) for name in ("previous", "next"))
    further = [_codes(np.repeat(compared[facet].to_numpy(), chosen)) for facet in facets]
    surroundings = _codes(previous * (int(max(previous.max(), following.max())) + 1) + following) + 1
    dealt = np.vstack([team_of, rng.permuted(np.tile(team_of, (DEALS, 1)), axis=1)])
    # What is strange is told anew for each deal: few events of a team make much look strange by chance.
    strange = np.where(_both_strange(dealt, previous, following), surroundings, 0)
    excess, p_value, noise = _excess(dealt, [strange, *further], len(teams))
    everywhere, _, _ = _excess(dealt[: DEALS_OF_YARDSTICK + 1], [surroundings, *further], len(teams))
    team = str(teams[int(excess.argmax())])
    share = float(by_team[team] / by_team.sum())
    return _Measured(activity, float(excess.sum()), noise, float(everywhere.sum()), p_value, team, share)


def _both_strange(
    dealt: NDArray[np.int64], previous: NDArray[np.int64], following: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Deals x events: whether neither neighbour is one that more than half of the teams know, on whichever side."""
    deals, teams, kinds = len(dealt), int(dealt.max()) + 1, int(max(previous.max(), following.max())) + 1
    place = np.arange(deals)[:, np.newaxis] * teams + dealt
    beside = sum(
        np.bincount((place * kinds + neighbour).ravel(), minlength=deals * teams * kinds)
        for neighbour in (previous, following)
    )
    sizes = np.bincount(place.ravel(), minlength=deals * teams).reshape(deals, teams, 1)
    shares = np.reshape(beside, (deals, teams, kinds)) / sizes
    known = (shares >= KNOWN_SHARE * shares.max(axis=1, keepdims=True)).sum(axis=1) > teams / 2
    strange: NDArray[np.bool_] = ~(known[:, previous] | known[:, following])
    return strange


def _excess(
    dealt: NDArray[np.int64], codes: list[NDArray[np.int64]], teams: int
) -> tuple[NDArray[np.float64], float, float]:
    """Of the first deal against the others: each team's part of the excess, and the p-value and standard deviation of the sum."""
    observed, *by_chance = divergence(dealt, codes, teams)
    totals = np.sum(by_chance, axis=1)
    as_much = int((totals >= observed.sum() - 1e-12).sum())
    return observed - np.mean(by_chance, axis=0), (1 + as_much) / len(dealt), float(totals.std())


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
    parts: NDArray[np.float64] = np.sum([_divergence_of_facet(dealt, code, teams) for code in codes], axis=0)
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
