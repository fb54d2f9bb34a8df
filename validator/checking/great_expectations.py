"""Runs compiled rules with Great Expectations on DuckDB: the only module that imports it."""

from __future__ import annotations

import itertools
import logging
import os
import threading
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

import duckdb

from logsyn.validator.checking.broken import INTERRUPTED, MayBreak, in_words
from logsyn.validator.checking.compiled import ROW_KEYS, key_of, view_of
from logsyn.validator.checking.result import RuleResult
from logsyn.validator.database.sql import identifier

if TYPE_CHECKING:
    from collections.abc import Sequence

    from logsyn.validator.checking.compiled import Compiled
    from logsyn.validator.database.connection import Database

RULE = "logsyn_rule"
_lock = threading.Lock()
"""Held while the context is made or changed; judging in other threads does not need it."""
_sources = itertools.count(1)

_LOADING = threading.Lock()
"""Its modules import each other in circles: a second thread that came in between would find them half made."""


@cache
def load() -> Any:
    """Import Great Expectations, which takes seconds, with its telemetry off and its log quiet."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    logging.getLogger("great_expectations").setLevel(logging.CRITICAL)
    with _LOADING:
        import great_expectations  # noqa: PLC0415 - seconds that only an audit pays
        import great_expectations.expectations  # noqa: PLC0415

        return great_expectations


@cache
def context() -> Any:
    """The only context of a process: every audit has a data source of its own in it, for as long as it takes."""
    load()
    from great_expectations.data_context.data_context.context_factory import set_context  # noqa: PLC0415 - once it is loaded
    from great_expectations.data_context.data_context.ephemeral_data_context import EphemeralDataContext  # noqa: PLC0415 - as above
    from great_expectations.data_context.types import base  # noqa: PLC0415 - as above

    class Unsaved(EphemeralDataContext):
        def _save_project_config(self) -> None:
            """Write nothing: the configuration would be made YAML for every table, to be kept in memory and never read."""

    made = Unsaved(base.DataContextConfig(store_backend_defaults=base.InMemoryStoreBackendDefaults()))
    made.variables.progress_bars = base.ProgressBarsConfig(globally=False)
    set_context(made)
    return made


@cache
def rows_hold() -> Any:
    """The expectation that every rule becomes: a flag is 1, in so large a share of the rows as ``mostly`` says.

    It is ``ExpectColumnValuesToBeBetween`` of Great Expectations with its counts and its verdict. Only what that would fetch
    beside them is not asked for: the values that fail, row by row, and a query for them, which take most of its time.
    """
    between = load().expectations.ExpectColumnValuesToBeBetween
    from great_expectations.expectations.expectation_configuration import parse_result_format  # noqa: PLC0415 - once it is loaded
    from great_expectations.validator.metric_configuration import MetricConfiguration  # noqa: PLC0415 - as above
    from great_expectations.validator.validator import ValidationDependencies  # noqa: PLC0415 - as above

    def get_validation_dependencies(self: Any, execution_engine: Any, runtime_configuration: dict[str, Any]) -> Any:  # noqa: ARG001 - as it is called
        needed = ValidationDependencies({}, parse_result_format(runtime_configuration["result_format"]))
        # What is not said is as if it were said to be none: every name in these takes time, since each metric goes by all of them.
        of_table = {"batch_id": self.batch_id}
        of_column = of_table | {"column": self.column}
        for name, domain, values in (
            ("table.row_count", of_table, {}),
            ("column_values.nonnull.unexpected_count", of_column, {}),
            ("column_values.between.unexpected_count", of_column, {"min_value": 1}),
        ):
            needed.set_metric_configuration(name, MetricConfiguration(name, domain, values))
        return needed

    return type("RowsHold", (between,), {"get_validation_dependencies": get_validation_dependencies})


class Engine:
    """Great Expectations on the tables of one audit. Close it when done."""

    def __init__(self, database: Database) -> None:
        self._connection = database.connection
        self._views: list[str] = []
        self._name = f"logsyn_{next(_sources)}"
        with _lock:
            self._holds = rows_hold()
            self._source = context().data_sources.add_sql(
                self._name, connection_string=database.url, kwargs=database.engine_options
            )
        database.watch(self._source.get_engine())

    def close(self) -> None:
        """Give the connections back, without which DuckDB's native code complains at exit, and leave nothing in the context."""
        self._source.get_engine().dispose()
        with _lock:
            context().data_sources.delete(self._name)

    def batch(self, table: str) -> Any:
        """A table or view as Great Expectations looks at it."""
        with _lock:
            asset = self._source.add_table_asset(table, table_name=table)
            return asset.add_batch_definition_whole_table("all").get_batch()

    def judge(self, relation: str, rules: Sequence[Compiled]) -> list[RuleResult]:
        """Judge all rules of one relation, in one go.

        One rule that breaks takes the others of its query with it. So of what broke, those that the database itself cannot
        reckon are sifted out, and the others are judged anew; when that does not help, by halves, until each that breaks
        is alone.
        """
        judged = {result.number: result for result in self._judge_what_may_break(relation, rules)}
        broken = [rule for rule in rules if judged[rule.number].outcome == "error"]
        if not broken or len(rules) == 1:
            return list(judged.values())
        faults = self._sift(relation, broken)
        able = [rule for rule in broken if rule.number not in faults]
        half = (len(able) + 1) // 2
        parts = [able] if len(able) < len(rules) else [able[:half], able[half:]]
        for part in filter(None, parts):
            judged |= {result.number: result for result in self.judge(relation, part)}
        return list((judged | faults).values())

    def _sift(self, relation: str, rules: Sequence[Compiled]) -> dict[int, RuleResult]:
        """The rules whose columns the database cannot reckon: found by halves, without Great Expectations."""
        counts = ", ".join(f"count({rule.holds})" for rule in rules)
        with MayBreak(rules[0].number) as block:
            self._connection.execute(f"SELECT {counts} FROM ({view_of(relation, rules)})").fetchall()
            return {}
        if len(rules) == 1:
            return {rules[0].number: block.broken} if block.broken else {}
        half = len(rules) // 2
        return self._sift(relation, rules[:half]) | self._sift(relation, rules[half:])

    def _judge_what_may_break(self, relation: str, rules: Sequence[Compiled]) -> list[RuleResult]:
        name = f"checked_{relation}"
        view = f"{name}_{len(self._views)}" if name in self._views else name
        self._views.append(view)
        with MayBreak(rules[0].number) as block:
            return self._judge_together(relation, rules, view)
        fault = block.broken.fault if block.broken else None
        return [RuleResult(rule.number, "error", fault=fault) for rule in rules]

    def _judge_together(self, relation: str, rules: Sequence[Compiled], view: str) -> list[RuleResult]:
        self._create(view, relation, rules)
        batch = self.batch(view)
        expectations, refused = [], []
        for rule in rules:
            with MayBreak(rule.number) as block:
                expectations.append(self._expectation(rule))
            if block.broken:
                refused.append(block.broken)
        suite = load().ExpectationSuite(name=view, expectations=expectations)
        answer = batch.validate(suite, result_format={"result_format": "BASIC", "partial_unexpected_count": 0})
        judged = {result.number: result for result in [*refused, *map(_result, answer.results)]}
        return [_with_failing_rows(judged[rule.number], rule, view) for rule in rules]

    def _create(self, view: str, relation: str, rules: Sequence[Compiled]) -> None:
        """What the engine looks at: a view of events; of cases, labels and the log a small table, and of flags a narrow one.

        A view runs the queries of its rules whenever it is looked at: once to judge them, once for their failing rows.
        """
        select = f"{identifier(view)} AS {view_of(relation, rules)}"
        if all(rule.is_flag for rule in rules) and relation in ("rows", "events"):
            self._connection.execute(f"CREATE OR REPLACE TABLE {select}")
            return
        if relation in ROW_KEYS and relation != "events":
            with MayBreak(rules[0].number):  # where it does, the engine tells through a view which rule it is
                self._connection.execute(f"CREATE OR REPLACE TABLE {select}")
                return
        self._connection.execute(f"CREATE OR REPLACE VIEW {select}")

    def _expectation(self, rule: Compiled) -> Any:
        return self._holds(
            column=rule.holds,
            min_value=1,
            mostly=rule.rule.mostly,
            severity=rule.rule.severity,
            meta={RULE: rule.number},
        )


