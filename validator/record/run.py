"""What differs from one run to the next: the content of ``run.json`` (schema ``logsyn/run/1``). No figure rests on it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from logsyn.validator.record.base import Count, Record


class Machine(Record):
    """What a run was done on: operating system, architecture of the processor, and cores that it could use."""

    system: str
    architecture: str
    cores: Count


class RunFacts(Record):
    """How an audit was run. Neither the machine nor the one who ran it is named, nor any folder.

    ``audit`` is the ``id`` of the record that the run made. ``versions`` are those of the programs that took part.
    ``memory_bytes`` is the most that the run was to hold, ``threads`` how many the engine had. ``seconds`` are those of
    each stage of the run, in their order; None: they were not taken.
    """

    schema_: Literal["logsyn/run/1"] = Field(default="logsyn/run/1", alias="schema")
    audit: str
    engine: str
    versions: dict[str, str]
    memory_bytes: Count
    threads: Count
    machine: Machine
    seconds: dict[str, float] | None = None
