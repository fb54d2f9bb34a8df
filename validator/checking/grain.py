"""The grain of a rule: that of its check with its parameters, and of the columns that the suite names in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.expectations.grain import joined
from logsyn.expectations.stock import columns_of
from logsyn.validator.derive.columns import EVENT_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from logsyn.expectations.catalogue import Table
    from logsyn.expectations.grain import Grain
    from logsyn.expectations.rule import Rule

_EVENTS: Mapping[str, Grain | None] = {column.name: column.grain for column in EVENT_COLUMNS} | {
    "cpr_number_columns": "log"  # all texts of a column tell whether they are times
}
_OF_CASES = ("events", "first_event", "last_event", "duration_seconds", "steps", "variant")
_OF_LABELS = ("events", "label_events", "declared_meanings")
_OTHERS_OF_LABELS = (
    "first_row_id", "is_untidy", "differs_by_case_from", "base_label", "is_base_label", "label_variants", "distorted_of",
    "distorted_ratio", "distorted_of_events", "synonym_of", "synonym_of_events", "overload_excess_bits", "overload_p_value",
    "overload_yardstick_bits", "overload_limit_bits", "overload_team", "overload_team_share", "overload_way", "overload_use_bits",
    "overload_use_limit_bits", "overload_use_p_value", "overload_use_share", "overload_shared_cases",
    "overload_use_variants", "overload_use_neighbours",
)  # fmt: skip
_OWN: Mapping[Table, Mapping[Grain, tuple[str, ...]]] = {
    "events": {},
    "cases": {"case": _OF_CASES, "log": ("first_row_id",)},
    "labels": {"label": _OF_LABELS, "log": _OTHERS_OF_LABELS},
    "log": {},
}
"""Columns of the tables themselves that more than the row of a case or label tells; a column of the extract asks for nothing."""


def grain_of(rule: Rule) -> Grain:
    """The grain of a rule with the parameters and conditions that its suite gives."""
    known = {**_EVENTS, **{name: grain for grain, names in _OWN[rule.table].items() for name in names}}
    named = set(rule.where) | set(columns_of(rule.args).values() if rule.value is None else ())
    for name, kind in rule.parameters.items():
        value = rule.given[name]
        if value is not None and kind.kind in ("column", "columns", "condition"):
            named |= {value} if kind.kind == "column" else set(value)
    return joined([rule.grain, *(known.get(name) for name in named)]) or rule.grain
