"""That only some of the rules of a suite were run, and which."""

from __future__ import annotations

from logsyn.validator.record.base import Record


class Selection(Record):
    """What was asked for, and the ids of the rules that were left out for it: nothing is known of these."""

    rules: list[str] = []
    tables: list[str] = []
    severities: list[str] = []
    dimensions: list[str] = []
    left_out: list[str] = []
