"""What the content of the columns of ``rows`` shows of persons: looked for in each distinct value, however many rows carry it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from logsyn.validator.database.answers import record, records
from logsyn.validator.database.groups import in_groups, texts_below_each_other
from logsyn.validator.database.sql import identifier, literal
from logsyn.validator.derive.contacts import define_has_contact_detail, sql_of_contact
from logsyn.validator.derive.cpr import FEWEST_TIMES, HOLDS
from logsyn.validator.personal.columns import ColumnContent, may_be_harmless
from logsyn.validator.personal.contacts import announces
from logsyn.validator.personal.folding import folded_words, sql_of_folded
from logsyn.validator.personal.in_sql import define_has_cpr_number
from logsyn.validator.personal.person_values import ADDRESS
from logsyn.validator.personal.special import ANY, TARGET_GROUPS, TERMS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb

    from logsyn.validator.personal.special import Term
    from logsyn.validator.record import Column

_FEW_VALUES = 50
"""Up to so many values it is counted how many cases have the rarest one."""

_ROWS_AT_ONCE = 2_000_000

_TECHNICAL = r"[vV]?[0-9]+(?:[.:/_ T-][0-9]+)*Z?|[^ ]+[.](?:csv|xlsx?|zip|gz|txt|parquet)"
"""A version, a number, a day, or the name of a file."""

_NUMBER = "TRY_CAST(words AS HUGEINT)"
_SHOWN = f"""
SELECT name, count(*) AS distinct,
  bool_or(cpr) AND NOT coalesce(count(*) FILTER (cpr) >= {FEWEST_TIMES} AND bool_and(is_day_and_time(words)) FILTER (cpr), false) AS cpr,
  bool_or(CASE WHEN announced THEN {sql_of_contact("tlf")} ELSE {sql_of_contact("")} END) AS contacts,
  bool_or(regexp_matches(words, {literal(ADDRESS)})) AS addresses,
  bool_and(regexp_full_match(trim(words), {literal(_TECHNICAL)})) AS technical,
  coalesce(count({_NUMBER}) = (SELECT count(*) FROM rows)
    AND max({_NUMBER}) - min({_NUMBER}) + 1 = count(DISTINCT {_NUMBER}), false) AS counts_rows
FROM (SELECT *, {HOLDS} AS cpr FROM column_values) GROUP BY name"""

_FEWEST = """
SELECT coalesce(min(cases), 0) AS cases FROM (SELECT count(DISTINCT case_id) AS cases FROM rows WHERE {column} IS NOT NULL GROUP BY {column})"""


def column_contents(connection: duckdb.DuckDBPyConnection, columns: Sequence[Column]) -> Mapping[str, ColumnContent]:
    """What the content shows of each column, by its name. Columns of time are not looked at: they are known to be about a case."""
    define_has_cpr_number(connection)
    define_has_contact_detail(connection)
    found = dict.fromkeys((column.name for column in columns), ColumnContent())
    (rows,) = connection.execute("SELECT count(*) FROM rows").fetchall()[0]
    looked_at = [column for column in columns if column.kind != "time" and column.filled]
    # Of few rows all columns are judged at once, which costs least; of many one by one, whose texts are all there are in memory.
    for group in in_groups(looked_at, rows) if rows > _ROWS_AT_ONCE else filter(None, [looked_at]):
        found |= _contents(connection, group, rows)
    connection.execute("DROP TABLE IF EXISTS column_values")
    return found


def _contents(connection: duckdb.DuckDBPyConnection, columns: Sequence[Column], rows: int) -> dict[str, ColumnContent]:
    _gather(connection, columns, rows)
    shown = {row.pop("name"): row for row in records(connection.execute(_SHOWN))}
    terms = _terms(connection, columns)
    found = {}
    for column in columns:
        content = shown[column.name]
        few = content["distinct"] <= _FEW_VALUES and may_be_harmless(column)
        fewest = _fewest_cases(connection, column.name) if few else 0
        found[column.name] = ColumnContent(**content, terms=tuple(terms[column.name]), fewest_cases=fewest)
    return found


def _gather(connection: duckdb.DuckDBPyConnection, columns: Sequence[Column], rows: int) -> None:
    """Create ``column_values(name, words, announced)``: each distinct value, and whether its column's header announces phone numbers."""
    connection.execute("CREATE OR REPLACE TEMP TABLE column_values (name VARCHAR, words VARCHAR, announced BOOLEAN)")
    announced = literal([column.name for column in columns if announces(column.header)])
    for group in in_groups([column.name for column in columns], rows):
        texts = texts_below_each_other({name: identifier(name) for name in group}, "rows")
        connection.execute(
            f"INSERT INTO column_values SELECT DISTINCT which, text, list_contains({announced}::VARCHAR[], which) FROM ({texts}) WHERE text IS NOT NULL"
        )


def _fewest_cases(connection: duckdb.DuckDBPyConnection, name: str) -> int:
    return int(record(connection.execute(_FEWEST.format(column=identifier(name))))["cases"])


def _terms(connection: duckdb.DuckDBPyConnection, columns: Sequence[Column]) -> dict[str, list[Term]]:
    """The special matters that values speak of; names of persons are not looked at, which may be words: Rask."""
    asked = [column for column in columns if not column.persons and column.name not in ("case_id", "resource")]
    coded = [column.name for column in asked if re.search(TARGET_GROUPS.header, folded_words(column.header))]
    found: dict[str, list[Term]] = {column.name: [] for column in columns}
    _add(connection, found, [column.name for column in asked], TERMS, ANY)
    _add(connection, found, coded, (TARGET_GROUPS.term,), TARGET_GROUPS.term.form)
    return found


def _add(
    connection: duckdb.DuckDBPyConnection, found: dict[str, list[Term]], names: list[str], terms: Sequence[Term], form: str
) -> None:
    """``form``: a regular expression that every value with one of the terms matches."""
    folded = f"SELECT name, {sql_of_folded('words')} AS words FROM column_values WHERE list_contains({literal(names)}::VARCHAR[], name)"
    asked = ", ".join(f"bool_or(regexp_matches(words, {literal(term.form)})) AS t{at}" for at, term in enumerate(terms))
    answer: list[dict[str, Any]] = records(
        connection.execute(f"SELECT name, {asked} FROM ({folded}) WHERE regexp_matches(words, {literal(form)}) GROUP BY name")
    )
    for row in answer:
        found[row["name"]] += [term for at, term in enumerate(terms) if row[f"t{at}"]]
