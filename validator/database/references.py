"""What a query speaks of: the columns and tables that stand in it, as DuckDB's own parser sees them.

Which table a name belongs to is not told: that takes the tables, and nothing may be overlooked before they are there. So ``columns``
holds every name that may be one of a table; names that the query gives itself are among them where a table may have them, too.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

BUILT_IN = frozenset(
    {"rowid", "current_catalog", "current_date", "current_role", "current_schema", "current_time", "current_timestamp", "current_user",
     "localtime", "localtimestamp", "session_user", "user"}
)  # fmt: skip
"""Names that stand where columns do and are none of a table's own."""


MOST_PARSED = 2_000
"""So many queries are remembered within a process, some kilobytes each: an audit has some hundred, and the next one mostly the same."""

parsed: dict[str, References] = {}
"""What was parsed in this process, by query."""


@dataclass(frozen=True)
class References:
    """Names in small letters, since SQL does not tell capitals.

    ``columns``: every name in the place of a column. ``tables``: every name in the place of a table. ``whole``: tables of which every
    column is meant (``SELECT *``). ``own``: names that the query itself gives: of columns, of tables, of the parameters of lambdas.
    ``free``: those of ``columns`` that only a table can have.
    """

    columns: frozenset[str]
    tables: frozenset[str]
    whole: frozenset[str]
    own: frozenset[str]
    free: frozenset[str]


class Parser:
    """Parses queries, each distinct one once in a process: what a query speaks of hangs on its text alone."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def references(self, query: str) -> References:
        """What a query (``SELECT`` or ``FROM``) speaks of.

        Raises:
            ValueError: it is no such query.
        """
        found = parsed.get(query)
        if found is None:
            ((text,),) = self._connection.execute("SELECT json_serialize_sql(?::VARCHAR)", [query]).fetchall()
            tree = json.loads(text)
            if tree["error"]:
                message = f"SQL that cannot be parsed: {tree['error_message']}"
                raise ValueError(message)
            if len(parsed) >= MOST_PARSED:
                parsed.clear()
            found = parsed[query] = _references(tree["statements"])
        return found


def _references(statements: list[Any]) -> References:
    own: set[str] = set()
    tables: set[str] = set()
    whole: set[str] = set()
    named: list[tuple[str, ...]] = []
    alias_of: dict[str, str] = {}
    for node in _nodes(statements):
        own |= _given(node)
        if node.get("type") == "BASE_TABLE":
            table = node["table_name"].lower()
            tables.add(table)
            alias_of[node["alias"].lower() or table] = table
        elif node.get("type") == "SELECT_NODE" and _takes_all(node):
            whole |= {source["table_name"].lower() for source in _sources(node["from_table"])}
        named += _named(node)
    columns: set[str] = set()
    free: set[str] = set()
    for parts in named:
        columns |= set(parts)
        if len(parts) == 1 and parts[0] in alias_of:  # a table as a struct
            whole.add(alias_of[parts[0]])
        at = 1 if len(parts) > 1 and parts[0] in own | tables else 0
        free |= {parts[at]} - own - set(alias_of)
    return References(*map(frozenset, (columns, tables, whole, own, free)))


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Every mapping of a tree; what a tree of any depth holds, without calling itself."""
    waiting = [tree]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield one
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one


def _given(node: dict[str, Any]) -> set[str]:
    """The names that a node gives: an alias, the columns of a table or CTE, the name of a CTE, the parameters of a lambda."""
    given = {node.get("alias") or ""} if isinstance(node.get("alias"), str) else set()
    for names in ("column_name_alias", "aliases", "unpivot_names"):
        given |= set(node.get(names) or [])
    if isinstance(node.get("cte_map"), dict):
        given |= {entry["key"] for entry in node["cte_map"]["map"]}
    if node.get("class") == "LAMBDA":
        given |= {name for one in _nodes(node["lhs"]) for name in one.get("column_names", [])}
    if node.get("class") == "STAR":
        given |= {entry["value"] for entry in node["rename_list"]}
    return {name.lower() for name in given if name}


def _named(node: dict[str, Any]) -> list[tuple[str, ...]]:
    """The names that a node has in the place of columns; a name with its table, or a struct with its field, has several parts."""
    if node.get("class") == "COLUMN_REF":
        return [tuple(name.lower() for name in node["column_names"])]
    if node.get("class") == "STAR":
        return [(entry["key"]["column"].lower(),) for entry in node["rename_list"]]
    names = list(node.get("using_columns") or [])
    if node.get("type") == "PIVOT":  # whose columns stand there as texts
        names += [one["value"] for pivot in _nodes(node["pivots"]) for one in pivot.get("values") or [] if isinstance(one.get("value"), str)]  # fmt: skip
    return [(name.lower(),) for name in names]


def _takes_all(node: dict[str, Any]) -> bool:
    """Whether a query has a star; that of ``count(*)`` is none, and ``ORDER BY ALL`` means the columns that are there already."""
    parts = [node[name] for name in ("select_list", "where_clause", "having", "qualify", "group_expressions")]
    return any(one.get("class") in ("STAR", "POSITIONAL_REFERENCE") for one in _nodes(parts))


def _sources(source: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The tables that stand in FROM themselves, not in a query there."""
    if source["type"] == "BASE_TABLE":
        yield source
    for name in ("left", "right", "source"):
        if isinstance(source.get(name), dict):
            yield from _sources(source[name])
