"""The suitability of the sample, and which rules fail together, against pandas over rows that were read apart."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from judged_apart import SAMPLES

from logsyn.expectations.practice import load_practice
from tests.auditing import audit_files

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


@pytest.fixture(scope="module")
def audited(tmp_path_factory):
    how = {"profile": None, "practice": load_practice("jobcenter"), "as_of": date(2023, 11, 30)}
    folder = tmp_path_factory.mktemp("suited")
    return audit_files(folder, [SAMPLES / "momentum.csv"], "momentum-jobklub", **how), folder / "out"


@pytest.fixture(scope="module")
def suitability(audited):
    return audited[0].audit.suitability


@pytest.fixture(scope="module")
def frame(momentum):
    rows, _ = momentum
    times = np.array([row.moment("Starttidspunkt") or "NaT" for row in rows], dtype="datetime64[s]")
    return pd.DataFrame(
        {
            "line": [row.line for row in rows],
            "case": [row.text("SagsID") for row in rows],
            "activity": [row.text("Aktivitet") for row in rows],
            "time": times,
            "note": [row.text("Bemærkning") for row in rows],
        }
    )


def seconds(row):
    """Elapsed seconds of a case, across daylight saving where the years have it."""
    first, last = (moment.astype("datetime64[s]").item() for moment in row.to_numpy())
    if first.year < 1971 or last.year > 2037:
        return (last - first).total_seconds()
    zoned = [moment.replace(tzinfo=COPENHAGEN).timestamp() for moment in (first, last)]
    return zoned[1] - zoned[0]


@pytest.fixture(scope="module")
def cases(frame):
    """First and last time of each case, as numpy has them."""
    return frame.dropna(subset=["case", "time"]).groupby("case")["time"].agg(["min", "max"])


@pytest.fixture(scope="module")
def ends(frame, cases):
    """Typical first and last day, and the median duration of a case."""
    days = np.sort(frame["time"].dropna().to_numpy().astype("datetime64[D]"))
    first = next(day for day in np.unique(days) if (days <= day).sum() > 0.01 * len(days))
    last = next(day for day in np.unique(days) if (days <= day).sum() >= 0.99 * len(days))
    return first, last, float(np.median([seconds(row) for _, row in cases.iterrows()]))


def test_rows_and_times(suitability, frame):
    whole = frame.dropna(subset=["case", "activity", "time"])
    times = frame["time"].dropna()
    clock = times[(times.dt.hour != 0) | (times.dt.minute != 0)]
    assert (suitability.rows_with_required_fields.count, suitability.rows_with_required_fields.of) == (
        len(whole),
        len(frame),
    )
    assert (suitability.events_with_time_of_day.count, suitability.events_with_time_of_day.of) == (
        len(clock),
        len(times),
    )
    assert (suitability.rows_loaded.count, suitability.rows_loaded.of) == (len(frame), len(frame) + 7)


def test_events_and_variants_per_case(suitability, frame):
    per_case = frame.dropna(subset=["case"]).groupby("case").size()
    whole = frame.dropna(subset=["case", "activity", "time"]).sort_values(["time", "line"], kind="stable")
    variants = whole.groupby("case")["activity"].agg(tuple).value_counts()
    assert suitability.mean_events_per_case == pytest.approx(per_case.mean(), abs=0.001)
    assert suitability.median_events_per_case == per_case.median()
    assert (suitability.variants.count, suitability.variants.of) == (len(variants), variants.sum())
    assert suitability.cases_of_own_variant.count == (variants == 1).sum()


def test_labels_that_cover_95_percent(suitability, frame):
    counts = frame["activity"].value_counts()
    covering = int((counts.cumsum().shift(fill_value=0) < 0.95 * counts.sum()).sum())
    assert (suitability.labels_covering_95_percent.count, suitability.labels_covering_95_percent.of) == (
        covering,
        len(counts),
    )


def test_free_text_and_period(suitability, frame, ends):
    (column,) = suitability.free_text_columns
    assert (column.header, column.filled.count) == ("Bemærkning", frame["note"].notna().sum())
    assert suitability.observed_days == (ends[1] - ends[0]).astype(int) + 1


def test_cases_that_may_be_cut_off(suitability, cases, ends):
    first, last, median = ends
    within = np.timedelta64(round(median), "s")
    at_start = cases["min"].to_numpy() < first.astype("datetime64[s]") + within
    at_end = cases["max"].to_numpy() >= (last + 1).astype("datetime64[s]") - within
    cut = suitability.censored
    assert cut.within_days == round(median / 86_400)
    assert (cut.at_start.count, cut.at_end.count) == (at_start.sum(), at_end.sum())
    assert (cut.either.count, cut.either.of) == ((at_start | at_end).sum(), len(cases))


def test_rules_that_fail_together_are_those_of_the_violations(audited, frame):
    audit, folder = audited[0].audit, audited[1]
    failing = pd.read_parquet(folder / "confidential" / "violations.parquet").merge(frame, on="line", how="left")
    of_rule = failing.groupby("rule")["row_id"].agg(set)
    expected = {}
    for pair in combinations(of_rule.index, 2):
        both = len(of_rule[pair[0]] & of_rule[pair[1]])
        least, most = sorted(len(of_rule[rule]) for rule in pair)
        if both >= 5 and both / least >= max(0.1, 2 * most / len(frame)):
            expected[frozenset(pair)] = (both, least, most)
    pairs = audit.co_occurrence.pairs
    assert {pair.unit for pair in pairs} == {"rows"}
    assert {frozenset((p.first, p.second)): (p.together, p.second_failed, p.first_failed) for p in pairs} == expected
    assert len(expected) > 5


def test_a_rule_within_another_probably_has_its_cause(audited):
    causes = [cause.rules for cause in audited[0].audit.co_occurrence.shared_causes]
    assert causes == [["backdated-registration", "conversations-registered"]]
