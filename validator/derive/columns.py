"""The derived columns of ``events``: one record each, with the columns that it needs, its SQL and its meaning."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class EventColumn:
    """A column that the view ``events`` adds to what was read.

    ``needs``: the columns without which it is not available (``practice:`` names a part of the practice). ``sql``: an
    expression over ``events``; None: it is computed with the chain of the case and stands in ``steps``.
    """

    name: str
    needs: tuple[str, ...]
    about: str
    sql: str | None = None


def _has_time_of_day(column: str) -> str:
    return (
        f"CASE WHEN {column} IS NOT NULL THEN {column}_precision >= 3 OR "
        f"({column}_precision = 2 AND {column} <> date_trunc('day', {column})) END"
    )


IN_STEPS = (
    EventColumn("row_id", (), "1-based number of the row over all files"),
    EventColumn("case_no", ("case_id",), "number of the case; stands for the case id where the id itself is not wanted"),
    EventColumn("pair_no", ("activity",), "number of the combination of activity and team"),
    EventColumn("position_in_case", ("case_id", "timestamp"), "1-based position by time, then by row"),
    EventColumn("previous_activity", ("case_id", "activity", "timestamp"), "activity before this one in the case"),
    EventColumn("next_activity", ("case_id", "activity", "timestamp"), "activity after this one in the case"),
    EventColumn("activities_at_same_time", ("case_id", "activity", "timestamp"), "distinct activities of the case at this time"),
    EventColumn("duplicate_rank", ("case_id", "activity", "timestamp"), "1 for the first of rows equal in case, activity, time; 2 for the next"),
    EventColumn("identical_rank", (), "1 for the first of rows equal in every column; 2 for the next"),
    EventColumn("cpr_number_columns", (), "columns of the row in which a CPR number stands; NULL when none"),
    EventColumn("in_practice", ("activity", "practice:activities"), "the practice has an activity with exactly this label"),
    EventColumn("is_planned", ("activity", "practice:activities"), "the practice says that the activity is dated ahead"),
    EventColumn("is_period", ("activity", "practice:period"), "the practice says that the activity is a period"),
    EventColumn("agreed_registration_days", ("activity", "practice:registration"), "agreed days from event to registration"),
    EventColumn("agreed_period_days", ("activity", "practice:period_end"), "agreed days from start to planned end"),
)  # fmt: skip

IN_VIEW = (
    EventColumn("timestamp_has_time_of_day", ("timestamp",), "more than a date was written", _has_time_of_day("timestamp")),
    EventColumn("registered_has_time_of_day", ("registered_at",), "more than a date was written", _has_time_of_day("registered_at")),
    EventColumn(
        "registration_lag_days",
        ("timestamp", "registered_at"),
        "days from event to registration: elapsed time; whole calendar days when either has no time of day",
        "CASE WHEN timestamp_has_time_of_day AND registered_has_time_of_day THEN (epoch(registered_at) - epoch(timestamp) "
        "- (utc_offset_seconds(registered_at) - utc_offset_seconds(timestamp))) / 86400.0 "
        "ELSE date_diff('day', timestamp, registered_at) END",
    ),
    EventColumn(
        "planned_period_days",
        ("planned_end",),
        "calendar days from planned start, else the event, to planned end",
        "date_diff('day', coalesce(planned_start, timestamp), planned_end)",
    ),
    EventColumn(
        "ends_before_start",
        ("timestamp", "planned_end|end_timestamp"),
        "1 when an end lies before its start, 0 when none does; NULL when there is no end to compare",
        "CASE WHEN end_timestamp < timestamp OR planned_end < CASE WHEN planned_start IS NULL THEN date_trunc('day', timestamp) "
        "WHEN planned_end_precision = 1 THEN date_trunc('day', planned_start) ELSE planned_start END THEN 1 "
        "WHEN (end_timestamp IS NOT NULL AND timestamp IS NOT NULL) OR "
        "(planned_end IS NOT NULL AND coalesce(planned_start, timestamp) IS NOT NULL) THEN 0 END",
    ),
    EventColumn("is_after_as_of", ("timestamp",), "1 when the event lies after the as-of day, else 0", "(timestamp >= as_of_end())::INTEGER"),
    EventColumn("month", ("timestamp",), "first day of the month of the event", "date_trunc('month', timestamp)::DATE"),
)  # fmt: skip

EVENT_COLUMNS = (*IN_STEPS, *IN_VIEW)
RESERVED_NAMES = tuple(column.name for column in EVENT_COLUMNS)


def available(mapped: frozenset[str], facts: frozenset[str]) -> frozenset[str]:
    """The columns of ``events`` that mean something here: mapped ones, and derived ones whose needs are met.

    ``facts`` are the parts of the practice that say something, as ``practice:...``.
    """
    have = set(mapped | facts)
    for column in EVENT_COLUMNS:
        if all(meets(need, have) for need in column.needs):
            have.add(column.name)
    return frozenset(have - facts)


def meets(need: str, have: set[str] | frozenset[str]) -> bool:
    """Whether a need such as ``planned_end|end_timestamp`` is met by one of the columns at hand."""
    return any(name in have for name in need.split("|"))
