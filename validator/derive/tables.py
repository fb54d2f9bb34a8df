"""The order in which everything is derived, from ``rows`` to ``events``, ``cases``, ``labels`` and ``log``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.expectations.source import TIME_COLUMNS
from logsyn.validator.derive.agreements import create_pairs, practice_facts
from logsyn.validator.derive.cases import create_cases
from logsyn.validator.derive.columns import available
from logsyn.validator.derive.contacts import create_contacts
from logsyn.validator.derive.cpr import create_cpr_numbers
from logsyn.validator.derive.events import CASE_NUMBERS, create_event_facts
from logsyn.validator.derive.label_names import create_name_facts
from logsyn.validator.derive.labels import create_labels
from logsyn.validator.derive.log import create_log
from logsyn.validator.derive.needs import needs_of
from logsyn.validator.derive.overload_measures import OVERLOAD_COLUMNS, create_overload_measures
from logsyn.validator.derive.regimes import create_regimes
from logsyn.validator.derive.rhythms import create_rhythms
from logsyn.validator.derive.time_texts import create_time_texts
from logsyn.validator.derive.usual_times import measure_usual_times
from logsyn.validator.derive.working_days import CALENDAR_COLUMNS, create_calendar_days
from logsyn.validator.derive.zone import create_clock_changes, offset_macro

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    import duckdb

    from logsyn.expectations.practice import Practice
    from logsyn.expectations.rule import Rule
    from logsyn.validator.derive.needs import Needs


def derive(
    connection: duckdb.DuckDBPyConnection,
    *,
    mapped: frozenset[str],
    written: frozenset[str],
    texts: Sequence[str],
    formats: Sequence[str],
    zone: str,
    practice: Practice | None,
    as_of: date,
    rules: Sequence[Rule],
    named: Iterable[str] = (),
) -> dict[str, frozenset[str]]:
    """Derive all tables from ``rows``.

    Args:
        connection: holds ``rows``.
        mapped: the columns of ``rows`` that the extract filled: canonical ones and those kept under their own names.
        written: what is known of how their times were written, as ``logsyn.validator.reading.written`` says it.
        texts: those of them that hold text, to be searched for CPR numbers and contact details.
        formats: of the times that were read and of the source profile.
        zone: the zone of the local times.
        practice: what is agreed; None when there is none.
        as_of: the day up to whose end events may lie.
        rules: what will be judged; what costs time and no rule looks at is left out.
        named: columns of events that something else speaks of: the conditions of remedies, the scopes of accepted findings.

    Returns:
        The columns that mean something in this extract, by table; a rule that needs others is not evaluated. A rule on
        another table than ``events`` may need columns of events, too; ``TABLE:own`` has those of the table itself.
    """
    agreed = practice_facts(practice)
    have = available(mapped, agreed)
    # The figures of registration lag look at it where it is agreed on, whether or not a rule does.
    in_working_days = ["registration_lag_working_days"] if "agreed_registration_working_days" in have else []
    needs = needs_of(connection, rules, [*named, *in_working_days], have)
    _create_calendar(connection, zone, as_of, practice, needs)
    create_pairs(connection, practice)
    connection.execute(CASE_NUMBERS)
    searched = "cpr_found" in needs.tables or "cpr_number_columns" in needs.columns
    create_cpr_numbers(connection, texts if searched else [])
    create_contacts(connection, texts if "contacts_found" in needs.tables else [])
    create_event_facts(connection, mapped, needs)
    create_name_facts(connection, rules, needs)
    measure_usual_times(connection, needs)
    create_cases(connection)
    create_overload_measures(connection, have, wanted=bool(OVERLOAD_COLUMNS & needs.columns))
    create_labels(connection)
    create_log(connection)
    create_regimes(connection, wanted=bool({"registration_regimes", "registration_months"} & needs.tables))
    create_rhythms(connection, registered="registered_at" in mapped, wanted="registration_rhythms" in needs.tables)
    unmapped = [name for name in texts if name in mapped and name not in ("case_id", "activity")]
    create_time_texts(connection, unmapped, formats, wanted="time_texts" in needs.tables)
    return _columns_by_table(connection, have, written)


def _create_calendar(
    connection: duckdb.DuckDBPyConnection, zone: str, as_of: date, practice: Practice | None, needs: Needs
) -> None:
    """What is known of the days of the log: its end, the clock of its zone, and the working days."""
    connection.execute(f"CREATE OR REPLACE MACRO as_of_end() AS (TIMESTAMP '{as_of.isoformat()}' + INTERVAL 1 DAY)")
    years = _years(connection)
    connection.execute(offset_macro(zone, years))
    create_clock_changes(connection, zone, years if "clock_changes" in needs.tables else [])
    on_working_days = bool(CALENDAR_COLUMNS & needs.columns) or "calendar_days" in needs.tables
    days_off = practice.days_off if practice is not None else []
    create_calendar_days(connection, years, wanted=on_working_days, days_off=days_off)


def _columns_by_table(
    connection: duckdb.DuckDBPyConnection, have: frozenset[str], written: frozenset[str]
) -> dict[str, frozenset[str]]:
    """The columns that mean something: of events, and of the other tables with and without those of events."""
    return {"events": have | {"cpr_number_columns"} | written} | {
        name: columns
        for table in ("cases", "labels", "log")
        for own in [_columns(connection, table)]
        for name, columns in ((table, own | have), (f"{table}:own", own))
    }


def _years(connection: duckdb.DuckDBPyConnection) -> list[int]:
    found = [
        connection.execute(f"SELECT DISTINCT year({column}) FROM rows WHERE {column} IS NOT NULL").fetchall()
        for column in TIME_COLUMNS
    ]
    return sorted({year for years in found for (year,) in years})


def _columns(connection: duckdb.DuckDBPyConnection, table: str) -> frozenset[str]:
    return frozenset(name for (name,) in connection.execute(f"SELECT column_name FROM (DESCRIBE {table})").fetchall())
