"""Where a row, or an input, stands when it is no line of a file."""

from __future__ import annotations

from logsyn.validator.record.base import Count, Record


class Place(Record):
    """A sheet of a workbook and a row in it, or a key of a table; each is None where there is none.

    ``key`` is what finds a row again in its source. One that names a case or a person stands as its pseudonym.
    """

    sheet: str | None = None
    row: Count | None = None
    key: str | None = None
