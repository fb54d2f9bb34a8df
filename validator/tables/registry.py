"""Every table and view that a run makes in its database: its columns, what they are, who makes it, how long it lives, what it holds.

Which tables ``--database`` keeps, what is forgotten when remedies have changed the rows, and ``docs/tables.md`` come from here. Where a
name ends with ``N``, there is one table a number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from logsyn.expectations.source import CANONICAL_COLUMNS, CATEGORY_COLUMNS, TIME_COLUMNS
from logsyn.validator.derive.columns import EVENT_COLUMNS
from logsyn.validator.tables.origins import ORIGINS, OUT_OF_SCOPE

if TYPE_CHECKING:
    import duckdb

Life = Literal["extract", "audit", "export", "remedies", "step"]
"""``extract``: rows as they were read, or as remedies have left them. ``audit``: what an audit has derived from them, forgotten once they
change. ``export``: what is handed on. ``remedies``: while a scope or remedies are at work. ``step``: gone when the step that made it is done."""


@dataclass(frozen=True)
class Table:
    """One table. ``maker``: its module in ``validator``. ``personal``: whether values of the extract stand in it, such as case ids and labels.

    ``columns`` are always there, ``optional`` ones when something asks for them; ``further`` says which others there may be. Of a table that
    lives for a ``step`` they are not said. ``kept``: in the file of ``--database``. ``when``: it is not always there.
    """

    name: str
    maker: str
    life: Life
    about: str
    columns: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    further: str = ""
    kept: bool = False
    personal: bool = False
    when: str = ""

    def is_called(self, name: str) -> bool:
        """Whether this is the table of a name."""
        pattern = re.escape(self.name)
        return re.fullmatch(pattern[:-1] + "[0-9]+" if self.name.endswith("_N") else pattern, name) is not None

    def misfit(self, columns: set[str]) -> set[str]:
        """The columns that are there and should not be, or should be and are not."""
        unknown = set() if self.further else columns - set(self.columns) - set(self.optional)
        return unknown | (set(self.columns) - columns)


def _columns(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_READ = tuple(
    part
    for name in CANONICAL_COLUMNS
    for part in ([name, f"{name}_text", f"{name}_precision"] if name in TIME_COLUMNS else [name])
)
_ON_DEMAND = tuple(column.name for column in EVENT_COLUMNS if column.on_demand)
_DERIVED = tuple(column.name for column in EVENT_COLUMNS if not column.on_demand)
_AGREED = ("in_practice", "is_planned", "is_period", "agreed_registration_days", "agreed_registration_working_days", "agreed_period_days")
_UNREAD = tuple(f"{name}_unread" for name in TIME_COLUMNS)
_PRECISION = tuple(f"{name}_precision" for name in TIME_COLUMNS)
_NAME_FACTS = _columns(
    "distorted_of distorted_distance distorted_ratio label_template label_variants base_label is_base_label synonym_of synonym_context synonym_shared_cases synonym_evidence"
)
_OVERLOAD = _columns(
    "overload_way overload_excess_bits overload_p_value overload_yardstick_bits overload_limit_bits overload_team overload_team_share "
    "overload_use_bits overload_use_limit_bits overload_use_p_value overload_use_share overload_use_neighbours overload_shared_cases overload_use_variants"
)
_KEPT_COLUMNS = "every other column of the extract, under its own name"



TABLES = (
    Table("rows", "reading/load.py", "extract", "Every row of the extract with its number, typed; what is no time stays as text.",
          ("row_id", "file", *_READ), further=_KEPT_COLUMNS, personal=True),
    Table("row_lines", "reading/load.py", "extract", "Where the record of each row begins in its file.", ("row_id", "line")),
    Table("rejected", "reading/accounts.py", "extract", "Records that could not be read as rows, with their raw text.",
          _columns("file line lines reason raw"), kept=True, personal=True),
    Table(ORIGINS, "tables/origins.py", "extract", "Which row of the extract each row was.", _columns("row_id original_row_id"),
          kept=True, when="a scope or remedies have left rows out"),
    Table(OUT_OF_SCOPE, "scoping/apply.py", "extract", "The rows of the extract that a scope has left out, and by which step.",
          _columns("row_id file line step"), kept=True, when="a scope is given"),
    Table("case_numbers", "derive/events.py", "audit", "The number of each case.", _columns("case_id case_no"), personal=True),
    Table("pairs", "derive/agreements.py", "audit", "Each combination of activity and team, and its number.",
          _columns("pair_no activity team events"), kept=True, personal=True),
    Table("agreements", "derive/agreements.py", "audit", "What the practice agrees for each of them; no row without a practice.",
          ("pair_no", *_AGREED, "meaning", "registered_by"), kept=True),
    Table("system_resources", "derive/agreements.py", "audit", "The users that the practice names as systems.", ("resource",),
          kept=True, personal=True),
    Table("clock_changes", "derive/zone.py", "audit", "When clocks are changed in the years of the log; no row unless a rule asks.",
          _columns("kind from_local to_local"), kept=True),
    Table("calendar_days", "derive/working_days.py", "audit", "Each day of the years of the log: whether it is a working day; no row unless a rule asks.",
          _columns("day is_working_day working_day_no"), kept=True),
    Table("cpr_found", "derive/cpr.py", "audit", "The rows and columns in which a CPR number stands; no row unless a rule asks.",
          _columns("row_id name"), kept=True),
    Table("cpr_numbers", "derive/cpr.py", "audit", "The same, by row.", _columns("row_id cpr_number_columns")),
    Table("contacts_found", "derive/contacts.py", "audit", "The rows and columns in which a contact detail stands; no row unless a rule asks.",
          _columns("row_id name"), kept=True),
    Table("identical", "derive/events.py", "audit", "The number of each row among those that are equal in every column.",
          _columns("row_id rank"), when="`identical_rank` is asked for"),
    Table("event_facts_stored", "derive/events.py", "audit", "What is stored of `event_facts`.",
          (*(name for name in _DERIVED if name not in _AGREED), "agreement_no"),
          (*CATEGORY_COLUMNS, *TIME_COLUMNS, *_PRECISION, *_UNREAD, *_ON_DEMAND), personal=True),
    Table("event_facts", "derive/events.py", "audit", "A view: what rules look at of each event, narrow and fast.",
          (*_DERIVED, *CATEGORY_COLUMNS), (*TIME_COLUMNS, *_PRECISION, *_UNREAD, *_ON_DEMAND), personal=True),
    Table("events", "derive/events.py", "audit", "A view, kept as a table: every event with all that was read and derived.",
          (*_DERIVED, *_UNREAD, *_READ, "cpr_number_columns", "line", "file"), _ON_DEMAND, _KEPT_COLUMNS, kept=True, personal=True),
    Table("cases", "derive/cases.py", "audit", "Each case with its times, counts, and the fingerprint of its variant.",
          _columns("case_id case_no events first_row_id first_event last_event duration_seconds steps variant"), kept=True, personal=True),
    Table("name_facts", "derive/label_names.py", "audit", "What is found about the names of labels; NULL where no rule asks.",
          ("activity", *_NAME_FACTS), personal=True),
    Table("overload_measures", "derive/overload_measures.py", "audit", "How differently teams use a label, and whether its surroundings are of two uses; no row unless a rule asks.",
          ("activity", *_OVERLOAD), personal=True),
    Table("label_uses", "derive/overload_measures.py", "audit", "The neighbours of a label that may have two uses, by use; no row where none may.",
          _columns("activity neighbour is_rarer"), personal=True),
    Table("uses_of_cases", "derive/overload_measures.py", "step", "The cases in which such a label has each use."),
    Table("labels", "derive/labels.py", "audit", "Each activity with what is said and found about its name.",
          (*_columns("activity events first_row_id label_events is_untidy differs_by_case_from declared_meanings distorted_of_events synonym_of_events"),
           *_NAME_FACTS, *_OVERLOAD), kept=True, personal=True),
    Table("log", "derive/log.py", "audit", "One row: counts, case durations and typical period of the whole log.",
          _columns("events events_with_activity activities first_event last_event cases variants min_duration_seconds median_duration_seconds "
                   "mean_duration_seconds max_duration_seconds typical_start typical_end"), kept=True),
    Table("registration_months", "derive/regimes.py", "audit", "Registrations by month, their clocks and lags; no row unless a rule asks.",
          _columns("month registrations clock_share lag_days"), kept=True),
    Table("registration_regimes", "derive/regimes.py", "audit", "From which month on registration times are another thing; no row unless a rule asks.",
          _columns("month what before after"), kept=True),
    Table("registration_rhythms", "derive/rhythms.py", "audit", "The weekday and the hour that each team's registrations gather on most; no row unless a rule asks.",
          _columns("team time_column concentrated_on registrations share_of_team share_of_others share_of_events difference p_value"), kept=True, personal=True),
    Table("time_texts", "derive/time_texts.py", "audit", "How many values of each text column can be read as a time; no row unless a rule asks.",
          _columns("name filled read_as_time format"), kept=True),
    Table("found_N", "checking/finds.py", "audit", "What the query of a rule has found, by the rule's number.",
          further="as the check's `finds` names them", when="a rule has a query of its own", personal=True),
    *(Table(f"checked_{relation}{number}", "checking/great_expectations.py", "audit", f"What Great Expectations judges of `{relation}`: a flag a rule.",
            further="`hN` for rule N, and the key of a row", when="a rule looks at it", personal=relation == "labels")
      for relation in ("event_facts", "rows", "events", "cases", "labels", "log") for number in ("", "_N")),
    Table("violations", "checking/violations.py", "audit", "Every failing row of every rule, by the rule's number.", _columns("rule_no row_id"), kept=True),
    Table("evidence_rows", "findings/candidates.py", "audit", "The failing rows of which the examples are taken.", _columns("rule_no row_id")),
    Table("lag_counts", "findings/lag_counts.py", "audit", "Events by registration lag in minutes, activity and team.",
          _columns("pair_no activity team agreed agreed_working is_agreed minutes late is_system events bucket"), when="the log has registration times", personal=True),
    Table("slice_counts", "findings/lag_counts.py", "audit", "Events by registration lag in minutes, activity, team, weekday and month.",
          _columns("pair_no weekday month minutes late events"), when="the log has registration times"),
    Table("slice_pairs", "findings/lag_counts.py", "audit", "The combinations of activity and team of which weekdays and months are told.",
          _columns("pair_no activity team size in_slice agreed agreed_working team_no is_sliced"), when="the log has registration times", personal=True),
    Table("horizon_counts", "findings/horizon.py", "audit", "Periods by planned length, activity and team.",
          _columns("activity team allowed days without_end events bucket"), when="the log has planned ends", personal=True),
    Table("left_out", "handing_on/outgoing.py", "export", "The rows that are not handed on, and why.", _columns("file line reason")),
    Table("outgoing", "handing_on/outgoing.py", "export", "What is handed on, in order.", _columns("event_order case_no"),
          further="the fields of the format", personal=True),
    Table("outgoing_cases", "handing_on/personal.py", "export", "What each case is called there.", _columns("value label number"), personal=True),
    Table("outgoing_persons_N", "handing_on/personal.py", "export", "What each employee of a column is called there.",
          _columns("value label number"), when="employees are handed on", personal=True),
    Table("remedy_dropped", "tables/overlay.py", "remedies", "The rows that are left out so far, and by which step.", _columns("row_id step")),
    Table("remedy_changes", "tables/overlay.py", "remedies", "The values that are changed so far, hashed.",
          _columns("step row_id name hash_before hash_after")),
    Table("remedy_column_N", "tables/overlay.py", "remedies", "The new values of a column.", _columns("row_id value"), personal=True),
    Table("remedy_put", "tables/overlay.py", "remedies", "The values that a step gives.", _columns("row_id value"), ("precision",), personal=True),
    Table("remedy_new", "tables/overlay.py", "remedies", "Those of them that change something, with what was there before.",
          _columns("row_id value before unread"), ("precision",), personal=True),
    Table("remedy_selected", "remedying/selection.py", "remedies", "The rows that a step takes.", ("row_id",)),
    Table("remedy_chosen", "remedying/steps.py", "remedies", "The values of the rows that a step takes.", ("row_id",),
          further="the columns that it looks at", personal=True),
    Table("remedy_merged", "remedying/steps.py", "remedies", "The rows that become one.", _columns("row_id members value"), personal=True),
    Table("remedy_names", "remedying/apply.py", "remedies", "What each step is called.", _columns("step remedy")),
    Table("remedy_origins", "tables/rebuild.py", "remedies", "New numbers for the rows that are left.", _columns("row_id original_row_id")),
    Table("remedied_rows", "tables/rebuild.py", "remedies", "What is to become `rows`.", ("row_id", "file"), further="as `rows`", personal=True),
    Table("remedied_lines", "tables/rebuild.py", "remedies", "What is to become `row_lines`.", _columns("row_id line")),
    *(Table(name, maker, "step", about, personal=personal) for name, maker, about, personal in (
        ("reading_sample", "reading/sample.py", "The first rows, by which columns are told.", True),
        ("reading_values", "reading/sample.py", "The values of columns that look like categories.", True),
        ("reading_persons", "reading/persons.py", "Distinct values of columns, by which those that name persons are told.", True),
        ("column_values", "derive/column_content.py", "Distinct values of columns, by which it is judged whether they are personal data.", True),
        ("reading_again", "reading/load.py", "Times whose texts have the form of no format.", True),
        ("texts_found", "derive/texts.py", "The different texts of columns in which something may stand.", True),
        ("pairs_agreed", "derive/events.py", "What is agreed, by a short number.", True),
        ("ties", "derive/events.py", "Events that share their time with others of their case.", False),
        ("usual_times", "derive/usual_times.py", "Activities that always share their time.", True),
        ("asked_pairs", "derive/label_synonyms.py", "Labels that may be two names of one activity.", True),
        ("asked_labels", "derive/label_synonyms.py", "The labels of those pairs.", True),
        ("failing_sets", "checking/violations.py", "The set of rules that each row fails.", False),
        ("employees", "disclosure/gathered.py", "A number for each employee.", True),
        ("strata", "findings/strata.py", "The rows of the log by what rules see in them, and whose they are.", False),
        ("dimension_strata", "findings/strata.py", "The same by team, activity or month.", True),
        ("horizon_cells", "findings/horizon_cells.py", "Events with planned ends by activity, team, class and what is agreed, and whose they are.", False),
        ("lag_cells", "findings/lag_cells.py", "Registrations by activity, team, class of lag, weekday and month, and whose they are.", False),
        ("lag_missing", "findings/lag_cells.py", "The other events by activity and team, and whose they are.", False),
        ("process_codes", "consequence/base.py", "A number for each activity.", False),
        ("process_activities", "consequence/base.py", "The activity of the log of each number.", True),
        ("process_labels", "consequence/base.py", "The activity of each number.", True),
        ("process_cases", "consequence/base.py", "What each case looks like: its variant, its successions, its duration.", False),
        ("process_arcs", "consequence/base.py", "How often one activity follows another.", False),
        ("process_touched", "consequence/comparison.py", "The cases that a remedy touches.", False),
        ("process_after", "consequence/comparison.py", "Their rows as remedied, in order.", False),
        ("process_cases_after", "consequence/comparison.py", "What they look like as remedied.", False),
        ("process_arcs_after", "consequence/comparison.py", "All arcs as remedied.", False),
        ("process_order", "consequence/doubts.py", "Rules in the order of the steps.", False),
        ("doubts", "consequence/doubts.py", "Which rule puts which case in doubt for which question.", False),
        ("taken_dropped", "consequence/ranges.py", "The rows that rules leave out.", False),
        ("taken_activity", "consequence/ranges.py", "The names that rules give to rows.", True),
        ("taken_timestamp", "consequence/ranges.py", "The times that rules give to rows.", False),
        ("process_periods", "consequence/far_ends.py", "Planned periods, and as they are when clipped.", True),
        ("process_ends", "consequence/far_ends.py", "When cases end, by three readings of planned ends.", False),
        ("process_ties", "consequence/ties.py", "Arcs between activities at one time.", False),
        ("process_orders", "consequence/two_clocks.py", "Events in the order of their registration.", False),
        ("process_registered", "consequence/two_clocks.py", "The variant of each case in that order.", False),
        ("process_arcs_registered", "consequence/two_clocks.py", "The arcs in that order.", False),
        ("outgoing_order", "handing_on/outgoing.py", "The order of what is handed on.", False),
        ("in_order", "database/ordered.py", "What is written piece by piece.", True),
    )),
)  # fmt: skip

KEPT = tuple(table for table in TABLES if table.kept)
"""The tables that ``--database`` keeps."""


@lru_cache(maxsize=1_000)
def table_of(name: str) -> Table | None:
    """The entry of a table of the database; None: nobody has told of it."""
    return next((table for table in TABLES if table.is_called(name)), None)


def names_in(connection: duckdb.DuckDBPyConnection, kind: Literal["table", "view"]) -> list[str]:
    """The names of the tables, or views, of the database, in their order."""
    found = connection.execute(
        f"SELECT {kind}_name FROM duckdb_{kind}s() WHERE NOT internal AND database_name = current_database() ORDER BY 1"
    )
    return [name for (name,) in found.fetchall()]


def drop_all_but(connection: duckdb.DuckDBPyConnection, *lives: Life) -> None:
    """Drop every view and table but those of these lives; what nobody has told of goes, too."""
    for kind in ("view", "table"):
        for name in names_in(connection, kind):
            table = table_of(name)
            if table is None or table.life not in lives:
                connection.execute(f'DROP {kind.upper()} "{name}"')
