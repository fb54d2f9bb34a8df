"""Labels that seem to be two names of one activity: alike in words, used in the same context, and hardly ever in one case.

Method: of two labels that are alike in words, the distributions of the activity before, the activity after and the duration are
compared by their Jensen-Shannon divergence in bits (Lin 1991, as in ``overload``), less its mean when the events are dealt to the
two labels at random: few events differ by chance. Two names of one thing stand for each other (the pattern "synonymous labels" of
Suriadi et al. 2017), so they hardly ever occur in one case. Alternatives of one decision (granted, refused) look just like that. So there must be
evidence, too: that the two differ in spelling only, that what they have in addition names a part of the organisation, or that they belong to
different teams, sources or times.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from logsyn.validator.database.answers import records
from logsyn.validator.derive.label_groups import belong_apart, group_names, uses_of
from logsyn.validator.derive.label_pairs import alike_in_words
from logsyn.validator.derive.label_units import names_a_unit
from logsyn.validator.derive.overload import divergence

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import duckdb
    from numpy.typing import NDArray

    from logsyn.validator.derive.label_groups import Evidence
    from logsyn.validator.derive.label_pairs import Additions

    Reason = Evidence | Literal["spelling", "unit"]

FEWEST_EVENTS = 3
DEALS = 20
MOST_EVENTS = 500
"""At most so many events of each label are compared."""
SHARED_CONTEXT = 0.8
"""1 less the excess divergence, for each of before, after and duration."""
OVERLAP = 0.5
"""1 less the divergence itself: with few events there must be something that they have in common."""
SHARED_CASES = 0.1
"""Hardly ever in one case: at most this share of the cases of the rarer label."""

CONTEXTS = """
SELECT activity, previous, next, duration, count(*)::INTEGER AS events FROM (
  SELECT activity::VARCHAR AS activity, coalesce(previous_activity::VARCHAR, '') AS previous, coalesce(next_activity::VARCHAR, '') AS next,
    coalesce(floor(log2(greatest(epoch(end_timestamp) - epoch(timestamp), 0) + 1)), -1)::INTEGER AS duration
  FROM event_facts WHERE position_in_case IS NOT NULL AND activity::VARCHAR IN (SELECT activity FROM asked_labels))
GROUP BY ALL ORDER BY ALL"""

SHARED = """
WITH used AS (SELECT DISTINCT activity::VARCHAR AS activity, case_no FROM event_facts
  WHERE position_in_case IS NOT NULL AND activity::VARCHAR IN (SELECT activity FROM asked_labels)),
sizes AS (SELECT activity, count(*) AS cases FROM used GROUP BY ALL),
shared AS (SELECT label, other, count(*) AS cases FROM asked_pairs JOIN used AS a ON a.activity = label
  JOIN used AS b ON b.activity = other AND b.case_no = a.case_no GROUP BY ALL)
