"""Audits that are on disk, as they may be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.validator.errors import AuditError
from logsyn.validator.personal.records import protected
from logsyn.validator.record import RecordError, load

if TYPE_CHECKING:
    from pathlib import Path

    from logsyn.validator.record import Audit


def load_audit(path: Path) -> Audit:
    """The audit in a report folder, or in a file, with personal numbers masked that an earlier version left in it.

    Raises:
        AuditError: there is none, it is not one that this version knows, or it was changed after it was written.
    """
    try:
        audit = load(path)
    except RecordError as error:
        raise AuditError(error.problem, error.hint) from error
    return protected(audit).model_copy(update={"id": audit.id})  # which is no text, and stays that of the file
