"""One row of the extract as the generator knows it: typed values, how they are written, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

COLUMNS = (
    "SagsID", "Aktivitet", "Starttidspunkt", "Oprettet", "Startdato", "Slutdato", "Team", "Sagsbehandler", "DataSource",
    "Status", "Årsag til afslutning", "Målgruppe", "Bemærkning",
)  # fmt: skip

A_DAY = timedelta(days=1)


@dataclass(slots=True)
class Event:
    """One event of a case, and its row.

    ``written`` holds texts that stand in the file instead of the usual way to write the value (header → text).
    ``defects`` holds what the generator did to the row (check → detail). ``broken`` is set on a record with the wrong
    number of fields. ``touched`` rows are left alone by the next defect, so that defects are disjoint by construction.
    """

    case: str | None
    activity: str | None
    timestamp: datetime | None
    registered: datetime | None
    team: str | None
    resource: str
    source: str
    status: str
    target_group: str
    planned_start: date | None = None
    planned_end: date | None = None
    ending: str = ""
    remark: str = ""
    written: dict[str, str] = field(default_factory=dict)
    defects: dict[str, str] = field(default_factory=dict)
    broken: str = ""
    touched: bool = False

    @property
    def happened(self) -> datetime:
        """The timestamp of an event that has one.

        Raises:
            ValueError: the timestamp was taken away by a defect.
        """
        if self.timestamp is None:
            raise ValueError("this event has lost its timestamp")
        return self.timestamp

    @property
    def lag(self) -> timedelta:
        """Elapsed time from the event to its registration; zero where one of the two is not there."""
        if self.timestamp is None or self.registered is None:
            return timedelta()
        return self.registered - self.timestamp

    def copy(self, **changes: str) -> Event:
        """A row of its own with the same values, the same defects, and ``changes``."""
        return replace(self, written=dict(self.written), defects=dict(self.defects), **changes)  # type: ignore[arg-type]

    def cells(self) -> list[str]:
        """The texts of the row in the order of ``COLUMNS``."""
        usual = (
            self.case or "",
            self.activity or "",
            as_minute(self.timestamp),
            as_minute(self.registered),
            as_day(self.planned_start),
            as_day(self.planned_end),
            self.team or "",
            self.resource,
            self.source,
            self.status,
            self.ending,
            self.target_group,
            self.remark,
        )
        if not self.written:
            return list(usual)
        return [self.written.get(column, text) for column, text in zip(COLUMNS, usual, strict=True)]


def as_day(day: date | None) -> str:
    """``dd-mm-yyyy``; not by strftime, which writes the year 1 without its zeros."""
    return "" if day is None else f"{day.day:02}-{day.month:02}-{day.year:04}"


def as_minute(moment: datetime | None) -> str:
    """``dd-mm-yyyy HH:MM``."""
    return "" if moment is None else f"{as_day(moment)} {moment.hour:02}:{moment.minute:02}"
