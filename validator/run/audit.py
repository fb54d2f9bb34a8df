"""One audit from beginning to end: read, derive, check, findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.validator.progress import Progress, Stage
from logsyn.validator.record import RowAccounts, sealed
from logsyn.validator.run.extract import opened
from logsyn.validator.run.files import keep_tables, kept_tables, write

if TYPE_CHECKING:
    from pathlib import Path

    from logsyn.validator.record import Audit
    from logsyn.validator.request import Request

EXAMINING = (Stage.DERIVING, Stage.CHECKING, Stage.GATHERING, Stage.CONSEQUENCES)
"""The stages of ``examine``."""

AUDITING = (Stage.READING, Stage.SCOPING, *EXAMINING, Stage.WRITING)
"""The stages of an audit."""


def run_audit(request: Request, folder: Path, progress: Progress | None = None) -> Audit:
    """Audit an extract, and write ``audit.json`` and ``run.json`` into ``folder``, and failing rows and rejected records into ``confidential/`` in it.

    Args:
        request: what and how.
        folder: where the files go; it exists.
        progress: is told, and heeded.

    Raises:
        AuditError: the extract cannot be read, the engine broke a promise, or somebody has ended the run.
    """
    progress = progress or Progress()
    with kept_tables(request.database) as kept:
        writes = [folder] if kept is None else [folder, kept.parent]
        with opened(request, progress, writes) as extract, progress.ending(extract.database):
            from logsyn.validator.run.examine import examine  # noqa: PLC0415 - a second of imports, which another thread may have made while this one read

            audit, _ = examine(extract, request, progress)
            audit = sealed(audit)
            progress.stage(Stage.WRITING)
            accounts = RowAccounts(inputs=extract.reading.inputs, scope=extract.scope)
            write(extract.connection, request, audit, folder, progress, accounts=accounts)
            if kept is not None:
                keep_tables(extract.connection, kept)
            progress.heed()
            return audit
