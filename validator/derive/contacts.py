"""E-mail addresses and phone numbers in texts: the table ``contacts_found`` of rows and the columns in which one stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.validator.database.sql import literal
from logsyn.validator.derive.texts import find_in_texts
from logsyn.validator.personal.contacts import CANDIDATE, DATE_IN_PAIRS, MAIL, PHONE, SPACES_ALIKE, announces, may_hold
from logsyn.validator.personal.in_sql import sql_of_plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

_HAS_CONTACT = f"""
CREATE OR REPLACE MACRO has_contact_detail(words) AS (regexp_matches(words, {literal(MAIL)}) OR
  len(list_filter(regexp_extract_all(words, {literal(CANDIDATE)}), lambda found:
    regexp_full_match(found, {literal(PHONE)}) AND NOT regexp_full_match(found, {literal(DATE_IN_PAIRS)}))) > 0)"""


def create_contacts(connection: duckdb.DuckDBPyConnection, columns: Sequence[str]) -> None:
    """Create ``contacts_found(row_id, name)`` from the text columns of ``rows`` that are named."""
    define_has_contact_detail(connection)
    find_in_texts(connection, "contacts_found", columns, may_hold, sql_of_contact)


def define_has_contact_detail(connection: duckdb.DuckDBPyConnection) -> None:
    """Define the macro that ``sql_of_contact`` uses."""
    connection.execute(_HAS_CONTACT)


def sql_of_contact(name: str) -> str:
    """SQL that says whether an e-mail address or a phone number stands in ``words``, a text of a column of that name."""
    words = f"translate({sql_of_plain('words')}, {literal(SPACES_ALIKE)}, {literal(' ' * len(SPACES_ALIKE))})"
    return f"has_contact_detail({literal('tlf: ') + ' || ' if announces(name) else ''}{words})"
