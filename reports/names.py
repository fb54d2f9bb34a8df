"""Owns the names of codes that people meet: outcomes, severities, dimensions, questions, and the classes of days."""

# ruff: noqa: RUF001 (spans of days are written with a dash, not with a hyphen)

from __future__ import annotations

from typing import Final

from logsyn.reports.language import N_

FITNESS: Final = {
    "fit": N_("Fit"),
    "fit_with_reservations": N_("Fit with reservations"),
    "not_fit": N_("Not fit"),
    "not_evaluated": N_("Not evaluated"),
}

FITNESS_MEANS: Final = {
    "fit": N_("The extract can be used for process mining as it is."),
    "fit_with_reservations": N_("The extract can be used for process mining by those who know the reservations below."),
    "not_fit": N_("The extract should not be used for process mining before what stands below has been put right."),
}

OUTCOMES: Final = {
    "failed": N_("Failed"),
    "error": N_("Error in the run"),
    "nothing_checked": N_("Nothing examined"),
    "not_evaluated": N_("Not evaluated"),
    "passed": N_("Passed"),
}
"""In the order in which findings are shown."""

SEVERITIES: Final = {"critical": N_("Critical"), "warning": N_("Warning"), "info": N_("Information")}
"""Their order: ``logsyn.expectations.severity``."""

DIMENSIONS: Final = {
    "accuracy": N_("Accuracy"),
    "completeness": N_("Completeness"),
    "confidentiality": N_("Confidentiality"),
    "consistency": N_("Consistency"),
    "credibility": N_("Credibility"),
    "currentness": N_("Currentness"),
    "precision": N_("Precision"),
    "accessibility": N_("Accessibility"),
    "compliance": N_("Compliance"),
    "efficiency": N_("Efficiency"),
    "traceability": N_("Traceability"),
    "understandability": N_("Understandability"),
    "availability": N_("Availability"),
    "portability": N_("Portability"),
    "recoverability": N_("Recoverability"),
}
"""The fifteen characteristics of ISO/IEC 25012; the catalogue uses the first seven."""

QUESTIONS: Final = {
    "throughput-time": N_("Throughput time: how long does a case take?"),
    "order": N_("Order: in which order do the steps come?"),
    "occurrence": N_("Occurrence: which steps does a case have?"),
    "workload": N_("Workload by team"),
    "deadlines": N_("Keeping of deadlines"),
}

USABILITY: Final = {
    "usable": N_("Can be answered"),
    "with_reservations": N_("Can be answered with reservations"),
    "not_usable": N_("Cannot be answered"),
}

TABLES: Final = {
    "events": N_("registrations"),
    "cases": N_("cases"),
    "labels": N_("activity names"),
    "log": N_("the whole extract"),
}

MAPPED_BY: Final = {
    "profile": N_("named in the source profile"),
    "synonym": N_("recognised by its header"),
    "kept": N_("kept under its own name"),
}

KINDS: Final = {"text": N_("text"), "category": N_("category"), "time": N_("time")}

DAY_MONTH: Final = {
    "given": N_("given in the source profile"),
    "evidence": N_("settled by dates that can be read in one way only"),
    "undecidable": N_("cannot be settled: every date can be read in both ways"),
    "not_applicable": N_("the format leaves no doubt"),
}

LAGS: Final = {
    "before": N_("registered beforehand"),
    "same_day": N_("the same day"),
    "1": N_("1 day after"),
    "2-3": N_("2–3 days after"),
    "4-7": N_("4–7 days after"),
    "8-14": N_("8–14 days after"),
    "15-30": N_("15–30 days after"),
    "over_30": N_("more than 30 days after"),
}

HORIZONS: Final = {
    "past": N_("ends before it starts"),
    "to_90_days": N_("within 90 days"),
    "to_1_year": N_("91 days to 1 year"),
    "to_2_years": N_("over 1 to 2 years"),
    "to_5_years": N_("over 2 to 5 years"),
    "over_5_years": N_("more than 5 years"),
    "sentinel": N_("a date that means “no end”"),
}

REGIMES: Final = {
    "precision": N_("share of registrations with a time of day"),
    "lag": N_("typical days until registration"),
}
"""What changes from one month to the next."""

