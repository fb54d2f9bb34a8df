"""The columns of ``event_facts``: one record each, with the columns that it needs, its SQL and its meaning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from logsyn.expectations.source import TIME_COLUMNS

if TYPE_CHECKING:
    from logsyn.expectations.grain import Grain


@dataclass(frozen=True)
class EventColumn:
    """A derived column of an event.

    ``needs``: the columns without which it is not available (``practice:`` names a part of the practice). ``sql``: an
    expression over what was read, what is agreed, and the columns before this one. ``on_demand``: it is derived, and there,
    only when a rule or a remedy speaks of it. ``grain``: what is looked at
    together to derive it; None where the row itself tells.
    """

    name: str
    needs: tuple[str, ...]
    about: str
    sql: str
    on_demand: bool = False
    grain: Grain | None = None


def _has_time_of_day(column: str) -> str:
    return (
        f"CASE WHEN {column} IS NOT NULL THEN {column}_precision >= 3 OR "
        f"({column}_precision = 2 AND {column} <> date_trunc('day', {column})) END"
    )


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""The words of ``timestamp_weekday`` and ``registered_weekday``."""


def _weekday(column: str) -> str:
    return f"lower(dayname({column}))"


def _hour(column: str, prefix: str) -> str:
    return f"CASE WHEN {prefix}_has_time_of_day THEN hour({column})::TINYINT END"


def _on_working_day(column: str, prefix: str) -> str:
    return f"CASE WHEN {column} IS NOT NULL THEN {prefix}_is_working END"


IN_CHAIN = ("case_id", "activity", "timestamp")
"""Only events that have these have a place in a chain; mining tools leave out the others, too."""

