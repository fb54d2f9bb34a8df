"""The order in which defects are put into the log, rare and demanding ones first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sample_logs.generator.defects.absent import (
    missing_activity,
    missing_case_id,
    missing_team,
    missing_timestamp,
    unparseable_timestamp,
)
from sample_logs.generator.defects.identity import cpr_number, lookalikes
from sample_logs.generator.defects.labels import other_case, unknown_activity, untidy_label
from sample_logs.generator.defects.periods import end_before_start, far_future_end, near_end, open_ended_period
from sample_logs.generator.defects.pool import Pool
from sample_logs.generator.defects.registration import (
    backdated_attendance,
    backdated_registration,
    on_the_limit,
    registered_before_event,
    without_a_clock,
)
from sample_logs.generator.defects.repeats import broken_record, repeated
from sample_logs.generator.defects.times import (
    default_date,
    future_timestamp,
    imprecise_timestamp,
    just_after_midnight,
    last_day,
    shared_timestamp,
)

if TYPE_CHECKING:
    from random import Random

    from sample_logs.generator.event import Event
    from sample_logs.generator.process import Case

DEFECTS = (
    other_case,
    far_future_end,
    near_end,
    open_ended_period,
    end_before_start,
    on_the_limit,
    shared_timestamp,
    backdated_attendance,
    backdated_registration,
    missing_case_id,
    missing_activity,
    missing_timestamp,
    unparseable_timestamp,
    missing_team,
    unknown_activity,
    untidy_label,
    future_timestamp,
    last_day,
    default_date,
    imprecise_timestamp,
    just_after_midnight,
    registered_before_event,
    without_a_clock,
    cpr_number,
    lookalikes,
    broken_record,
)


def put_in(cases: list[Case], rng: Random) -> list[Event]:
    """The rows of the file, with all defects, in file order."""
    _rename_one(cases)
    pool = Pool(cases, rng)
    for defect in DEFECTS:
        defect(pool)
    return repeated(pool)


def _rename_one(cases: list[Case]) -> None:
    """One case is called NA, as in a real log: that is an id like any other."""
    for event in cases[len(cases) // 2]:
        event.case = "NA"
