"""An attacker who knows ten events of every case, and the whole extract, links no example to fewer than five cases."""

from __future__ import annotations

import csv
import random
import re
from datetime import date, timedelta

import pandas as pd
import pytest

from logsyn.expectations.practice import load_practice
from logsyn.expectations.source import load_source
from tests.auditing import PROFILE, SAMPLES, audit_files

TIMES = ["timestamp", "registered_at", "planned_start", "planned_end", "end_timestamp"]
CLOCK = re.compile(r"\d{2}:\d{2}|T\d{2}|\d{2}\.\d{2}\.\d{2}")


def cases_that_fit(rows, example):
    """The cases with an event that is as all that an example shows and a row has by itself, a row without a case being one of its own."""
    fits = pd.Series(data=True, index=rows.index)
    shown = {"activity": example.activity, "team": example.team, "timestamp": example.timestamp}
    told = example.model_dump()["values"]
    shown |= {name: value for name, value in told.items() if name in (*TIMES, "status", "source")}
    for name, value in shown.items():
        if value is not None and name in rows:
            known = rows[name].fillna("")
            fits &= known.str.startswith(value) if name in TIMES else known == value
        elif name in told and name in rows:
            fits &= rows[name].isna()
    return rows.loc[fits, "who"].nunique()


def employees_that_fit(rows, example):
    """The employees of those rows."""
    shown = {"activity": example.activity, "team": example.team, "timestamp": example.timestamp}
    fits = pd.Series(data=True, index=rows.index)
    for name, value in shown.items():
        if value is not None:
            fits &= rows[name].fillna("").str.startswith(value) if name in TIMES else rows[name] == value
    return rows.loc[fits, "resource"].nunique() if "resource" in rows else 0


def names_what_is_hidden(finding, example):
    """Whether an example names an activity, a team or a month of which the breakdowns of its rule show no figure."""
    seen = {name: {group.key for group in getattr(finding.breakdowns, name) if not group.hidden} for name in ("activity", "team", "month")}
    when, months = example.timestamp or "", {key for key in seen["month"] if key}
    in_time = not when or when[:7] in months or (len(when) == 4 and any(key.startswith(when) for key in months))
    return example.activity not in {None, *seen["activity"]} or example.team not in {None, *seen["team"]} or not in_time


def check_examples(audited, rows):
    """What must hold of all examples of an audit of these rows, of which row ``n`` is the one at ``n - 1``."""
    for finding in audited.audit.findings:
        assert len(finding.evidence) <= 3
        failing = rows.iloc[[row_id - 1 for row_id in audited.failing.get(finding.rule, [])]]
        for example in finding.evidence:
            told = example.model_dump()["values"]
            clocks = [found for text in [example.timestamp, *told.values()] for found in CLOCK.findall(str(text)) if set(found) - set("9:. T")]
            assert not clocks or finding.check == "registration-rhythm", (finding.rule, clocks)
            if finding.table != "log":
                assert not names_what_is_hidden(finding, example), (finding.rule, example)
                assert cases_that_fit(failing, example) >= 5, (finding.rule, example)
                assert employees_that_fit(failing, example) not in range(1, 5), (finding.rule, example)


def link_examples(audit, rows):
    """No two examples of a report share something that fewer than five cases have."""
    shown = [
        (name, value)
        for finding in audit.findings if finding.table in ("events", "cases")
        for example in finding.evidence
        for name, value in (example.model_dump()["values"] | example.model_dump(exclude={"values"})).items()
        if value is not None
    ]  # fmt: skip
    for name, value in {pair for pair in shown if shown.count(pair) > 1}:
        if name in rows and isinstance(value, str):
            known = rows[name].fillna("")
            has = known.str.startswith(value) if name in TIMES else known == value
            assert rows.loc[has, "who"].nunique() >= 5, (name, value)


def written_rows(text):
    head, *lines = text.splitlines()
    rows = pd.DataFrame([line.split(";") for line in lines], columns=head.split(";")).replace("", None)
    rows["who"] = rows["case_id"].fillna(pd.Series([f"row {at}" for at in rows.index], index=rows.index))
    return rows


