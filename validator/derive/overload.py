"""Whether teams use one label for different things: excess Jensen-Shannon divergence between the contexts they use it in.

Method: for each label the divergence, in bits, between the teams' distributions of what stands around it, minus the mean of
the same divergence when the events are dealt to the teams at random (a permutation test; Good, "Permutation, Parametric and
Bootstrap Tests", 2005). Since teams differ anyway, a label must stand out from the other labels of the same log by Tukey's
outer rule for box plots (Tukey, "Exploratory Data Analysis", 1977). Divergence: Lin, "Divergence measures based on the
Shannon entropy", IEEE Trans. Inf. Theory 37 (1991), with equal weights for the teams.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

SAMPLED_EVENTS = 1000
"""At most so many events of a label are compared: enough to see a difference, few enough to deal them out anew a hundred times."""
DEALS = 100
FEWEST_EVENTS_OF_TEAM = 10
MOST_TEAMS = 8
SIGNIFICANT = 0.01
LEAST_EXCESS_BITS = 0.1
"""An excess that is less than this is no difference in meaning, however significant."""


@dataclass(frozen=True)
class Overload:
    """What was measured for one label. ``outlier_limit_bits``: the excess from which it stands out from the other labels.

    ``team_share``: share of the label's events that belong to the team whose use differs most.
    """

    activity: str
    excess_bits: float
    p_value: float
    yardstick_bits: float
    outlier_limit_bits: float
    team: str
    team_share: float


def measure_overload(contexts: pd.DataFrame, facets: list[str]) -> list[Overload]:
    """Measure every label that at least two teams use.

    Args:
        contexts: one row per activity, team and combination of facets, with ``events``; sorted, so that the result is the
            same in every run.
        facets: the columns that describe what stands around the label; their divergences are added.

    Returns:
        One record per label that at least two teams use at least FEWEST_EVENTS_OF_TEAM times.
    """
    measured = [
        (str(activity), *result)
        for activity, of_label in contexts.groupby("activity", sort=True, observed=True)
        if (result := _measure_label(of_label, facets)) is not None
    ]
    excesses = np.array([excess for _, excess, *_ in measured])
    return [
        Overload(activity, excess, p_value, *_yardstick(np.delete(excesses, at)), team, team_share)
        for at, (activity, excess, p_value, team, team_share) in enumerate(measured)
    ]


def _yardstick(others: NDArray[np.float64]) -> tuple[float, float]:
    if not len(others):
        return 0.0, LEAST_EXCESS_BITS
    low, middle, high = np.quantile(others, [0.25, 0.5, 0.75])
    return float(middle), float(max(high + 1.5 * (high - low), 2 * middle, LEAST_EXCESS_BITS))


def _measure_label(of_label: pd.DataFrame, facets: list[str]) -> tuple[float, float, str, float] | None:
    by_team = of_label.groupby("team", sort=True, observed=True)["events"].sum()
    teams = by_team[by_team >= FEWEST_EVENTS_OF_TEAM].nlargest(MOST_TEAMS).index.sort_values()
    if len(teams) < 2:
        return None
    compared = of_label[of_label["team"].isin(teams)]
    rng = np.random.default_rng(1977)
    chosen = _sample(compared["events"].to_numpy(), rng)
    team_of = np.repeat(np.searchsorted(teams.to_numpy(dtype=str), compared["team"].to_numpy(dtype=str)), chosen)
    codes = [_codes(compared[facet], chosen) for facet in facets]
    observed = divergence(team_of[np.newaxis], codes, len(teams))[0]
    dealt = divergence(rng.permuted(np.tile(team_of, (DEALS, 1)), axis=1), codes, len(teams))
    excess = observed - dealt.mean(axis=0)
    p_value = (1 + int((dealt.sum(axis=1) >= observed.sum()).sum())) / (DEALS + 1)
    team = str(teams[int(excess.argmax())])
    return float(excess.sum()), p_value, team, float(by_team[team] / by_team.sum())


def _sample(events: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int64]:
    if events.sum() <= SAMPLED_EVENTS:
        return events
    return rng.multivariate_hypergeometric(events, SAMPLED_EVENTS, method="marginals")


def _codes(facet: pd.Series, chosen: NDArray[np.int64]) -> NDArray[np.int64]:
    of_events = np.repeat(facet.to_numpy(), chosen)
    codes: NDArray[np.int64] = np.unique(of_events, return_inverse=True)[1]
    return codes


def divergence(dealt: NDArray[np.int64], codes: list[NDArray[np.int64]], teams: int) -> NDArray[np.float64]:
    """Each team's part of the Jensen-Shannon divergence in bits, over all facets, for every deal; a deal's sum is its divergence.

    Args:
        dealt: deals x events, the team of each event.
        codes: per facet the kind of each event.
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
