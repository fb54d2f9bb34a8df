"""The rules of the base suite with Great Expectations' own pandas engine, as one who knows both would write them.

The same work as the audit's for the same rules: counts, every failing row as parquet with file and line, and the counts by
team, activity and month. Prints the counts by rule and the seconds of each phase as JSON.

``python -m benchmarks.pandas_engine EXTRACT VIOLATIONS.parquet index|named``
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

os.environ["GX_ANALYTICS_ENABLED"] = "false"

import great_expectations as gx
import great_expectations.expectations as gxe
import pandas as pd
from great_expectations.data_context.types.base import ProgressBarsConfig

from benchmarks import pandas_facts as facts
from benchmarks.measure import tell

between, filled = gxe.ExpectColumnValuesToBeBetween, gxe.ExpectColumnValuesToNotBeNull
EVENT_RULES = {
    "missing-case-id": filled(column="case"),
    "missing-activity": filled(column="activity"),
    "missing-timestamp": filled(column="time_text"),
    "unparseable-timestamp": between(column="time_read", min_value=1),
    "missing-team": filled(column="team"),
    "backdated-registration": between(column="overrun", max_value=0),
    "registered-before-event": between(column="lag", min_value=0),
    "far-future-end-date": between(column="beyond", max_value=0),
    "open-ended-period": between(column="has_end", min_value=1),
    "end-before-start": between(column="reversed", max_value=0),
    "future-timestamp": between(column="future", max_value=0),
    "default-date": between(column="default", max_value=0),
    "duplicate-event": between(column="duplicate", max_value=0),
    "shared-timestamp": between(column="activities_at_once", max_value=1),
    "imprecise-timestamp": between(column="clock", min_value=1),
    "unknown-activity": between(column="known", min_value=1),
    "cpr-number": between(column="cpr", max_value=0),
}
LABEL_RULES = {
    "untidy-label": between(column="untidy", max_value=0),
    "overloaded-label": between(column="overloaded", max_value=0),
}


def judge(table: pd.DataFrame, rules: dict[str, gxe.Expectation], *, named: bool) -> dict[str, pd.Index]:
    """The rows that fail each rule, by the index of the frame.

    Great Expectations gives failing rows by the key columns that it is told (``named``), as dictionaries; told none, by the
    frame's own index, which is quicker and tells the rows apart as long as nobody sorts the frame.
    """
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    batch = (
        context.data_sources.add_pandas("pandas")
        .add_dataframe_asset("table")
        .add_batch_definition_whole_dataframe("all")
        .get_batch(batch_parameters={"dataframe": table})
    )
    for name, rule in rules.items():
        rule.meta = {"rule": name}
    suite = gx.ExpectationSuite(name="base", expectations=list(rules.values()))
    keys = {"unexpected_index_column_names": ["row_id"]} if named else {}
    form = {"result_format": "COMPLETE", "include_unexpected_rows": False, **keys}
    answer = batch.validate(suite, result_format=form)
    return {
        one.expectation_config.meta["rule"]: pd.Index(
            [row["row_id"] for row in one.result["unexpected_index_list"] or []]
            if named
            else one.result["unexpected_index_list"] or []
        )
        for one in answer.results
    }


def write_violations(log: pd.DataFrame, failing: dict[str, pd.Index], path: Path) -> None:
    """Every failing row with its file and line."""
    line = 2 + log.index + log["Bemærkning"].str.count("\n").fillna(0).astype("int64").cumsum().shift(fill_value=0)
    tables = [
        pd.DataFrame({"row_id": rows + 1, "file": path.name, "line": line.loc[rows].to_numpy(), "rule": rule})
        for rule, rows in failing.items()
        if len(rows)
    ]
    pd.concat(tables, ignore_index=True).to_parquet(path, compression="zstd", index=False)


def breakdowns(table: pd.DataFrame, failing: dict[str, pd.Index]) -> dict[str, dict[str, pd.DataFrame]]:
    """Checked and failed rows of each rule by team, activity and month."""
    found: dict[str, dict[str, pd.DataFrame]] = {}
    counted = {rule: EVENT_RULES[rule].column if rule in EVENT_RULES else "activity" for rule in failing}
    nulls = {"missing-case-id", "missing-activity", "missing-timestamp", "missing-team"}
    for dimension in ("team", "activity", "month"):
        key = table[dimension]
        checked = table.groupby(key, dropna=False, observed=True)[sorted({*counted.values()} - {dimension})].count()
        size = table.groupby(key, dropna=False, observed=True).size()
        for rule, rows in failing.items():
            whole = rule in nulls or counted[rule] not in checked
            found.setdefault(rule, {})[dimension] = pd.DataFrame(
                {
                    "checked": size if whole else checked[counted[rule]],
                    "failed": key.loc[rows].value_counts(dropna=False),
                }
            )
    return found


def main() -> None:
    """Load, derive, judge, keep the failing rows, break down; tell counts and seconds."""
    seconds: dict[str, float] = {}
    last = time.perf_counter()

    def lap(phase: str) -> None:
        nonlocal last
        seconds[phase], last = time.perf_counter() - last, time.perf_counter()

    log = facts.load(sys.argv[1])
    read = {column: facts.times(log[column]) for column in facts.TIMES}
    lap("load")
    events = facts.of_events(log, read).assign(row_id=log.index)
    labels = facts.of_labels(events)
    labels["row_id"] = labels.index
    lap("derive")
    named = sys.argv[3] == "named"
    failing = judge(events, EVENT_RULES, named=named)
    of_labels = judge(labels, LABEL_RULES, named=named)
    lap("judge")
    for rule, rows in of_labels.items():
        failing[rule] = events.index[events["activity"].isin(labels.loc[rows, "activity"])]
    write_violations(log, failing, Path(sys.argv[2]))
    lap("failing rows")
    breakdowns(events, failing)
    lap("breakdowns")
    tell({"failed": {rule: len(rows) for rule, rows in failing.items()}, "seconds": seconds})


if __name__ == "__main__":
    main()
