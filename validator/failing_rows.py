"""The failing rows of an audit that is on disk: where each stands in the extract, by rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.validator.errors import AuditError
from logsyn.validator.writing.confidential import CONFIDENTIAL, FAILING, confidential_file

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

    from logsyn.validator.record import Finding

_PASSED_ON = f"A report is passed on without its folder {CONFIDENTIAL}: ask whoever made it, or audit the extract anew."
_WHOLE = "Use the whole report folder, as logsyn has written it, or audit the extract anew."


def failing_rows(report: Path, finding: Finding) -> pa.Table:
    """The rows that fail a rule, in the order of the extract: ``row_id`` (from 1, over all files), ``file`` and ``line``.

    Args:
        report: the folder of the audit.
        finding: of the audit in that folder.

    Raises:
        AuditError: the failing rows are not there, cannot be read, or are those of another audit.
    """
    import pyarrow.compute as pc  # noqa: PLC0415 - a quarter of a second that other uses do not pay
    import pyarrow.parquet as pq  # noqa: PLC0415 - as above

    path = confidential_file(report, FAILING)
    if not path.is_file():
        raise AuditError(f"{path} is not there", _PASSED_ON)
    try:
        of_rule = pc.field("rule") == finding.rule
        table = pq.read_table(path, columns=["row_id", "file", "line"], filters=of_rule)
    except (OSError, ValueError, KeyError) as error:  # pyarrow's errors are of these kinds
        raise AuditError(f"{path} cannot be read as failing rows of an audit", _WHOLE) from error
    if table.num_rows != finding.rows_affected and not finding.of_few:
        raise AuditError(
            f"{path} is of another audit: it has {table.num_rows:,} rows of {finding.rule}, and {finding.rows_affected:,} failed",
            _WHOLE,
        )
    return table
