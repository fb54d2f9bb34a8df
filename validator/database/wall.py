"""The second wall: once an extract is read, its database reaches nothing but its own spill and the folders of the result.

The first wall is that all SQL is composed of quoted names and quoted literals (``validator/database/sql.py``). Should a text of an
extract or a declaration ever get through that, there is nothing here that it could read, write, load or send.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.validator.database.sql import literal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import duckdb

FROM_THE_BEGINNING = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "allow_persistent_secrets": "false",
    "python_enable_replacements": "false",
}
"""What is never wanted, also while files are read: extensions, secrets, and frames of Python that are found by a name in a query."""


def wall_in(connection: duckdb.DuckDBPyConnection, folders: Sequence[Path] = ()) -> None:
    """From now on, and for all connections to this database, no file can be reached but those in ``folders`` and the spill.

    Reading, ``COPY`` and ``ATTACH`` elsewhere, extensions and the network are refused by DuckDB, and so is any change of its settings.

    Args:
        connection: to the database.
        folders: where ``COPY`` and ``ATTACH`` may write; what they are links to.
    """
    allowed = [str(folder.resolve()) for folder in folders]
    if allowed:
        connection.execute(f"SET allowed_directories = {literal(allowed)}")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
