"""CPR numbers in texts: the tables ``cpr_found`` and ``cpr_numbers`` of rows and the columns in which a number stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.derive.texts import find_in_texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

FORM = "[0-9]{6}-?[0-9]{4}"
"""DDMMYYSSSS or DDMMYY-SSSS."""

# A number does not stand within a longer one. Day 61-91 is a replacement number. The century follows from the seventh
# digit and the year (CPR-kontoret, "Personnummeret i CPR"). Modulus 11 is no condition: since 2007 numbers may fail it.
_HAS_CPR = f"""
CREATE OR REPLACE MACRO has_cpr_number(words) AS (
  regexp_matches(words, '{FORM}') AND len(list_filter(
    regexp_extract_all(words, '(^|[^0-9])({FORM})($|[^0-9])', 2), lambda found: is_cpr_number(replace(found, '-', '')))) > 0)"""
_IS_CPR = """
CREATE OR REPLACE MACRO is_cpr_number(digits) AS (try_cast(
  (CASE
    WHEN digits[7] IN ('0', '1', '2', '3') THEN '19'
    WHEN digits[7] IN ('4', '9') THEN CASE WHEN digits[5:6] <= '36' THEN '20' ELSE '19' END
    ELSE CASE WHEN digits[5:6] <= '57' THEN '20' ELSE '18' END
  END) || digits[5:6] || '-' || digits[3:4] || '-' ||
  (CASE WHEN digits[1:2] > '60' THEN lpad((digits[1:2]::INTEGER - 60)::VARCHAR, 2, '0') ELSE digits[1:2] END)
  AS DATE) IS NOT NULL)"""


def create_cpr_numbers(connection: duckdb.DuckDBPyConnection, columns: Sequence[str]) -> None:
    """Create ``cpr_found(row_id, name)`` and, a row each, ``cpr_numbers(row_id, cpr_number_columns)``, from the text columns of ``rows`` that are named."""
    connection.execute(_IS_CPR)
    connection.execute(_HAS_CPR)
    find_in_texts(connection, "cpr_found", columns, lambda _: FORM, lambda _: "has_cpr_number(words)")
    connection.execute(
        "CREATE TABLE cpr_numbers AS SELECT row_id, list(name ORDER BY name) AS cpr_number_columns FROM cpr_found GROUP BY row_id"
    )