EVENT_COLUMNS = (
    EventColumn("row_id", (), "1-based number of the row over all files", "row_id", grain="log"),
    EventColumn(
        "case_no", ("case_id",), "number of the case; NULL where the case id is missing", "case_no", grain="log"
    ),
    EventColumn("pair_no", ("activity",), "number of the combination of activity and team", "pair_no", grain="log"),
    EventColumn(
        "position_in_case",
        ("case_id", "timestamp"),
        "1-based position by time, then by row",
        "CASE WHEN in_chain THEN (row_number() OVER by_time)::INTEGER END",
        grain="case",
    ),
    EventColumn(
        "previous_activity",
        IN_CHAIN,
        "activity before this one in the case",
        "CASE WHEN in_chain THEN lag(activity) OVER by_time END",
        grain="case",
    ),
    EventColumn(
        "next_activity",
        IN_CHAIN,
        "activity after this one in the case",
        "CASE WHEN in_chain THEN lead(activity) OVER by_time END",
        grain="case",
    ),
    EventColumn(
        "is_tied",
        IN_CHAIN,
        "another event of the case has the same time",
        "in_chain AND coalesce(lag(timestamp) OVER by_time = timestamp OR lead(timestamp) OVER by_time = timestamp, false)",
        grain="case",
    ),
    EventColumn(
        "gap_seconds",
        ("case_id", "timestamp"),
        "seconds since the event before this one in the case",
        "CASE WHEN in_chain THEN epoch(timestamp) - epoch(lag(timestamp) OVER by_time) "
        "- (utc_offset_seconds(timestamp) - utc_offset_seconds(lag(timestamp) OVER by_time)) END",
        on_demand=True,
        grain="case",
    ),
    # Most events share their time with no other; those that do are counted apart and put in afterwards.
    EventColumn(
        "activities_at_same_time",
        IN_CHAIN,
        "distinct activities of the case at this time",
        "CASE WHEN in_chain THEN 1::INTEGER END",
        grain="case",
    ),
    EventColumn(
        "duplicate_rank",
        IN_CHAIN,
        "1 for the first of rows equal in case, activity and time, 2 for the next",
        "CASE WHEN in_chain THEN 1::INTEGER END",
        grain="case",
    ),
    EventColumn(
        "identical_rank",
        (),
        "1 for the first of rows equal in every column, 2 for the next",
        "identical_rank",
        grain="case",
        on_demand=True,
    ),
    # Measured when a rule leaves out what is usual: validator/derive/usual_times.py.
    EventColumn(
        "same_time_share",
        IN_CHAIN,
        "how usual it is that the activities of this time share theirs: share of the times of the rarer one, the least of the pairs",
        "NULL::DOUBLE",
        grain="log",
        on_demand=True,
    ),
    EventColumn(
        "in_practice",
        ("activity", "practice:activities"),
        "the practice has an activity with exactly this label",
        "in_practice",
    ),
    EventColumn(
        "is_planned", ("activity", "practice:activities"), "by the practice the activity is dated ahead", "is_planned"
    ),
    EventColumn("is_period", ("activity", "practice:period"), "by the practice the activity is a period", "is_period"),
    EventColumn(
        "agreed_registration_days",
        ("activity", "practice:registration"),
        "agreed days from event to registration",
        "agreed_registration_days",
    ),
    EventColumn(
        "agreed_registration_working_days",
        ("activity", "practice:working_days"),
        "agreed working days from event to registration",
        "agreed_registration_working_days",
    ),
    EventColumn(
        "agreed_period_days",
        ("activity", "practice:period_end"),
        "agreed days from start to planned end",
        "agreed_period_days",
    ),
    EventColumn(
        "timestamp_has_time_of_day", ("timestamp",), "more than a date was written", _has_time_of_day("timestamp")
    ),
    EventColumn(
        "registered_has_time_of_day",
        ("registered_at",),
        "more than a date was written",
        _has_time_of_day("registered_at"),
    ),
    EventColumn(
        "end_has_time_of_day",
        ("end_timestamp",),
        "more than a date was written",
        _has_time_of_day("end_timestamp"),
        on_demand=True,
    ),
    EventColumn(
        "registration_lag_days",
        ("timestamp", "registered_at"),
        "days from event to registration: elapsed time; whole calendar days when either has no time of day",
        "CASE WHEN timestamp_has_time_of_day AND registered_has_time_of_day THEN (epoch(registered_at) - epoch(timestamp) "
        "- (utc_offset_seconds(registered_at) - utc_offset_seconds(timestamp))) / 86400.0 "
        "ELSE date_diff('day', timestamp, registered_at) END",
    ),
    EventColumn(
        "duration_seconds",
        ("timestamp", "end_timestamp"),
        "elapsed seconds from start to end; negative when the end lies before the start",
        "epoch(end_timestamp) - epoch(timestamp) - (utc_offset_seconds(end_timestamp) - utc_offset_seconds(timestamp))",
        on_demand=True,
    ),
    EventColumn(
        "planned_period_days",
        ("planned_end",),
        "calendar days from planned start, else the event, to planned end",
        "date_diff('day', coalesce(planned_start, timestamp), planned_end)::INTEGER",
    ),
    EventColumn(
        "ends_before_start",
        ("timestamp", "planned_end|end_timestamp"),
        "1 when an end lies before its start, 0 when none does; NULL when there is no end to compare",
        "(CASE WHEN end_timestamp < timestamp OR planned_end < CASE WHEN planned_start IS NULL THEN "
        "date_trunc('day', timestamp) WHEN planned_end_precision = 1 THEN date_trunc('day', planned_start) "
        "ELSE planned_start END THEN 1 WHEN (end_timestamp IS NOT NULL AND timestamp IS NOT NULL) OR "
        "(planned_end IS NOT NULL AND coalesce(planned_start, timestamp) IS NOT NULL) THEN 0 END)::TINYINT",
    ),
    EventColumn(
        "is_after_as_of",
        ("timestamp",),
        "1 when the event lies after the as-of day, else 0",
        "(timestamp >= as_of_end())::TINYINT",
    ),
    EventColumn(
        "timestamp_latest",
        ("timestamp",),
        "the latest time at which the event may have happened: the end of its day when no time of day is written",
        "CASE WHEN timestamp_has_time_of_day THEN timestamp ELSE date_trunc('day', timestamp) + INTERVAL 1 DAY - INTERVAL 1 MICROSECOND END",
        on_demand=True,
    ),
    EventColumn("month", ("timestamp",), "first day of the month of the event", "date_trunc('month', timestamp)::DATE"),
    *(
        column
        for time, prefix, what in (("timestamp", "timestamp", "event"), ("registered_at", "registered", "registration"))
        for column in (
            EventColumn(
                f"{prefix}_weekday",
                (time,),
                f"day of the week of the {what}: {', '.join(WEEKDAYS)}",
                _weekday(time),
                on_demand=True,
            ),
            EventColumn(
                f"{prefix}_hour",
                (time,),
                f"hour of the {what}, 0 to 23, on the clock of the extract; NULL when no time of day is written",
                _hour(time, prefix),
                on_demand=True,
            ),
            EventColumn(
                f"{prefix}_on_working_day",
                (time,),
                f"the {what} is on a Monday to Friday that is no Danish holiday; before 1771 and after 2100 only weekends are free",
                _on_working_day(time, prefix),
                on_demand=True,
            ),
        )
    ),
    EventColumn(
        "registration_lag_working_days",
        ("timestamp", "registered_at"),
        "working days after the day of the event up to and including the day of registration; negative when that lies before",
        "registered_day_no - timestamp_day_no",
        on_demand=True,
    ),
)

RESERVED_NAMES = (
    *(column.name for column in EVENT_COLUMNS),
    *(f"{column}_unread" for column in TIME_COLUMNS),
    "cpr_number_columns",
    "in_chain",
)


def available(mapped: frozenset[str], facts: frozenset[str]) -> frozenset[str]:
    """The columns of events that mean something here: mapped ones, and derived ones whose needs are met.

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
