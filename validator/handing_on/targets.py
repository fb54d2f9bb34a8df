"""The tools that a log can be handed on to, and what each of them asks of its files.

Apromore: read from the source of ApromoreCore (its CSV importer of December 2022). Power Automate Process Mining: from
Microsoft's documents. Neither was tried against a live system. What the readers of a target cannot hold is part of it (``bounds``), with
the page that says so, and a target must state it: where nothing is documented, nothing is claimed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from logsyn.validator.handing_on.beyond import Bounds
from logsyn.validator.handing_on.xes import NOT_XML

_NANOSECONDS = ("1677-09-22", "2262-04-11")
"""Days between which times can be counted in nanoseconds in 64 bits: from 1677-09-21 00:12:43 to 2262-04-11 23:47:16."""

_PANDAS = "https://pandas.pydata.org/pandas-docs/stable/user_guide/timeseries.html#timestamp-limitations"
_EXCEL = "https://support.microsoft.com/office/c13798fc-f1d5-4e73-998d-c02268bc65ae"
_XML = "https://www.w3.org/TR/xml/#charsets"
_APROMORE = "https://github.com/apromore/ApromoreCore"
_POWER_AUTOMATE = "https://learn.microsoft.com/en-us/power-automate/process-mining-processes-and-data"


@dataclass(frozen=True)
class Target:
    """What a tool asks.

    ``suffix``: of its files. ``single_time``: which of the two headers a log's only time gets. ``fills_mapped``: a mapped cell
    may not be empty. ``guesses``: the tool maps columns by their headers and values, so those that it would take for something
    else must not look like it. ``bounds``: what its readers can hold. ``max_bytes`` and ``max_events``: of one file, by default.
    """

    name: str
    suffix: Literal["csv", "xes.gz", "parquet"]
    bounds: Bounds
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
            Bounds((_APROMORE,)),  # its source names bytes and events only
            single_time="end",
            fills_mapped=True,
            guesses=True,
            max_bytes=100_000_000,
            max_events=1_500_000,
        ),
        Target(
            "power-automate", "csv", Bounds((_POWER_AUTOMATE,)), fills_mapped=True
        ),  # mapped cells are filled; no more is said
        Target("xes", "xes.gz", Bounds((_PANDAS, _XML), *_NANOSECONDS, forbidden=NOT_XML)),
        Target("parquet", "parquet", Bounds((_PANDAS,), *_NANOSECONDS)),
        Target(
            "csv",
            "csv",
            Bounds((_PANDAS, _EXCEL), *_NANOSECONDS, characters=32_767, columns=16_384, events=1_048_575),
        ),
    )
}