def _result(answer: Any) -> RuleResult:
    number = answer.expectation_config.meta[RULE]
    with MayBreak(number) as block:
        fault = _fault(answer.exception_info)
        if INTERRUPTED in fault:
            raise duckdb.InterruptException(fault)
        if fault:
            return RuleResult(number, "error", fault=in_words(fault))
        return _counted(number, answer)
    return block.broken or RuleResult(number, "error", fault=in_words("?"))


def _counted(number: int, answer: Any) -> RuleResult:
    result = answer.result
    checked = (result["element_count"] or 0) - (result.get("missing_count") or 0)
    failed = result["unexpected_count"] or 0
    outcome: Literal["passed", "failed"] = "passed" if answer.success else "failed"
    return RuleResult(number, outcome, checked=checked, failed=failed)


def _with_failing_rows(result: RuleResult, rule: Compiled, view: str) -> RuleResult:
    """A result with the query of its failing rows: in the judged view, by the same flag."""
    if not result.failed:
        return result
    query = f"SELECT {identifier(key_of(rule))} FROM {identifier(view)} WHERE {rule.holds} = 0"
    return replace(result, failing_rows=query, judged_in=view)


def _fault(info: dict[str, Any]) -> str:
    """The first message of an exception, flat or one per metric; empty when nothing was raised."""
    for entry in [info, *[value for value in info.values() if isinstance(value, dict)]]:
        if entry.get("raised_exception") or (entry is not info and entry.get("exception_message")):
            return str(entry.get("exception_message") or "?")
    return ""
