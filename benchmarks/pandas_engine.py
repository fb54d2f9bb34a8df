"""The rules of the base suite with Great Expectations' own pandas engine: load, derive with pandas, validate; counts to stdout."""

import json
import os
import sys

os.environ["GX_ANALYTICS_ENABLED"] = "false"

import great_expectations as gx
import great_expectations.expectations as gxe
import pandas as pd
from great_expectations.data_context.types.base import ProgressBarsConfig

from expectations.practice import for_team, load_practice

MISSING = ["", "-", "?", "ukendt", "ingen", "n/a", "null"]
SENTINELS = ["9999-12-31", "2099-12-31", "2999-12-31"]
DEFAULTS = ["1900-01-01", "1970-01-01", "1753-01-01", "0001-01-01", *SENTINELS]


def times(texts: pd.Series) -> pd.Series:
    """The times of a column of texts; NaT where no format fits."""
    found = pd.to_datetime(texts, format="%d-%m-%Y %H:%M", errors="coerce")
    return found.fillna(pd.to_datetime(texts, format="%d-%m-%Y", errors="coerce"))


def main() -> None:
    """Load, derive, validate, and print the counts."""
    practice = load_practice("jobcenter")
    log = pd.read_csv(sys.argv[1], sep=";", dtype=str, keep_default_na=False, encoding="utf-8")
    log = log.mask(log.apply(lambda column: column.str.strip().str.lower().isin(MISSING)))
    happened, registered = times(log["Starttidspunkt"]), times(log["Oprettet"])
    start, end = times(log["Startdato"]), times(log["Slutdato"])
    pairs = log[["Aktivitet", "Team"]].drop_duplicates()
    known = [practice.activities.get(label) for label in pairs["Aktivitet"]]
    default = practice.default.register_within_days
    pairs["agreed"] = [
        (for_team(a.register_within_days, team) if a else None) or for_team(default, team)
        for a, team in zip(known, pairs["Team"], strict=True)
    ]
    pairs["allowed"] = [
        for_team(a.planned_end_within_days, team) if a else None for a, team in zip(known, pairs["Team"], strict=True)
    ]
    pairs["planned"] = [bool(a and a.planned) for a in known]
    pairs["period"] = [bool(a and a.period) for a in known]
    agreed = log[["Aktivitet", "Team"]].merge(pairs, how="left", on=["Aktivitet", "Team"])
    lag = (registered - happened).dt.total_seconds() / 86400
    key = pd.DataFrame({"case": log["SagsID"], "activity": log["Aktivitet"], "time": happened})
    whole = key.notna().all(axis=1)
    facts = pd.DataFrame(
        {
            "case": log["SagsID"],
            "activity": log["Aktivitet"],
            "time_text": log["Starttidspunkt"],
            "time_read": happened.where(log["Starttidspunkt"].notna())
            .notna()
            .astype(float)
            .where(log["Starttidspunkt"].notna()),
            "team": log["Team"],
            "overrun": lag - agreed["agreed"].astype(float).fillna(1),
            "lag": lag.mask(agreed["planned"].astype(bool)),
            "beyond": (end - start.fillna(happened)).dt.days - agreed["allowed"].astype(float).fillna(730),
            "open": end.notna().astype(float).where(agreed["period"].astype(bool)),
            "reversed": (end < start.fillna(happened.dt.normalize())).astype(float).where(end.notna()),
            "future": (happened >= "2023-12-01").astype(float).mask(happened.isna() | agreed["planned"].astype(bool)),
            "default": happened.dt.strftime("%Y-%m-%d").isin(DEFAULTS).astype(float).where(happened.notna()),
            "duplicate": key[whole].duplicated().astype(float),
            "shared": key[whole].groupby(["case", "time"])["activity"].transform("nunique"),
            "clock": ((happened.dt.hour != 0) | (happened.dt.minute != 0)).astype(float).where(happened.notna()),
            "known": log["Aktivitet"].isin(list(practice.activities)).astype(float).where(log["Aktivitet"].notna()),
            "tidy": (log["Aktivitet"] == log["Aktivitet"].str.strip()).astype(float).where(log["Aktivitet"].notna()),
            "cpr": log["Bemærkning"].str.contains(r"(?<!\d)\d{6}-?\d{4}(?!\d)", na=False).astype(float),
        }
    )
    between = gxe.ExpectColumnValuesToBeBetween
    rules = [
        *(gxe.ExpectColumnValuesToNotBeNull(column=column) for column in ("case", "activity", "time_text", "team")),
        between(column="time_read", min_value=1), between(column="overrun", max_value=0), between(column="lag", min_value=0),
        between(column="beyond", max_value=0), between(column="open", min_value=1), between(column="reversed", max_value=0),
        between(column="future", max_value=0), between(column="default", max_value=0), between(column="duplicate", max_value=0),
        between(column="shared", max_value=1), between(column="clock", min_value=1), between(column="known", min_value=1),
        between(column="tidy", min_value=1), between(column="cpr", max_value=0),
    ]  # fmt: skip
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    batch = (
        context.data_sources.add_pandas("pandas")
        .add_dataframe_asset("facts")
        .add_batch_definition_whole_dataframe("all")
        .get_batch(batch_parameters={"dataframe": facts})
    )
    answer = batch.validate(gx.ExpectationSuite(name="base", expectations=rules), result_format="SUMMARY")
    print(
        json.dumps({one.expectation_config.kwargs["column"]: one.result["unexpected_count"] for one in answer.results})
    )


main()
