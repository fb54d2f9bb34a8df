"""Holds what is handed on against the audit that its papers will name: the part of the extract, and what remedies left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.validator.errors import AuditError
from logsyn.validator.reading.audited import not_of_this_extract

if TYPE_CHECKING:
    import duckdb

    from logsyn.validator.record import Audit, ScopeAccount


def same_scope(audit: Audit, scope: ScopeAccount | None) -> None:
    """Make sure that an audit is of the very part that is handed on.

    Raises:
        AuditError: one of the two is of another part.
    """
    if _tells_of(audit.scope, scope):
        return
    audited = "the whole extract" if audit.scope is None else f"the scope {audit.scope.scope}"
    wanted = "the whole extract is" if scope is None else f"the scope {scope.scope} is"
    raise AuditError(
        f"--audit: the audit is of {audited}, and {wanted} to be handed on",
        "Give the same --scope FILE to logsyn audit and to logsyn export.",
    )


def _tells_of(told: ScopeAccount | None, scope: ScopeAccount | None) -> bool:
    """Whether what an audit tells of its scope is true of this one; what would tell of a small group, it does not tell."""
    if told is None or scope is None:
        return told is scope
    pairs = zip([told, *told.steps], [scope, *scope.steps], strict=False)
    figures = [(value, getattr(whole, name)) for part, whole in pairs for name, value in part if name != "steps"]
    return len(told.steps) == len(scope.steps) and all(value in (None, known) for value, known in figures)


def same_rows(audit: Audit, connection: duckdb.DuckDBPyConnection) -> None:
    """Make sure that the audit of a remedied log is not taken for that of another one.

    Raises:
        AuditError: other rows are in ``rows`` than the remedies of the audit left.
    """
    (rows,) = connection.execute("SELECT count(*) FROM rows").fetchall()[0]
    if audit.remedied is not None and rows != audit.remedied.rows_out:
        raise not_of_this_extract(
            f"its remedies {audit.remedied.remedies!r} left {audit.remedied.rows_out:,} rows, and these are {rows:,}"
        )
