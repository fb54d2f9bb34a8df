"""What is known of a run beside its record: with what it was made, on what, and what it was allowed."""

from __future__ import annotations

import platform
from importlib.metadata import version
from typing import TYPE_CHECKING

from logsyn.validator.database.memory import agreement, cores
from logsyn.validator.record import Machine, RunFacts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import duckdb

    from logsyn.validator.record import Audit
    from logsyn.validator.request import Request

ENGINE = "duckdb"

PROGRAMS = ("duckdb", "great_expectations")
"""Libraries that decide figures."""


def run_facts(
    connection: duckdb.DuckDBPyConnection, request: Request, audit: Audit, seconds: Mapping[str, float] | None = None
) -> RunFacts:
    """The facts of a run, for ``run.json``.

    Args:
        connection: to the database of the run.
        request: what was asked for.
        audit: the record that it made, sealed.
        seconds: of each stage, in their order; None: they were not taken.
    """
    (threads,) = connection.execute("SELECT current_setting('threads')").fetchall()[0]
    return RunFacts(
        audit=audit.id or "",
        engine=ENGINE,
        versions={
            "logsyn": audit.version,
            **{name: version(name) for name in PROGRAMS},
            "python": platform.python_version(),
        },
        memory_bytes=agreement(request.limits.memory, request.limits.threads).total,
        threads=threads,
        machine=Machine(system=platform.system(), architecture=platform.machine(), cores=cores()),
        seconds=None if seconds is None else {stage: round(taken, 3) for stage, taken in seconds.items()},
    )


def load_run_facts(folder: Path) -> RunFacts | None:
    """The facts of the run whose files are in ``folder``; None where it has none, as folders of version 0.2.0."""
    path = folder / "run.json"
    return RunFacts.model_validate_json(path.read_bytes()) if path.is_file() else None
