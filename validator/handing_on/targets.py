"""The tools that a log can be handed on to, and what each of them asks of its files.

Apromore: read from the source of ApromoreCore (its CSV importer of December 2022). Power Automate Process Mining: from
Microsoft's documents. Neither was tried against a live system.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Target:
    """What a tool asks.

    ``suffix``: of its files. ``single_time``: which of the two headers a log's only time gets. ``fills_mapped``: a mapped cell
    may not be empty. ``guesses``: the tool maps columns by their headers and values, so those that it would take for something
    else must not look like it. ``max_bytes`` and ``max_events``: of one file, by default.
    """

    name: str
    suffix: Literal["csv", "xes.gz", "parquet"]
    single_time: Literal["start", "end"] = "start"
    fills_mapped: bool = False
    guesses: bool = False
    max_bytes: int | None = None
    max_events: int | None = None


TARGETS = {
    target.name: target
    for target in (
        Target(
            "apromore",
            "csv",
            single_time="end",
            fills_mapped=True,
            guesses=True,
            max_bytes=100_000_000,
            max_events=1_500_000,
        ),
        Target("power-automate", "csv", fills_mapped=True),
        Target("xes", "xes.gz"),
        Target("parquet", "parquet"),
        Target("csv", "csv"),
    )
}
