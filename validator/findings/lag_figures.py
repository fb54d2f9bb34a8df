"""The figures on registration lag, by one computation for all groups: how many, how many late, median and 90th percentile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from logsyn.validator.database.answers import records
from logsyn.validator.disclosure.middle import shared, shared_rank

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

MINUTES_A_DAY: Final = 1440

MEDIAN_FROM: Final = 18
P90_FROM: Final = 40
"""Where it is hidden how many are late, the quantiles of so many registrations are told."""

_RANKS: Final = {"median": shared_rank(0.5), "p90": shared_rank(0.9)}

QUANTILES: Final = f"""
SELECT {{keys}}, {", ".join(f"{shared(f'{name}_first', f'{name}_last')} AS {name}_minutes" for name in _RANKS)} FROM (
  SELECT {{keys}}, {", ".join(f"{first} AS {name}_first, {last} AS {name}_last" for name, (first, last) in _RANKS.items())} FROM (
    SELECT *, sum(events) OVER (PARTITION BY {{keys}} ORDER BY minutes) AS until, sum(events) OVER (PARTITION BY {{keys}}) AS total FROM ({{counted}}))
  GROUP BY ALL)"""
"""SQL of the minutes within which half, and nine of ten, of the registrations of each group come; ``counted`` is SQL of ``events`` by the keys and ``minutes``.

Nearest ranks, rounded up so far that five registrations have them in common.
"""

FIGURES = f"""
WITH chosen AS ({{counts}}),
counted AS (SELECT {{keys}}, minutes, sum(events)::BIGINT AS events FROM chosen GROUP BY ALL),
quantiles AS ({QUANTILES.replace("{counted}", "FROM counted")})
SELECT totals.*, median_minutes, p90_minutes FROM (
  SELECT {{keys}}, sum(events)::BIGINT AS events, coalesce(sum(events) FILTER (WHERE late), 0)::BIGINT AS late,
    CASE WHEN min(agreed) = max(agreed) AND count(agreed) = count(*) THEN min(agreed) END AS agreed_days,
    CASE WHEN min(agreed_working) = max(agreed_working) AND count(agreed_working) = count(*) THEN min(agreed_working) END AS agreed_working_days{{further}}
  FROM chosen GROUP BY ALL) AS totals
JOIN quantiles ON {{same}}
ORDER BY {{order}}"""


def lag_rows(
    connection: duckdb.DuckDBPyConnection, counts: str, keys: Sequence[str], order: Sequence[str], further: Sequence[str] = ()
) -> list[dict[str, Any]]:  # fmt: skip
    """A row for each group with its keys, ``events``, ``late``, ``agreed_days``, ``agreed_working_days``, ``median_minutes`` and ``p90_minutes``.

    Args:
        connection: holds what ``counts`` reads.
        counts: SQL of counts by ``minutes``, ``late``, ``agreed`` (days) and ``agreed_working`` (working days), with the number of ``events`` each, and the keys.
        keys: columns of ``counts`` that tell the groups apart; none: all are one group.
        order: what the rows are sorted by, before their keys.
        further: more aggregates of ``counts``, as ``sum(...) AS name``.
    """
    named = list(keys) or ["overall"]
    query = FIGURES.format(
        counts=counts if keys else f"SELECT *, true AS overall FROM ({counts})",
        keys=", ".join(named),
        further="".join(f", {aggregate}" for aggregate in further),
        same=" AND ".join(f"totals.{name} IS NOT DISTINCT FROM quantiles.{name}" for name in named),
        order=", ".join([*order, *(f"totals.{name}" for name in named)]),
    )
    return records(connection.execute(query))


def lag_figures(row: dict[str, Any]) -> dict[str, Any]:
    """The figures of one of these rows as a record of the audit has them."""
    return {
        "events": row["events"],
        "late": row["late"],
        "median_days": _days(row["median_minutes"]),
        "p90_days": _days(row["p90_minutes"]),
    }


def _days(minutes: int | None) -> float | None:
    return None if minutes is None else round(minutes / MINUTES_A_DAY, 4)


def untold_quantiles(events: int, late: int | None) -> dict[str, None]:
    """The quantiles of a group that are left out, where it is hidden how many are ``late``.

    That half, or nine of ten, are registered in the agreed time says that at most so many are late; only of many rows may these be five and more. Nor
    may fewer than five be in time where the fifth before the middle one is late.
    """
    if late is not None:
        return {}
    least = {"median_days": MEDIAN_FROM, "p90_days": P90_FROM}
    return {name: None for name, most in least.items() if events < most}
