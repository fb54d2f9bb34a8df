"""Keyed hashes in SQL: HMAC-SHA256 (RFC 2104), so that equal values can be told without telling the value."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

_BLOCK = 64
"""Bytes of a block of SHA-256; keys up to this length are filled up with zeros, longer ones hashed first."""


def create_hashes(connection: duckdb.DuckDBPyConnection, key: bytes) -> None:
    """Define ``keyed_digest(text)``, HMAC-SHA256 in hexadecimal digits, and ``keyed_hash(name, text)``, half of that of a column's value."""
    short = key if len(key) <= _BLOCK else hashlib.sha256(key).digest()
    padded = short.ljust(_BLOCK, b"\0")
    inner, outer = (bytes(byte ^ pad for byte in padded).hex() for pad in (0x36, 0x5C))
    connection.execute(
        f"CREATE OR REPLACE MACRO keyed_digest(words) AS sha256(unhex('{outer}') || unhex(sha256(unhex('{inner}') || encode(words))))"
    )
    connection.execute("CREATE OR REPLACE MACRO keyed_hash(name, words) AS keyed_digest(name || chr(1) || words)[:32]")


def forget_hashes(connection: duckdb.DuckDBPyConnection) -> None:
    """Drop what ``create_hashes`` defined: the key is part of it."""
    connection.execute("DROP MACRO IF EXISTS keyed_hash")
    connection.execute("DROP MACRO IF EXISTS keyed_digest")
