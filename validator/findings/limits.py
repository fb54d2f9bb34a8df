"""What was left out since it is beyond a limit, said among the remarks on how the extract was read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from logsyn.validator.derive.label_names import LONGEST_NAME, labels_too_long
from logsyn.validator.record import Text

if TYPE_CHECKING:
    import duckdb

    from logsyn.validator.reading.extract import Reading


def with_limits_told(connection: duckdb.DuckDBPyConnection, reading: Reading) -> Reading:
    """How the extract was read, with a remark on the labels that were not compared as names."""
    number = labels_too_long(connection)
    if not number:
        return reading
    remark = Text(
        da=f"{number} {'aktivitet har et navn' if number == 1 else 'aktiviteter har navne'} på over {LONGEST_NAME} tegn. De er taget med i alt andet, "
        "men ikke sammenlignet med andre navne: stavefejl, skabeloner og synonymer er der ikke ledt efter i dem.",
        en=f"{number} {'activity has a name' if number == 1 else 'activities have names'} of more than {LONGEST_NAME} characters. They count in all else, "
        "but are not compared with other names: no slips, templates or synonyms were looked for in them.",
    )
    return replace(reading, remarks=[*reading.remarks, remark])