SELECT label, other, coalesce(shared.cases, 0) AS shared_cases, least(a.cases, b.cases) AS cases
FROM asked_pairs JOIN sizes AS a ON a.activity = label JOIN sizes AS b ON b.activity = other LEFT JOIN shared USING (label, other)
ORDER BY ALL"""


@dataclass(frozen=True)
class Synonym:
    """A label and the one for which it seems to be another name.

    ``context``: how alike they are used, 0 to 1. ``shared_cases``: cases with both. ``evidence``: what says that they are names
    and no alternatives.
    """

    activity: str
    of: str
    context: float
    shared_cases: int
    evidence: Reason


@dataclass(frozen=True)
class LabelContexts:
    """How a label is used: its distinct contexts (rows of before, after, duration), and how many events have each."""

    contexts: NDArray[np.object_]
    events: NDArray[np.int64]


def find_synonyms(
    connection: duckdb.DuckDBPyConnection, labels: Sequence[str], events: Sequence[int], left_out: Collection[str]
) -> list[Synonym]:
    """For each label the commoner, or plainer, label of which it seems to be a synonym.

    Args:
        connection: holds ``event_facts``.
        labels: distinct labels.
        events: how many events carry each.
        left_out: labels that are explained otherwise (slips, variable parts).
    """
    counts = dict(zip(labels, events, strict=True))
    usual = [label for label in labels if counts[label] >= FEWEST_EVENTS and label not in left_out]
    alike = alike_in_words(usual)
    differing = {_directed(usual[one], usual[other], counts): added for (one, other), added in alike.items()}
    if not differing:
        return []
    apart = _hardly_in_one_case(connection, list(differing))
    # The commonest stands for all of a group, since neighbours may have two names, too.
    ordered = sorted(apart, key=lambda pair: (-counts[pair[1]], pair[1], pair[0]))
    evidence = _evidence(connection, {pair: differing[pair] for pair in ordered})
    stands_for: dict[str, str] = {}
    for label, other in evidence:
        stands_for.setdefault(label, stands_for.get(other, other))
    uses = _uses(connection, stands_for)
    found: dict[str, Synonym] = {}
    for (label, other), reason in evidence.items():
        context = _shared_context(uses[label], uses[other]) if label not in found else None
        if context is not None:
            found[label] = Synonym(label, other, context, apart[label, other], reason)
    return sorted(found.values(), key=lambda one: one.activity)


def _evidence(
    connection: duckdb.DuckDBPyConnection, pairs: Mapping[tuple[str, str], Additions | None]
) -> dict[tuple[str, str], Reason]:
    """Of each pair, in their order, what says that the two are names of one thing; pairs of which nothing does are left out."""
    groups = group_names(connection)
    certain: dict[tuple[str, str], Reason] = {}
    for pair, added in pairs.items():
        if added is None:
            certain[pair] = "spelling"
        elif any(added) and all(names_a_unit(tail, groups) for tail in added if tail):
            certain[pair] = "unit"
    others = [pair for pair in pairs if pair not in certain]
    uses = uses_of(connection, sorted({label for pair in others for label in pair}))
    measured = {
        pair: belong_apart(uses[pair[0]], uses[pair[1]], len(others)) for pair in others if uses.keys() >= set(pair)
    }
    found = {**certain, **{pair: reason for pair, reason in measured.items() if reason is not None}}
    return {pair: found[pair] for pair in pairs if pair in found}


def _directed(one: str, other: str, counts: Mapping[str, int]) -> tuple[str, str]:
    """The synonym first, then what it stands for: the label that the other one continues, else the commoner one."""
    for plain, longer in ((one, other), (other, one)):
        if longer.casefold().startswith(plain.casefold()) and len(longer) > len(plain):
            return longer, plain
    return (one, other) if (counts[one], other) < (counts[other], one) else (other, one)


def _hardly_in_one_case(
    connection: duckdb.DuckDBPyConnection, pairs: list[tuple[str, str]]
) -> dict[tuple[str, str], int]:
    connection.execute("CREATE OR REPLACE TEMP TABLE asked_pairs (label VARCHAR, other VARCHAR)")
    connection.execute(
        "INSERT INTO asked_pairs SELECT unnest(?), unnest(?)", [[a for a, _ in pairs], [b for _, b in pairs]]
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE asked_labels AS SELECT label AS activity FROM asked_pairs UNION SELECT other FROM asked_pairs"
    )
    return {
        (pair["label"], pair["other"]): pair["shared_cases"]
        for pair in records(connection.execute(SHARED))
        if pair["shared_cases"] <= SHARED_CASES * pair["cases"]
    }


def _uses(connection: duckdb.DuckDBPyConnection, stands_for: Mapping[str, str]) -> dict[str, LabelContexts]:
    frame = connection.execute(CONTEXTS).df()
    for column in ("previous", "next"):
        frame[column] = frame[column].map(lambda label: stands_for.get(label, label))
    return {
        str(label): LabelContexts(
            of_label[["previous", "next", "duration"]].to_numpy(dtype=object), of_label["events"].to_numpy()
        )
        for label, of_label in frame.groupby("activity", sort=True)
    }


def _shared_context(one: LabelContexts, other: LabelContexts) -> float | None:
    """How alike two labels are used, 0 to 1, by the facet that differs most; None when they are not."""
    rng = np.random.default_rng(1991)
    contexts = [_spread(use, rng) for use in (one, other)]
    belongs = np.repeat([0, 1], [len(context) for context in contexts])[np.newaxis]
    dealt = rng.permuted(np.tile(belongs, (DEALS, 1)), axis=1)
    least = 1.0
    for facet in np.concatenate(contexts).T:
        kinds = np.unique(facet.astype(str), return_inverse=True)[1]
        observed = float(divergence(belongs, [kinds], 2).sum())
        chance = float(divergence(dealt, [kinds], 2).sum(axis=1).mean())
        least = min(least, 1 - max(observed - chance, 0.0))
        if least < SHARED_CONTEXT or 1 - observed < OVERLAP:
            return None
    return least


def _spread(use: LabelContexts, rng: np.random.Generator) -> NDArray[np.object_]:
    """One row per event, of at most MOST_EVENTS events."""
    events = use.events.astype(np.int64)
    if events.sum() > MOST_EVENTS:
        events = rng.multivariate_hypergeometric(events, MOST_EVENTS, method="marginals")
    spread: NDArray[np.object_] = np.repeat(use.contexts, events, axis=0)
    return spread
