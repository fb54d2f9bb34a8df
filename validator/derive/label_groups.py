"""Whether two labels belong to different groups (teams, sources) or different times, beyond what chance would give.

Two names of one thing arise where each group has its own, or where one takes the place of the other. Alternatives of one decision, such as
granted and refused, stand in the same place too, and hardly ever in one case; but every group has both, all the time.

Method: each case counts once for a label. The distance of the two distributions is the total variation over groups, and the greatest distance of
the cumulative shares (Kolmogorov and Smirnov) over time: the share of one label that lies where the other is not. Where it is large, Fisher's
exact test (``fisher.py``) of the division that gives it must be significant for all divisions that were tried (Bonferroni). Persons are never groups.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from logsyn.validator.derive.fisher import as_many_together
from logsyn.validator.derive.label_similarity import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb
    import pandas as pd

Evidence = Literal["team", "source", "time"]

APART = 0.8
"""So much of one label at least lies where the other is not."""
SIGNIFICANT = 0.01
KINDS = 3
"""Team, source and time are tried of each pair."""
MOST_CASES = 500
"""At most so many cases of each label are looked at."""

USED = """
SELECT activity::VARCHAR AS activity, arg_min(team::VARCHAR, timestamp) AS team, arg_min(source::VARCHAR, timestamp) AS source, epoch_us(min(timestamp)) AS moment
FROM event_facts WHERE position_in_case IS NOT NULL AND list_contains(?, activity::VARCHAR) GROUP BY activity, case_no
QUALIFY row_number() OVER (PARTITION BY activity ORDER BY hash(case_no), case_no) <= ? ORDER BY ALL"""


def group_names(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """What the log calls its teams and sources, as words in small letters."""
    query = (
        "SELECT team::VARCHAR FROM event_facts GROUP BY ALL UNION SELECT source::VARCHAR FROM event_facts GROUP BY ALL"
    )
    return {" ".join(words(name)) for (name,) in connection.execute(query).fetchall() if name and words(name)}


def uses_of(connection: duckdb.DuckDBPyConnection, labels: Sequence[str]) -> dict[str, pd.DataFrame]:
    """For each label its cases, ``MOST_CASES`` at most, with the ``team``, ``source`` and ``moment`` (microseconds) of its first event there."""
    frame = connection.execute(USED, [list(labels), MOST_CASES]).df()
    return {str(label): of_label for label, of_label in frame.groupby("activity", sort=True)}


def belong_apart(one: pd.DataFrame, other: pd.DataFrame, pairs: int) -> Evidence | None:
    """What the two labels belong to that differs; None where nothing says so. ``pairs``: how many pairs of labels are asked about."""
    for column in ("team", "source"):
        names = (one[column].dropna().to_numpy(dtype=str), other[column].dropna().to_numpy(dtype=str))
        if all(map(len, names)) and _groups_apart(*names, pairs):
            return column
    return "time" if _times_apart(one["moment"].to_numpy(), other["moment"].to_numpy(), pairs) else None


def _groups_apart(one: np.ndarray, other: np.ndarray, pairs: int) -> bool:
    groups, numbers = np.unique(np.concatenate([one, other]), return_inverse=True)
    counts = [np.bincount(part, minlength=len(groups)) for part in (numbers[: len(one)], numbers[len(one) :])]
    mine = counts[0] / len(one) > counts[1] / len(other)
    inside = [int(count[mine].sum()) for count in counts]
    distance = inside[0] / len(one) - inside[1] / len(other)
    return distance >= APART and _beyond_chance(
        (len(one), len(other)), (inside[0], inside[1]), pairs * 2 ** (len(groups) - 1)
    )


def _times_apart(one: np.ndarray, other: np.ndarray, pairs: int) -> bool:
    moments = np.unique(np.concatenate([one, other]))
    before = [np.searchsorted(np.sort(part), moments, side="right") for part in (one, other)]
    distances = before[0] / len(one) - before[1] / len(other)
    at = int(np.abs(distances).argmax())
    if abs(distances[at]) < APART:
        return False
    inside = [int(part[at]) for part in before]
    if distances[at] < 0:
        inside = [len(one) - inside[0], len(other) - inside[1]]
    return _beyond_chance((len(one), len(other)), (inside[0], inside[1]), pairs * 2 * len(moments))


def _beyond_chance(cases: tuple[int, int], inside: tuple[int, int], tried: int) -> bool:
    """Whether chance hardly ever has as many of the first label inside, when all inside are dealt at random."""
    by_chance = as_many_together(sum(cases), cases[0], sum(inside), inside[0])
    return by_chance * tried * KINDS < SIGNIFICANT
