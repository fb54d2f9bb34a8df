"""Splits a log into files that a tool takes, by whole cases, or refuses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from logsyn.validator.database.answers import record
from logsyn.validator.database.sql import identifier
from logsyn.validator.errors import AuditError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import duckdb

    from logsyn.validator.handing_on.layout import Field

_TRIES = 6

_WHOLE = (
    "SELECT coalesce(min(case_no), 1) AS first, coalesce(max(case_no), 0) AS last, count(*) AS events FROM outgoing"
)


@dataclass(frozen=True)
class FileLimits:
    """What one file may hold; None: no limit."""

    max_bytes: int | None
    max_events: int | None


@dataclass(frozen=True)
class FilePart:
    """One file: cases from ``first`` to ``last`` by their number, their events, and about how many bytes of CSV they are."""

    first: int
    last: int
    events: int
    size: int = 0

    @property
    def cases(self) -> int:
        """How many cases it holds."""
        return self.last - self.first + 1


def write_parts(
    connection: duckdb.DuckDBPyConnection,
    fields: Sequence[Field],
    limits: FileLimits,
    write: Callable[[FilePart, int, int], Path],
    *,
    split: bool,
    packed: bool = False,
) -> list[tuple[Path, FilePart]]:
    """Write ``outgoing`` into as few files as the limits allow.

    Args:
        connection: holds ``outgoing``.
        fields: the columns of the files.
        limits: of one file.
        write: writes a part, given its number from 1 and how many there are.
        split: several files are wanted if one is too large.
        packed: files are much smaller than CSV, so that only a file once written tells how much fits into one.

    Raises:
        AuditError: one file is too large and not to be split, or a single case is too large for one.
    """
    whole = FilePart(**record(connection.execute(_WHOLE)))
    if not whole.events or limits == FileLimits(None, None):
        return [(write(whole, 1, 1), whole)]
    weights = _weights(connection, fields)
    budget = float("inf") if packed or limits.max_bytes is None else float(limits.max_bytes)
    for _ in range(_TRIES):
        parts = _cut(weights, limits, budget)
        if len(parts) > 1 and not split:
            raise _too_large(limits, sum(part.events for part in parts), len(parts))
        written = [(write(part, number, len(parts)), part) for number, part in enumerate(parts, 1)]
        most = limits.max_bytes
        if most is None or all(path.stat().st_size <= most for path, _ in written):
            return written
        budget = min(0.98 * most * part.size / path.stat().st_size for path, part in written)
        for path, _ in written:
            path.unlink()
    raise _case_too_large(limits)


def _weights(connection: duckdb.DuckDBPyConnection, fields: Sequence[Field]) -> list[tuple[int, int, int]]:
    """Per case: its number, events, and about how many bytes its rows take in a CSV file."""
    texts = [f"coalesce(sum(strlen({identifier(field.name)}::VARCHAR)), 0)" for field in fields if field.kind == "text"]
    times = [f"24 * count({identifier(field.name)})" for field in fields if field.kind == "time"]
    size = " + ".join([*texts, *times, f"{len(fields) + 3} * count(*)"])
    counted = connection.execute(
        f"SELECT case_no, count(*) AS events, ({size})::BIGINT AS bytes FROM outgoing GROUP BY case_no ORDER BY case_no"
    ).fetchnumpy()  # by column, since a log may have a million cases
    return list(zip(*(counted[name].tolist() for name in ("case_no", "events", "bytes")), strict=True))


def _cut(weights: Sequence[tuple[int, int, int]], limits: FileLimits, budget: float) -> list[FilePart]:
    """Consecutive cases in parts, each as full as allowed. ``budget``: bytes of one part by the estimate."""
    most_events = limits.max_events if limits.max_events is not None else float("inf")
    parts: list[FilePart] = []
    first, events, size = weights[0][0], 0, 0
    for case, of_case, bytes_of_case in weights:
        if of_case > most_events:
            raise _case_too_large(limits)
        if events and (events + of_case > most_events or size + bytes_of_case > budget):
            parts.append(FilePart(first, case - 1, events, size))
            first, events, size = case, 0, 0
        events, size = events + of_case, size + bytes_of_case
    return [*parts, FilePart(first, weights[-1][0], events, size)]


def _too_large(limits: FileLimits, events: int, parts: int) -> AuditError:
    return AuditError(
        f"the log has {events:,} events, more than one file may hold ({_allowed(limits)})",
        f"--split writes some {parts} files by whole cases; or keep fewer columns with --columns.",
    )


def _case_too_large(limits: FileLimits) -> AuditError:
    return AuditError(
        f"a single case is larger than one file may be ({_allowed(limits)})",
        "Look at the largest case: that many events of one case are mostly an error of the case id.",
    )


def _allowed(limits: FileLimits) -> str:
    named = ((limits.max_bytes, "bytes"), (limits.max_events, "events"))
    return ", ".join(f"{value:,} {unit}" for value, unit in named if value is not None)