NAMESAKES: Final = {
    "spelling": N_("they are only spelled differently"),
    "unit": N_("what is added names a unit"),
    "team": N_("each has its own teams"),
    "source": N_("each has its own sources"),
    "time": N_("one takes the place of the other"),
}
"""What says that two labels are two names of one activity."""

OVERLOAD_WAYS: Final = {
    "groups": N_("the teams' use"),
    "surroundings": N_("what comes before and after"),
}
"""By what it was seen that a label seems to carry several meanings."""

COLUMNS: Final = {
    "case_id": N_("case"),
    "activity": N_("activity"),
    "timestamp": N_("happened"),
    "end_timestamp": N_("ended"),
    "registered_at": N_("registered"),
    "planned_start": N_("planned start"),
    "planned_end": N_("planned end"),
    "resource": N_("employee"),
    "team": N_("team"),
    "source": N_("source"),
    "status": N_("status"),
    "text": N_("text"),
    "timestamp_text": N_("happened, as it is written"),
    "end_timestamp_text": N_("ended, as it is written"),
    "registered_at_text": N_("registered, as it is written"),
    "planned_start_text": N_("planned start, as it is written"),
    "planned_end_text": N_("planned end, as it is written"),
    "row_id": N_("row number"),
    "case_no": N_("number of the case"),
    "pair_no": N_("number of the activity and team"),
    "position_in_case": N_("number in the case"),
    "previous_activity": N_("activity before"),
    "next_activity": N_("activity after"),
    "is_tied": N_("shares its time with another registration"),
    "activities_at_same_time": N_("activities at the same time"),
    "duplicate_rank": N_("number among the repeats"),
    "identical_rank": N_("number among the identical rows"),
    "in_practice": N_("is in the practice"),
    "is_planned": N_("is planned according to the practice"),
    "is_period": N_("is a period according to the practice"),
    "agreed_registration_days": N_("agreed days until registration"),
    "agreed_registration_working_days": N_("agreed working days until registration"),
    "agreed_period_days": N_("agreed length in days"),
    "timestamp_has_time_of_day": N_("has a time of day"),
    "registered_has_time_of_day": N_("registered with a time of day"),
    "end_has_time_of_day": N_("ended with a time of day"),
    "registration_lag_days": N_("time until registration"),
    "planned_period_days": N_("days until the planned end"),
    "ends_before_start": N_("ends before it starts"),
    "timestamp_weekday": N_("happened on a"),
    "timestamp_hour": N_("happened in the hour"),
    "timestamp_on_working_day": N_("happened on a working day"),
    "registered_weekday": N_("registered on a"),
    "registered_hour": N_("registered in the hour"),
    "registered_on_working_day": N_("registered on a working day"),
    "registration_lag_working_days": N_("working days until registration"),
    "is_after_as_of": N_("is later than the as-of day"),
    "month": N_("month"),
    "cpr_number_columns": N_("found in"),
    "is_untidy": N_("has stray spaces or unlike capitals"),
    "differs_by_case_from": N_("is also written"),
    "synonym_of": N_("seems to be the same as"),
    "synonym_of_events": N_("registrations under that name"),
    "synonym_context": N_("how alike the two are used (1 = alike)"),
    "synonym_shared_cases": N_("cases with both"),
    "synonym_evidence": N_("what speaks for it"),
    "declared_meanings": N_("agreed meanings"),
    "overload_excess_bits": N_("difference between the teams (bits)"),
    "overload_limit_bits": N_("limit for the difference (bits)"),
    "overload_yardstick_bits": N_("difference for other names (bits)"),
    "overload_p_value": N_("how often chance alone would give as much"),
    "overload_way": N_("seen by"),
    "overload_use_bits": N_("what comes before tells of what comes after (bits)"),
    "overload_use_limit_bits": N_("limit for what it tells (bits)"),
    "overload_use_p_value": N_("how often chance alone would give as much there"),
    "overload_use_share": N_("share of the rarer use"),
    "overload_shared_cases": N_("how usual the two uses are in the same cases (1: as in all cases)"),
    "overload_use_neighbours": N_("neighbours of each use, at most"),
    "overload_use_variants": N_("variants that have each use, at least"),
    "overload_team": N_("team that stands out"),
    "overload_team_share": N_("share of that team"),
    "registration_overrun_days": N_("time beyond what is agreed"),
    "gap_seconds": N_("seconds since the step before"),
    "planned_length_days": N_("planned length in days"),
    "lacking_activities": N_("activities that are lacking"),
    "first_activity": N_("first activity"),
    "last_activity": N_("last activity"),
    "antecedent_at": N_("asked for on"),
    "days_until_consequent": N_("days until the other activity"),
    "activities_too_early": N_("activities that come too early"),
    "repeated_activities": N_("activities that are repeated"),
    "unusual_steps": N_("steps in the unusual order"),
    "too_frequent_activities": N_("activities and how often they occur"),
    "timestamp_latest": N_("happened at the latest"),
    "earlier_event_registered_at": N_("an earlier event was registered"),
    "quiet_from": N_("quiet from"),
    "quiet_to": N_("quiet until"),
    "quiet_days": N_("quiet days"),
    "own_limit_days": N_("days that the extract's own rhythm explains"),
    "missing_ids": N_("case ids missing after this case"),
    "text_column": N_("column"),
    "filled_values": N_("values"),
    "values_read_as_time": N_("values that are times"),
    "time_format": N_("form of the times"),
    "what": N_("what changes"),
    "before": N_("before the change"),
    "after": N_("after the change"),
    "concentrated_on": N_("gather on"),
    "team_registrations": N_("registrations of the team"),
    "share_of_team": N_("the team's share"),
    "share_of_others": N_("the others' share"),
    "share_of_events": N_("share of the team's events"),
    "events_of_activity": N_("registrations of the activity"),
    "share_to_day": N_("share with a date only"),
    "share_to_minute": N_("share to the minute"),
    "share_to_second": N_("share to the second"),
    "time_column": N_("time"),
    "shifted_times": N_("times at 22:00 or 23:00"),
    "shifted_share": N_("share of the times"),
    "combination_events": N_("registrations"),
    "combination_cases": N_("cases"),
    "duration_seconds": N_("seconds from start to end"),
    "duration_days": N_("days from start to end"),
    "shortest_days": N_("shortest, in days"),
    "longest_days": N_("longest, in days"),
    "overlapping_activity": N_("runs at the same time as"),
    "gap_to_nearest_seconds": N_("seconds to the nearest registration"),
    "events_in_window": N_("registrations in the same go"),
    "cases_in_window": N_("cases in the same go"),
    "by_system": N_("registered by a system"),
    "rows_in_batches_by_systems": N_("registered in one go by systems"),
    "could_not_be_read": N_("rows whose value could not be read as the source profile says"),
    "read_the_other_way": N_("with day and month swapped"),
    "others_from": N_("first day of the others in the case"),
    "others_to": N_("last day of the others in the case"),
    "resources_of_instance": N_("number of employees"),
    "contact_detail_columns": N_("contact details found in"),
}
"""Columns that stand in examples; one that is not here, such as one of the extract, is shown under its own name."""

QUESTIONS_IN_SHORT: Final = {
    "throughput-time": N_("Throughput time"),
    "order": N_("Order"),
    "occurrence": N_("Occurrence"),
    "workload": N_("Workload"),
    "deadlines": N_("Deadlines"),
}

REMEDIES: Final = {
    "drop-rows": N_("the rows are left out"),
    "drop-cases": N_("the whole cases are left out"),
    "keep-first": N_("only the first of equal rows is kept"),
    "relabel": N_("the activity gets a name for each meaning"),
    "map-labels": N_("the spellings are brought together under one"),
    "end-date": N_("far end dates are clipped or left open"),
    "use-time": N_("another time column is used"),
    "merge-rows": N_("rows of one time are merged into one step"),
    "blank": N_("the value is taken out"),
    "pseudonymise": N_("the values are pseudonymised"),
    "remove-column": N_("the column is removed"),
    "mask-cpr": N_("CPR numbers are masked"),
}

READINGS: Final = {
    "registered": N_("As registered"),
    "clipped": N_("Clipped at the as-of day"),
    "open": N_("Far ends left open"),
}
