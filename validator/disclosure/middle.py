"""Quantiles that are no single row's value: SQL of medians and nearest ranks that five rows share."""

from __future__ import annotations

from typing import Final

from logsyn.validator.disclosure.size import SMALL

STEPS: Final = (1, 5, 15, 30, 60, 120, 240, 480, 1440, 2880, 7200, 14400, 43200, 525600)
"""Minutes to which a lag is rounded up, the finest that leaves it to five registrations: from a minute to a year."""


def middle(value: str, where: str = "true") -> str:
    """SQL of the mean of the values in the middle, five of an odd number and six of an even one; NULL of fewer than five.

    Of what is not far apart it is the median; other than that it is nobody's own value.

    Args:
        value: SQL of what is looked at; NULL is left out.
        where: SQL of the rows that are looked at.
    """
    values = f"list_sort(list({value}) FILTER ({value} IS NOT NULL AND {where}))"
    return (
        f"CASE WHEN len({values}) >= {SMALL} THEN "
        f"list_avg({values}[(len({values}) + 1) // 2 - 2 : len({values}) // 2 + 3]) END"
    )


def middle_of_counted(keys: str, value: str, counted: str) -> str:
    """SQL of the same mean, as ``middle``, of the values of groups that are counted, which is faster where many are alike.

    Args:
        keys: the columns that tell the groups apart.
        value: the column of what is looked at; it is never NULL.
        counted: SQL of the number of ``events`` by keys and value.
    """
    return f"""
WITH running AS (
  SELECT *, sum(events) OVER (PARTITION BY {keys} ORDER BY {value}) AS until, sum(events) OVER (PARTITION BY {keys}) AS total FROM ({counted})),
central AS (SELECT *, (total + 1) // 2 - 3 AS before, total // 2 + 3 AS last FROM running WHERE total >= {SMALL})
SELECT {keys}, sum({value} * greatest(least(until, last) - greatest(until - events, before), 0)) / any_value(last - before) AS middle
FROM central GROUP BY ALL"""


def shared_rank(share: float) -> tuple[str, str]:
    """SQL of the minutes that bound five registrations: the last is at the nearest rank of ``share``, or is the fifth of all.

    Both are aggregates of rows with ``minutes``, and with the number of registrations ``until`` them and in ``total``.
    """
    last = f"greatest(ceil(round({share}::DOUBLE * total, 6)), {SMALL})"  # else a decimal, with which DuckDB is slow
    first = f"{last} - {SMALL - 1}"
    return f"min(minutes) FILTER (until >= {first})", f"min(minutes) FILTER (until >= {last})"


def shared(first: str, last: str) -> str:
    """SQL of ``last`` rounded up to the finest of ``STEPS`` that leaves it no nearer to any registration than to five; NULL where none does."""
    up = f"ceil({last} / step)::BIGINT * step"
    return f"list_min(list_transform(list_filter({list(STEPS)}, lambda step: {first} > {up} - step), lambda step: {up}))"
