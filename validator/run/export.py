"""One export from beginning to end: read, remedy if that is asked for, and hand on."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from logsyn.validator.handing_on.audited import same_rows, same_scope
from logsyn.validator.handing_on.export import export_log
from logsyn.validator.handing_on.passed_audit import passed
from logsyn.validator.progress import Progress, Stage
from logsyn.validator.reading.audited import same_extract
from logsyn.validator.run.extract import read_only
from logsyn.validator.run.remedy import remedied

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import duckdb

    from logsyn.expectations.remedies import Remedies
    from logsyn.validator.handing_on.export import Order
    from logsyn.validator.handing_on.record import Handover
    from logsyn.validator.reading.extract import Reading
    from logsyn.validator.record import Audit, ScopeAccount
    from logsyn.validator.request import Request

EXPORTING = (Stage.READING, Stage.SCOPING, Stage.HANDING_ON)


def run_export(
    request: Request,
    make_order: Callable[[], Order],
    folder: Path,
    progress: Progress | None = None,
    *,
    remedies: Remedies | None = None,
    key: Callable[[], bytes] = bytes,
    audited: Audit | None = None,
) -> Handover:
    """Hand an extract on, remedied or as it is; writes the files, their README and their record into ``folder``.

    Args:
        request: the extract, its scope, and the rules that remedies name.
        make_order: gives what is wanted; asked once the extract was read, since it may make a key.
        folder: where the files go; it exists and is empty.
        progress: is told, and heeded.
        remedies: what is done before.
        key: gives the key of the remedies' hashes; asked once the extract was read.
        audited: the audit that these rows went through.

    Raises:
        AuditError: the extract cannot be read, cannot be handed on so, or the audit is of another one.
    """
    progress = progress or Progress()
    with _rows(request, remedies, key, progress, folder) as (connection, as_read, reading, scope):
        progress.stage(Stage.HANDING_ON)
        order = replace(make_order(), scope=scope)
        if audited is not None:
            same_extract(audited, as_read)
            same_scope(audited, scope)
            same_rows(audited, connection)
            order = replace(order, audit=passed(audited))
        record = export_log(connection, reading, order, folder, progress)
        progress.heed()
        return record


@contextmanager
def _rows(
    request: Request, remedies: Remedies | None, key: Callable[[], bytes], progress: Progress, folder: Path
) -> Iterator[tuple[duckdb.DuckDBPyConnection, Reading, Reading, ScopeAccount | None]]:
    """The rows that are handed on, with how the extract was read, how they read now, and their scope. The database reaches ``folder`` and nothing else."""
    if remedies is not None:
        with remedied(request, remedies, key, progress, [folder]) as made:
            yield made
        return
    with read_only(request, progress, [folder]) as (connection, reading, scope):
        yield connection, reading, reading, scope
