"""A rule that names an unknown column: one of neither the extract, nor the derived columns, nor the rule's own query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.expectations.text import Text
from logsyn.validator.database.references import BUILT_IN, Parser
from logsyn.validator.errors import NotReadableError

if TYPE_CHECKING:
    import duckdb

    from logsyn.validator.checking.compiled import Compiled

_UNKNOWN = Text(
    da="Reglen ser på kolonnen {column}, som hverken er i udtrækket eller bliver udledt (catalogue/{check}.yaml).",
    en="The rule looks at the column {column}, which is neither in the extract nor derived (catalogue/{check}.yaml).",
)


class KnownColumns:
    """The columns of all tables and views that are there when the rules are run."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._parser = Parser(connection)
        found = connection.execute("SELECT DISTINCT lower(column_name) FROM duckdb_columns() WHERE NOT internal")
        self._names = BUILT_IN.union(name for (name,) in found.fetchall())

    def refuse_unknown(self, rule: Compiled) -> None:
        """Make sure that a rule of the catalogue speaks of columns that are there.

        Those that a suite names itself are known to be there, or the rule is not evaluated.

        Raises:
            NotReadableError: which column is not there, and in which file of the catalogue it stands; where the suite asks for it is said of every rule.
            ValueError: its SQL cannot be parsed.
        """
        if rule.rule.value is None:
            return
        queries = [f"SELECT ({sql}) FROM {rule.relation}" for sql in (*rule.columns.values(), *rule.tells.values())]
        parsed = [self._parser.references(query) for query in (*queries, *filter(None, [rule.finds]))]
        own = set().union(*(one.own for one in parsed))
        unknown = sorted(set().union(*(one.free for one in parsed)) - own - self._names)
        if unknown:
            said = {
                lang: getattr(_UNKNOWN, lang).format(column=unknown[0], check=rule.rule.check) for lang in ("da", "en")
            }
            raise NotReadableError(Text(**said))
