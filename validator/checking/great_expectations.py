"""Runs compiled rules with Great Expectations on DuckDB: the only module that imports it."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING, Any, Literal

import duckdb

from validator.checking.compiled import ROW_KEYS, key_of, view_of
from validator.checking.judgement import Judgement
from validator.sql import identifier

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.checking.compiled import Compiled
    from validator.database import Database

RULE = "logsyn_rule"
_OUT_OF_MEMORY = "Out of Memory Error"


def load() -> Any:
    """Import Great Expectations, which takes seconds, with its telemetry off and its log quiet."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    logging.getLogger("great_expectations").setLevel(logging.CRITICAL)
    import great_expectations  # noqa: PLC0415 - seconds that only an audit pays
    import great_expectations.expectations  # noqa: PLC0415

    return great_expectations


class Engine:
    """A Great Expectations context on the tables of one audit. Close it when done."""

    def __init__(self, database: Database) -> None:
        from great_expectations.data_context.types.base import ProgressBarsConfig  # noqa: PLC0415

        self._gx = load()
        self._connection = database.connection
        context = self._gx.get_context(mode="ephemeral")
        context.variables.progress_bars = ProgressBarsConfig(globally=False)
        self._source = context.data_sources.add_sql(
            "logsyn", connection_string=database.url, kwargs=database.engine_options
        )

    def close(self) -> None:
        """Give the connections back; without this DuckDB's native code complains at exit."""
        self._source.get_engine().dispose()

    def judge(self, relation: str, rules: Sequence[Compiled]) -> list[Judgement]:
        """Judge all rules of one relation, in one go.

        One rule that breaks would take the others of its query with it, so what broke is run again on its own.
        """
        judged = self._judge_together(relation, rules, f"checked_{relation}")
        if len(rules) == 1:
            return judged
        broken = {judgement.number for judgement in judged if judgement.outcome == "error"}
        again = {
            rule.number: self._judge_together(relation, [rule], f"checked_{relation}_{rule.number}")[0]
            for rule in rules
            if rule.number in broken
        }
        return [again.get(judgement.number, judgement) for judgement in judged]

    def _judge_together(self, relation: str, rules: Sequence[Compiled], view: str) -> list[Judgement]:
        self._create(view, relation, rules)
        asset = self._source.add_table_asset(view, table_name=view)
        batch = asset.add_batch_definition_whole_table("all").get_batch()
        expectations, refused = [], []
        for rule in rules:
            try:
                expectations.append(self._expectation(rule))
            except (ValueError, TypeError, AttributeError, KeyError) as error:  # pydantic 1 errors are ValueErrors
                refused.append(Judgement(rule.number, "error", fault=_first_line(error)))
        suite = self._gx.ExpectationSuite(name=view, expectations=expectations)
        answer = batch.validate(
            suite,
            result_format={
                "result_format": "SUMMARY",
                "unexpected_index_column_names": [key_of(rules[0])],
                "partial_unexpected_count": 0,
                "return_unexpected_index_query": True,
            },
        )
        return sorted([*refused, *map(_judgement, answer.results)], key=lambda judgement: judgement.number)

    def _create(self, view: str, relation: str, rules: Sequence[Compiled]) -> None:
        """What the engine looks at: a view of events; of cases, labels and the log a small table.

        A view would run the queries of all its rules again for each rule whose failing rows are fetched.
        """
        select = f"{identifier(view)} AS {view_of(relation, rules)}"
        if relation in ROW_KEYS and relation != "events":
            try:
                self._connection.execute(f"CREATE OR REPLACE TABLE {select}")
            except duckdb.OutOfMemoryException:
                raise
            except duckdb.Error:  # of one rule: through a view the engine tells which
                pass
            else:
                return
        self._connection.execute(f"CREATE OR REPLACE VIEW {select}")

    def _expectation(self, rule: Compiled) -> Any:
        name = "".join(part.capitalize() for part in rule.expect.split("_"))
        kind = getattr(self._gx.expectations, name, None)
        if kind is None:
            raise ValueError(f"Great Expectations has no expectation {rule.expect}")
        mostly = {"mostly": rule.rule.mostly} if "mostly" in kind.__fields__ else {}
        return kind(**rule.args, **mostly, severity=rule.rule.severity, meta={RULE: rule.number})


def _judgement(answer: Any) -> Judgement:
    number = answer.expectation_config.meta[RULE]
    fault = _fault(answer.exception_info)
    if _OUT_OF_MEMORY in fault:  # no fault of the rule: another one would meet it, too
        raise duckdb.OutOfMemoryException(fault)
    if fault:
        return Judgement(number, "error", fault=fault)
    result = answer.result
    outcome: Literal["passed", "failed"] = "passed" if answer.success else "failed"
    if "unexpected_count" not in result:
        failed = 0 if answer.success else 1
        return Judgement(number, outcome, checked=1, failed=failed, observed=str(result.get("observed_value")))
    checked = (result["element_count"] or 0) - (result.get("missing_count") or 0)
    failed = result["unexpected_count"] or 0
    query = result["unexpected_index_query"].rstrip().removesuffix(";") if failed else None
    return Judgement(number, outcome, checked=checked, failed=failed, failing_rows=query)


def _fault(info: dict[str, Any]) -> str:
    """The first message of an exception, flat or one per metric; empty when nothing was raised."""
    for entry in [info, *[value for value in info.values() if isinstance(value, dict)]]:
        if entry.get("raised_exception") or (entry is not info and entry.get("exception_message")):
            return _first_line(entry.get("exception_message") or "unknown")
    return ""


def _first_line(error: object) -> str:
    return str(error).strip().splitlines()[0][:300] if str(error).strip() else type(error).__name__
