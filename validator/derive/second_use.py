"""Whether a label has two uses that share no surroundings: what stands before an event of it tells what stands behind.

Method: of a label with two meanings, the activity before tells which of the two an event is, and so which activities can follow.
How much it tells is the mutual information of the two sides (Cover and Thomas, "Elements of Information Theory", 2nd ed. 2006),
in bits: what it would be where sides are dealt to each other at random within the label is taken off. Yet steps done side by side,
and steps that can stand anywhere, give as much. There, what stands behind one event stands before another, so the surroundings
hang together; those of two meanings do not. So the neighbours of a label, on whichever side, are parted into two groups between
which as few events as possible lie: the sides of a normalised cut (Shi and Malik, "Normalized cuts and image segmentation", IEEE
PAMI 22 (2000), of a regularised graph: Amini et al., "Pseudo-likelihood methods for community detection", Ann. Stat. 41 (2013)).
What counts is the information that the group before gives of the group behind: at most the entropy of the two uses, 1 bit for two
even ones, 0.81 where the second is a quarter.

The groups are also sought in a half of the events, and tested on the other, since what is sought is found by chance, too. The
p-value is that of all ways to deal the sides to each other within the label: Fisher's exact test (``fisher.py``), for all labels that were tried (Bonferroni).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from logsyn.validator.derive.fisher import as_many_together

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

SAMPLED_EVENTS = 1000
"""At most so many events of a label are looked at."""
FEWEST_EVENTS = 20
LEAST_BETWEEN_OTHERS = 1 / 3
"""So many of the events of a label must stand between other activities, else the rest is a chosen few."""
MOST_NEIGHBOURS = 60
"""So many neighbours of a label are told apart, the commonest; all others are one together."""
MOST_LABELS = 1000
"""So many labels are tried, the commonest: the rest of a log with more has free text for labels."""
REGULAR = 0.1
"""So much of the mean of a neighbour's events is added to all pairs of neighbours, so that a rare pair of its own is no group."""
DIRECTIONS = 3
SQUARINGS = 6
DEALS = 20
LEAST_BITS = 0.4
"""Two uses of which one is a twelfth of the events have 0.4 bits."""
LEAST_OF_ENTROPY = 0.6
"""So much of the entropy of the two uses must the sides tell of each other, else they are not two."""
MOST_OF_PLACE = 5
"""So many neighbours may a use have on its narrower side: what stands beside anything, such as a contact, has no place."""
LEAST_OF_ALL = 1 / 3
"""So much of all that one side tells of the other must be which of two uses it is: a step that can stand anywhere has many."""


class SecondUse(NamedTuple):
    """What was measured for one label.

    ``bits``: what the group of the activity before tells of the group of the one behind. ``limit_bits``: from which on the label
    stands out. ``p_value``: how often chance alone would give as much, for all labels that were tried. ``share``: of the events
    that lie in the rarer use. ``neighbours``: how many each use has at most on its narrower side, as good as alike in size (Simpson's
    index, inverted). ``rarer``: the neighbours of the rarer use, on both sides; ``commoner``: those of the other.
    """

    activity: str
    bits: float
    limit_bits: float
    p_value: float
    share: float
    neighbours: float
    rarer: tuple[str, ...]
    commoner: tuple[str, ...]

    @property
    def stands_out(self) -> bool:
        """Whether it speaks for two uses, each in a place of its own; by chance or not, the p-value says."""
        return self.bits > self.limit_bits and self.neighbours <= MOST_OF_PLACE


class _Cut(NamedTuple):
    """Two groups of neighbours: which are in the second, the information, the share of the rarer use, its entropy."""

    second: NDArray[np.bool_]
    bits: float
    share: float


def measure_second_uses(surroundings: pd.DataFrame) -> list[SecondUse]:
    """Measure every label that has FEWEST_EVENTS events between other activities; a label beside itself says nothing of its uses.

    Args:
        surroundings: one row per ``activity``, ``previous`` and ``next`` (activities; a name of its own for none), with
            ``events``; sorted, so that the result is the same in every run.

    Returns:
        One record per label, by its name.
    """
    labels, of_label = np.unique(surroundings["activity"].to_numpy(dtype=str), return_inverse=True)
    names, numbers = np.unique(surroundings[["previous", "next"]].to_numpy(dtype=str), return_inverse=True)
    numbers, events = numbers.reshape(-1, 2), surroundings["events"].to_numpy()
    between_others = (names[numbers] != labels[of_label][:, np.newaxis]).all(axis=1)
    all_events, sizes = (
        np.bincount(of_label, weights=weights, minlength=len(labels)) for weights in (events, events * between_others)
    )
    enough = (sizes >= FEWEST_EVENTS) & (sizes >= LEAST_BETWEEN_OTHERS * all_events)
    commonest = np.argsort(-sizes, kind="stable")[:MOST_LABELS]
    tried = np.sort(commonest[enough[commonest]])
    order = np.argsort(of_label, kind="stable")
    rows = np.split(order, np.bincount(of_label, minlength=len(labels)).cumsum()[:-1])
    rows = [of[between_others[of]] for of in rows]
    tables = [_table(numbers[rows[label]], events[rows[label]]) for label in tried]
    cuts = [_best_cut(table) for _, table in tables]
    bits = np.array([cut.bits for cut in cuts])
    return [
        _judged(str(labels[label]), names[kinds], table, cut, _limit(cut, np.delete(bits, at)), len(tried))
        for at, (label, (kinds, table), cut) in enumerate(zip(tried, tables, cuts, strict=True))
    ]


