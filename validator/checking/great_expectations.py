"""Runs compiled rules with Great Expectations on DuckDB: the only module that imports it."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING, Any, Literal

import duckdb

from logsyn.validator.checking.broken import INTERRUPTED, MayBreak, in_words
from logsyn.validator.checking.compiled import ROW_KEYS, key_of, view_of
from logsyn.validator.checking.judgement import Judgement
from logsyn.validator.database.sql import identifier

if TYPE_CHECKING:
    from collections.abc import Sequence

    from logsyn.validator.checking.compiled import Compiled
    from logsyn.validator.database.connection import Database

RULE = "logsyn_rule"


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
        self._views: list[str] = []
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

        One rule that breaks takes the others of its query with it. So of what broke, those that the database itself cannot
        reckon are sifted out, and the others are judged anew; when that does not help, by halves, until each that breaks
        is alone.
        """
        judged = {judgement.number: judgement for judgement in self._judge_what_may_break(relation, rules)}
        broken = [rule for rule in rules if judged[rule.number].outcome == "error"]
        if not broken or len(rules) == 1:
            return list(judged.values())
        faults = self._sift(relation, broken)
        able = [rule for rule in broken if rule.number not in faults]
        half = (len(able) + 1) // 2
        parts = [able] if len(able) < len(rules) else [able[:half], able[half:]]
        for part in filter(None, parts):
            judged |= {judgement.number: judgement for judgement in self.judge(relation, part)}
        return list((judged | faults).values())

    def _sift(self, relation: str, rules: Sequence[Compiled]) -> dict[int, Judgement]:
        """The rules whose columns the database cannot reckon: found by halves, without Great Expectations."""
        counts = ", ".join(f"count({identifier(name)})" for rule in rules for name in rule.columns)
        with MayBreak(rules[0].number) as block:
            self._connection.execute(f"SELECT {counts} FROM ({view_of(relation, rules)})").fetchall()
            return {}
        if len(rules) == 1:
            return {rules[0].number: block.broken} if block.broken else {}
        half = len(rules) // 2
        return self._sift(relation, rules[:half]) | self._sift(relation, rules[half:])

    def _judge_what_may_break(self, relation: str, rules: Sequence[Compiled]) -> list[Judgement]:
        name = f"checked_{relation}"
        view = f"{name}_{len(self._views)}" if name in self._views else name
        self._views.append(view)
        with MayBreak(rules[0].number) as block:
            return self._judge_together(relation, rules, view)
        fault = block.broken.fault if block.broken else None
        return [Judgement(rule.number, "error", fault=fault) for rule in rules]

    def _judge_together(self, relation: str, rules: Sequence[Compiled], view: str) -> list[Judgement]:
        self._create(view, relation, rules)
        asset = self._source.add_table_asset(view, table_name=view)
        batch = asset.add_batch_definition_whole_table("all").get_batch()
        expectations, refused = [], []
        for rule in rules:
            with MayBreak(rule.number) as block:
                expectations.append(self._expectation(rule))
            if block.broken:
                refused.append(block.broken)
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
        judged = {judgement.number: judgement for judgement in [*refused, *map(_judgement, answer.results)]}
        return [judged[rule.number] for rule in rules]

    def _create(self, view: str, relation: str, rules: Sequence[Compiled]) -> None:
        """What the engine looks at: a view of events; of cases, labels and the log a small table, and of flags a narrow one.

        A view would run the queries of all its rules again for each rule whose failing rows are fetched.
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
        name = "".join(part.capitalize() for part in rule.expect.split("_"))
        kind = getattr(self._gx.expectations, name, None)
        if kind is None:
            raise ValueError(f"Great Expectations has no expectation {rule.expect}")
        mostly = {"mostly": rule.rule.mostly} if "mostly" in kind.__fields__ else {}
        return kind(**rule.args, **mostly, severity=rule.rule.severity, meta={RULE: rule.number})


def _judgement(answer: Any) -> Judgement:
    number = answer.expectation_config.meta[RULE]
    with MayBreak(number) as block:
        fault = _fault(answer.exception_info)
        if INTERRUPTED in fault:
            raise duckdb.InterruptException(fault)
        if fault:
            return Judgement(number, "error", fault=in_words(fault))
        return _counted(number, answer)
    return block.broken or Judgement(number, "error", fault=in_words("?"))


def _counted(number: int, answer: Any) -> Judgement:
    result = answer.result
    checked = (result["element_count"] or 0) - (result.get("missing_count") or 0)
    failed = result["unexpected_count"] or 0
    query = result["unexpected_index_query"].rstrip().removesuffix(";") if failed else None
    outcome: Literal["passed", "failed"] = "passed" if answer.success else "failed"
    return Judgement(number, outcome, checked=checked, failed=failed, failing_rows=query)


def _fault(info: dict[str, Any]) -> str:
    """The first message of an exception, flat or one per metric; empty when nothing was raised."""
    for entry in [info, *[value for value in info.values() if isinstance(value, dict)]]:
        if entry.get("raised_exception") or (entry is not info and entry.get("exception_message")):
            return str(entry.get("exception_message") or "?")
    return ""
