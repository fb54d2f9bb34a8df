"""Audits that are on disk: read back from their report folders, and held against the files of an extract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from logsyn.validator.errors import AuditError
from logsyn.validator.personal.records import protected
from logsyn.validator.record import Audit

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from logsyn.validator.reading.extract import Reading
    from logsyn.validator.record import Scope


def load_audit(folder: Path) -> Audit:
    """The audit in a report folder.

    Raises:
        AuditError: there is none, or it is not one of this version.
    """
    path = folder / "audit.json" if folder.is_dir() else folder
    try:
        return protected(Audit.model_validate_json(path.read_bytes()))
    except OSError as error:
        raise AuditError(
            f"{path}: cannot be read ({error.strerror})", "Give the folder that logsyn audit wrote with --out."
        ) from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise AuditError(
            f"{path}: is no audit of this version of logsyn ({where}: {first['msg']})", "Audit the extract again."
        ) from error


def same_extract(audit: Audit, reading: Reading) -> None:
    """Make sure that an audit is of the very files, read the very same way.

    Raises:
        AuditError: another file, another number of rows, or a column that was taken for something else.
    """
    audited = {one.file: (one.sha256, one.rows_loaded, one.rows_rejected) for one in audit.inputs}
    if len(audited) != len(reading.inputs):
        raise _other(f"the audit has {len(audited)} file(s), the extract {len(reading.inputs)}")
    checksums = {content: file for file, content in audited.items()}
    for one in reading.inputs:
        if (one.sha256, one.rows_loaded, one.rows_rejected) not in checksums:
            known = "with other content" if one.file in audited else "not among its files"
            raise _other(f"{one.file} is {known} (sha256 {one.sha256[:12]}…)")
    taken = {column.name: column.header for column in audit.extract.columns if column.mapped_by != "kept"}
    for column in reading.columns:
        if column.mapped_by != "kept" and taken.get(column.name) != column.header:
            raise _other(f"it took {taken.get(column.name)!r} for {column.name}, and this is {column.header!r}")


def same_scope(audit: Audit, scope: Scope | None) -> None:
    """Make sure that an audit is of the very part that is handed on.

    Raises:
        AuditError: one of the two is of another part.
    """
    if audit.scope == scope:
        return
    audited = "the whole extract" if audit.scope is None else f"the scope {audit.scope.scope}"
    wanted = "the whole extract is" if scope is None else f"the scope {scope.scope} is"
    raise AuditError(
        f"--audit: the audit is of {audited}, and {wanted} to be handed on",
        "Give the same --scope FILE to logsyn audit and to logsyn export.",
    )


def same_rows(audit: Audit, connection: duckdb.DuckDBPyConnection) -> None:
    """Make sure that the audit of a remedied log is not taken for that of another one.

    Raises:
        AuditError: other rows are in ``rows`` than the remedies of the audit left.
    """
    (rows,) = connection.execute("SELECT count(*) FROM rows").fetchall()[0]
    if audit.remedied is not None and rows != audit.remedied.rows_out:
        raise _other(
            f"its remedies {audit.remedied.remedies!r} left {audit.remedied.rows_out:,} rows, and these are {rows:,}"
        )


def _other(what: str) -> AuditError:
    return AuditError(
        f"--audit: the audit is not of this extract: {what}",
        "Give the options of that audit (--source, --scope; --remedies, --suite, --practice of a remedied log), or the folder of another report.",
    )