def _table(sides: NDArray[np.int64], events: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The numbers of the neighbours, and neighbour before x neighbour behind: events. The last of the table is all others together."""
    numbers, kinds = np.unique(sides, return_inverse=True)
    kinds = kinds.reshape(-1, 2)
    counted = np.bincount(kinds.ravel(), weights=np.repeat(events, 2))
    kept = np.sort(np.argsort(-counted, kind="stable")[:MOST_NEIGHBOURS])
    place = np.full(len(numbers), len(kept))
    place[kept] = np.arange(len(kept))
    table = np.zeros((len(kept) + 1, len(kept) + 1), dtype=np.int64)
    np.add.at(table, (place[kinds[:, 0]], place[kinds[:, 1]]), events)
    return numbers[kept], table


def _limit(cut: _Cut, others: NDArray[np.float64]) -> float:
    """The information from which a label stands out from the others (Tukey's rule for box plots) and is that of two uses."""
    low, high = np.quantile(others, [0.25, 0.75]) if len(others) else (0.0, 0.0)
    return max(LEAST_BITS, float(high + 1.5 * (high - low)), LEAST_OF_ENTROPY * _entropy(cut.share))


def _judged(
    activity: str, names: NDArray[np.str_], table: NDArray[np.int64], cut: _Cut, limit: float, tried: int
) -> SecondUse:
    """The label against its limit; what takes time is only measured where it may stand out."""
    if cut.bits <= limit:
        return SecondUse(activity, cut.bits, limit, 1.0, cut.share, 0.0, (), ())
    rng = np.random.default_rng(2006)
    limit = max(limit, LEAST_OF_ALL * _excess_information(table, rng))
    p_value = min(1.0, _by_chance(table, rng) * tried)
    second = cut.second[: len(names)]
    groups = tuple(map(str, names[second])), tuple(map(str, names[~second]))
    return SecondUse(activity, cut.bits, limit, p_value, cut.share, _most_neighbours(table, cut.second), *groups)


def _most_neighbours(table: NDArray[np.int64], second: NDArray[np.bool_]) -> float:
    """Of the narrower side of each use, the number of neighbours as good as alike in size; of the use that has more."""
    uses = (table[np.ix_(group, group)] for group in (second, ~second))
    return max(min(float(of_use.sum() ** 2 / (of_use.sum(axis=side) ** 2).sum()) for side in (0, 1)) for of_use in uses)


def _best_cut(table: NDArray[np.int64]) -> _Cut:
    """The two groups of neighbours that tell most of each other; those that are never the two ends of events are apart."""
    edges = (table + table.T).astype(float)
    ends = edges.sum(axis=1)
    nobody = _Cut(np.zeros(len(table), dtype=bool), 0.0, 0.0)
    if (ends > 0).sum() < 4:  # two uses have two neighbours each
        return nobody
    there = ends > 0
    edges = edges[np.ix_(there, there)]
    regular = edges + REGULAR * edges.sum() / len(edges) ** 2
    scale = 1 / np.sqrt(regular.sum(axis=1))
    directions = _directions(scale[:, np.newaxis] * regular * scale, 1 / scale) * scale
    inside = table[np.ix_(there, there)]
    best = max((_along(inside, direction) for direction in directions), key=lambda cut: cut.bits, default=nobody)
    second = np.zeros(len(table), dtype=bool)
    second[there] = best.second
    return best._replace(second=second)


def _directions(symmetric: NDArray[np.float64], first: NDArray[np.float64]) -> NDArray[np.float64]:
    """The eigenvectors behind the first, by a power of the matrix: in matrices so small, LAPACK spends more on its threads than on them."""
    first = first / np.linalg.norm(first)
    power = (symmetric + np.eye(len(first))) / 2 - np.outer(first, first)
    for _ in range(SQUARINGS):
        power = power @ power
    start = np.random.default_rng(2000).standard_normal((len(first), min(DIRECTIONS + 1, len(first) - 1)))
    basis = np.linalg.qr(power @ start)[0]
    within = np.linalg.eigh(basis.T @ symmetric @ basis)[1]
    directions: NDArray[np.float64] = (basis @ within)[:, : -1 - DIRECTIONS : -1].T
    return directions


def _along(table: NDArray[np.int64], direction: NDArray[np.float64]) -> _Cut:
    """The best cut of the neighbours in the order of a direction, and then with each neighbour where most of its events are."""
    order = np.argsort(direction, kind="stable")
    summed = table[np.ix_(order, order)].cumsum(axis=0).cumsum(axis=1)
    cuts = np.arange(len(table) - 1)
    bits = _information(summed[cuts, cuts], summed[cuts, -1], summed[-1, cuts], int(summed[-1, -1]))
    best = int(bits.argmax())
    second = np.zeros(len(table), dtype=bool)
    second[order[: best + 1]] = True
    found = _cut(table, second)
    while (moved := _cut(table, _moved(table, found.second))).bits > found.bits:
        found = moved
    return found


def _moved(table: NDArray[np.int64], second: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Each neighbour in the group with which it has more events, for the size of the group."""
    edges = table + table.T
    ends = edges.sum(axis=1)
    inside, outside = edges[:, second].sum(axis=1), edges[:, ~second].sum(axis=1)
    moved: NDArray[np.bool_] = inside * max(int(ends[~second].sum()), 1) > outside * max(int(ends[second].sum()), 1)
    return moved


def _cut(table: NDArray[np.int64], second: NDArray[np.bool_]) -> _Cut:
    """The information of two groups, named so that the second is the rarer use."""
    events = int(table.sum())
    both, before, behind = _counts(table, second)
    if 2 * both > both + events - before - behind + both:
        return _cut(table, ~second)
    (bits,) = _information(np.array([both]), np.array([before]), np.array([behind]), events)
    agreeing = events - before - behind + 2 * both
    return _Cut(second, float(bits), both / agreeing if agreeing else 0.0)


def _counts(table: NDArray[np.int64], second: NDArray[np.bool_]) -> tuple[int, int, int]:
    """Events with both neighbours in the second group, with the one before, with the one behind."""
    return int(table[np.ix_(second, second)].sum()), int(table[second].sum()), int(table[:, second].sum())


def _information(
    both: NDArray[np.int64], before: NDArray[np.int64], behind: NDArray[np.int64], events: int
) -> NDArray[np.float64]:
    """Mutual information of two yes-or-no sides in bits; 0 where they avoid each other."""
    cells = np.stack([both, before - both, behind - both, events - before - behind + both]) / events
    sides = np.stack([before, events - before, behind, events - behind]) / events
    bits = np.maximum(_plogp(cells).sum(axis=0) - _plogp(sides).sum(axis=0), 0)
    together: NDArray[np.float64] = np.where(both * events > before * behind, bits, 0)
    return together


def _excess_information(table: NDArray[np.int64], rng: np.random.Generator) -> float:
    """All that the neighbour before tells of the one behind, in bits, less what it tells when they are dealt to each other."""
    before, behind = _events(_sample(table, rng))
    kinds = len(table)
    dealt = np.vstack([behind, rng.permuted(np.tile(behind, (DEALS, 1)), axis=1)])
    cells = (np.arange(DEALS + 1)[:, np.newaxis] * kinds + before) * kinds + dealt
    counts = np.bincount(cells.ravel(), minlength=(DEALS + 1) * kinds * kinds).reshape(DEALS + 1, -1)
    told = _plogp(counts / len(before)).sum(axis=1)
    return float(told[0] - told[1:].mean())


def _by_chance(table: NDArray[np.int64], rng: np.random.Generator) -> float:
    """The p-value of groups that one half of the events gives, in the other half."""
    sample = _sample(table, rng)
    half = rng.multivariate_hypergeometric(sample.ravel(), int(sample.sum()) // 2, method="marginals").reshape(table.shape)
    cut, rest = _best_cut(half), sample - half
    both, before, behind = _counts(rest, cut.second)
    return float(as_many_together(int(rest.sum()), before, behind, both))


def _sample(table: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int64]:
    if table.sum() <= SAMPLED_EVENTS:
        return table
    return rng.multivariate_hypergeometric(table.ravel(), SAMPLED_EVENTS, method="marginals").reshape(table.shape)


def _events(table: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The neighbours of each event."""
    before, behind = (np.repeat(side.ravel(), table.ravel()) for side in np.indices(table.shape))
    return before, behind


def _entropy(share: float) -> float:
    return float(-_plogp(np.array([share, 1 - share])).sum())


def _plogp(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    products: NDArray[np.float64] = shares * np.log2(np.where(shares > 0, shares, 1))
    return products
