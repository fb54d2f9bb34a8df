"""Values that are not there or cannot be read: case id, activity, timestamp, team."""

from __future__ import annotations

from sample_logs.generator.defects.pool import Pool, cycle, ordinary
from sample_logs.generator.vocabulary import JOBKLUB

UNREADABLE = (
    "31-02-2023 10:15", "medio marts", "2023-13-45", "uge 12", "29-02-2023 09:00", "12-05-2023 25:30", "efter aftale",
)  # fmt: skip


def missing_case_id(pool: Pool) -> None:
    """Nothing, or a placeholder, where the case id should be."""
    for event, text in cycle(("", "-", "?"), pool.take("missing-case-id", ordinary)):
        event.case = None
        event.written["SagsID"] = text
        event.defects["missing-case-id"] = _shown(text)


def missing_activity(pool: Pool) -> None:
    """Nothing, or a placeholder, where the activity should be."""
    for event, text in cycle(("", "-", "ukendt", "?", "Ukendt"), pool.take("missing-activity", ordinary)):
        event.activity = None
        event.written["Aktivitet"] = text
        event.defects["missing-activity"] = _shown(text)


def missing_timestamp(pool: Pool) -> None:
    """Nothing, or a placeholder, where the time should be."""
    for event, text in cycle(("", "", "-", "ukendt", "ingen", "n/a"), pool.take("missing-timestamp", ordinary)):
        event.timestamp = None
        event.written["Starttidspunkt"] = text
        event.defects["missing-timestamp"] = _shown(text)


def unparseable_timestamp(pool: Pool) -> None:
    """A text that is no point in time."""
    for event, text in cycle(UNREADABLE, pool.take("unparseable-timestamp", ordinary)):
        event.timestamp = None
        event.written["Starttidspunkt"] = text
        event.defects["unparseable-timestamp"] = _shown(text)


def missing_team(pool: Pool) -> None:
    """No team; the job club's own rows keep theirs, for its agreed days hang on it."""
    taken = pool.take("missing-value", lambda event: ordinary(event) and event.team != JOBKLUB)
    for event, text in cycle(("", "", "-", "Ukendt"), taken):
        event.team = None
        event.written["Team"] = text
        event.defects["missing-value"] = f"team {_shown(text)}"


def _shown(text: str) -> str:
    return f"[{text}]"
