"""One audit of an extract that is opened for it and closed again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from logsyn.validator.interface.log import Log

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from logsyn.expectations.source import SourceProfile
    from logsyn.validator.interface.audited import AuditResult


def audit(
    extract: str | Path | Sequence[str | Path],
    *,
    source: str | Path | SourceProfile | None = None,
    memory: str | int | None = None,
    threads: int | None = None,
    **asked: Any,
) -> AuditResult:
    """Audit an extract: opens it as ``open`` does, and passes what else is asked to ``Log.audit``.

    Raises:
        DeclarationError: a declaration cannot be used.
        AuditError: the extract cannot be read, or the audit was cancelled.
    """
    with Log(extract, source=source, memory=memory, threads=threads) as log:
        return log.audit(**asked)
