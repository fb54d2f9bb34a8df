"""Compares an extract with the audit that the user gives for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.validator.errors import AuditError

if TYPE_CHECKING:
    from logsyn.validator.reading.extract import Reading
    from logsyn.validator.record import Audit


def same_extract(audit: Audit, reading: Reading) -> None:
    """Make sure that an audit is of the very files, read the very same way.

    Raises:
        AuditError: another file, another number of rows, or a column that was taken for something else.
    """
    audited = {one.file: (one.sha256, one.rows_loaded, one.rows_rejected) for one in audit.inputs}
    told = all(one.rows_loaded is not None for one in audit.inputs)
    if len(audited) != len(reading.inputs):
        raise not_of_this_extract(f"the audit has {len(audited)} file(s), the extract {len(reading.inputs)}")
    checksums = {content: file for file, content in audited.items()}
    for one in reading.inputs:
        if (one.sha256, one.rows_loaded if told else None, one.rows_rejected) not in checksums:
            known = "with other content" if one.file in audited else "not among its files"
            raise not_of_this_extract(f"{one.file} is {known} (sha256 {one.sha256[:12]}…)")
    taken = {column.name: column.header for column in audit.extract.columns if column.mapped_by != "kept"}
    for column in reading.columns:
        if column.mapped_by != "kept" and taken.get(column.name) != column.header:
            raise not_of_this_extract(
                f"it took {taken.get(column.name)!r} for {column.name}, and this is {column.header!r}"
            )


def not_of_this_extract(what: str) -> AuditError:
    """The error that says in what an audit and an extract differ."""
    return AuditError(
        f"--audit: the audit is not of this extract: {what}",
        "Give the options of that audit (--source, --scope; --remedies, --suite, --practice of a remedied log), or the folder of another report.",
    )