def drawn(seed):
    """A log in which teams, labels and days are rare or common by chance, with faults of many kinds."""
    draw = random.Random(seed)
    teams = [f"Team {at}" for at in range(draw.choice([1, 3, 12]))]
    labels = [f"Label {at}" for at in range(draw.choice([2, 8, 40]))]
    lines = ["case_id;activity;timestamp;registered_at;planned_end;resource;team;status"]
    for case in range(draw.choice([4, 9, 40])):
        for _ in range(draw.randint(1, 10)):
            happened = date(2023, 1, 1) + timedelta(draw.randint(0, draw.choice([3, 300])))
            clock = f"{draw.randint(7, 16):02d}:{draw.randint(0, 59):02d}"
            registered = happened + timedelta(draw.choice([0, 0, 0, 1, 9, 61, -4]))
            when = draw.choice([f"{happened} {clock}"] * 9 + ["1900-01-01", "0001-01-01", "31-02-2023", ""])
            end = draw.choice(["", "9999-12-31", "2099-12-31", str(happened + timedelta(40)), str(happened - timedelta(3))])
            who = draw.choice([f"S{case}"] * 30 + [""])
            name = draw.choice([draw.choice(labels)] * 12 + ["", "label 1 ", f"Brev {case}"])
            team = draw.choice(teams + [teams[0]] * 8)
            lines.append(f"{who};{name};{when};{registered} {clock};{end};R{draw.randint(0, draw.choice([1, 20]))};{team};{draw.choice('abc')}")
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(2))
def test_no_example_of_a_drawn_log_is_linked_to_fewer_than_five_cases(tmp_path, seed):
    text = drawn(seed)
    (tmp_path / "extract.csv").write_text(text + "\n", encoding="utf-8")
    suite = tmp_path / "suite.yaml"
    suite.write_text("suite: all\nextends: [strict]\nrules: []\n", encoding="utf-8")
    audit = audit_files(tmp_path, [tmp_path / "extract.csv"], str(suite), consequence=False, practice=load_practice("jobcenter"))
    check_examples(audit, written_rows(text))
    audit = audit.audit
    link_examples(audit, written_rows(text))
    assert sum(len(finding.evidence) for finding in audit.findings) > 0 or text.count("\n") < 60


def sample_rows():
    """The sample by the CSV reader of Python alone, records with another number of fields than the header left out."""
    with (SAMPLES / "momentum.csv").open(encoding="cp1252", newline="") as file:
        head, *records = csv.reader(file, delimiter=";")
    return pd.DataFrame([one for one in records if len(one) == len(head)], columns=head).replace("", None)


def iso(texts):
    parts = texts.fillna("").str.extract(r"^(\d{2})-(\d{2})-(\d{4})(.*)$")
    return (parts[2] + "-" + parts[1] + "-" + parts[0]).where(parts[2].notna())


def test_no_example_of_the_sample_is_linked_to_fewer_than_five_cases(tmp_path):
    source = load_source("momentum")
    audited = audit_files(
        tmp_path, [SAMPLES / "momentum.csv"], "strict", profile=source, practice=load_practice("jobcenter"), consequence=False
    )
    raw, audit = sample_rows(), audited.audit
    headers = {column.name: column.header for column in audit.extract.columns if column.header in raw}
    rows = pd.DataFrame({name: raw[header] for name, header in headers.items()})
    for name in set(TIMES) & set(rows):
        rows[name] = iso(rows[name])
    rows["who"] = rows["case_id"].fillna(pd.Series([f"row {at}" for at in rows.index], index=rows.index))
    rows["resource"] = rows["resource"].where(~rows["resource"].isin(load_practice("jobcenter").system_users()))
    check_examples(audited, rows)
    link_examples(audit, rows)
    assert sum(len(finding.evidence) for finding in audit.findings) > 20


ODD = {
    "fewer than five cases": "\n".join(f"S{at % 4};a;2023-01-0{at % 9 + 1} 10:00;T" for at in range(40)),
    "one activity in all": "\n".join(f"S{at};a;2023-01-01 10:00;T" for at in range(40)),
    "every value unique": "\n".join(f"S{at};label {at};{2000 + at}-01-01 10:{at};T{at}" for at in range(10, 50)),
    "no team": "\n".join(f"S{at % 9};a;2023-01-01 10:00;" for at in range(40)),
    "years 1 and 9999": "\n".join(f"S{at};a;{'0001-01-01' if at % 2 else '9999-12-31'} 10:00;T" for at in range(40)),
    "labels that are numbers": "\n".join(f"S{at};010180-1{at:03d};2023-01-01 10:00;T" for at in range(40)),
    "no case at all": "\n".join(f";a;2023-01-0{at % 9 + 1} 10:00;T" for at in range(40)),
}


RULES = [
    "allowed-values, column: activity, values: [z]",
    "value-range, column: timestamp, max: 2000-01-01",
    "missing-activity",
    "shared-timestamp",
    "default-date",
]


@pytest.mark.parametrize("what", ODD)
def test_odd_logs_have_examples_that_fit_or_none(tmp_path, what):
    text = "case_id;activity;timestamp;team\n" + ODD[what]
    (tmp_path / "extract.csv").write_text(text + "\n", encoding="utf-8")
    rules = "".join(f"  - {{id: m{at}, check: {RULES[at % len(RULES)]}}}\n" for at in range(100 if what == "no team" else len(RULES)))
    (tmp_path / "suite.yaml").write_text(f"suite: s\nrules:\n{rules}", encoding="utf-8")
    audit = audit_files(tmp_path, [tmp_path / "extract.csv"], str(tmp_path / "suite.yaml"), profile=PROFILE, consequence=False)
    check_examples(audit, written_rows(text))
    shown = {finding.rule: finding.evidence for finding in audit.audit.findings}
    if what in ("fewer than five cases", "every value unique"):
        assert shown["m0"] == []
    if what == "labels that are numbers":
        assert [(one.activity, one.timestamp) for one in shown["m0"]] == [(None, "2023-01-01")]
    if what == "one activity in all":
        assert [one.activity for one in shown["m0"]] == ["a"]
