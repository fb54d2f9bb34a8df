"""How often each defect is put into the log: the defaults that the table in the README states."""

from __future__ import annotations

from sample_logs.generator.vocabulary import COMPANIES, JOBKLUB, TEAM_A, TEAM_B

RATES = {
    "missing-case-id": 0.002,
    "missing-activity": 0.002,
    "missing-timestamp": 0.003,
    "unparseable-timestamp": 0.003,
    "missing-value": 0.006,
    "registered-before-event": 0.006,
    "future-timestamp": 0.003,
    "default-date": 0.003,
    "imprecise-timestamp": 0.030,
    "shared-timestamp": 0.006,
    "duplicate-event": 0.008,
    "unknown-activity": 0.006,
    "untidy-label": 0.004,
    "cpr-number": 0.003,
    "rejected": 0.0015,
    "far-future-end-date": 0.080,
    "open-ended-period": 0.040,
    "end-before-start": 0.020,
}
"""Share of the events, and for the last three of the events with a planned end; shared times: of groups."""

LATE_ATTENDANCE = 0.16
LATE_BY_TEAM = {TEAM_A: 0.025, TEAM_B: 0.055, COMPANIES: 0.085, JOBKLUB: 0.030}
"""Share registered too late: of the job club's attendance, and of each team's other events."""
