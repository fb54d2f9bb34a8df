"""Every stock expectation on data that pass, on data that fail, and on nothing: all in one audit of six rows and many columns."""

import csv
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from logsyn.expectations.stock_table import STOCK
from tests.auditing import audit_files

ROWS = 6
PATH = Path(__file__).parent / "cases-of-stock.yaml"
WRITTEN = YAML(typ="safe").load(PATH.read_text(encoding="utf-8"))
USED = [name for name, one in STOCK.items() if not one.refused]


def columns_of(case):
    return {letter: case[letter].split("|") for letter in "abc" if letter in case}


def nothing_of(expect, case):
    """The same question to columns without any value."""
    return {
        **dict.fromkeys(columns_of(case), "|" * (ROWS - 1)),
        "args": {**case.get("args", {}), **({"ignore_row_if": "all_values_are_missing"} if "column_list" in STOCK[expect].arguments else {})},
        "outcome": "nothing_checked",
    }  # fmt: skip


OWN_EMPTY = {"expect_column_values_to_not_be_null"} | {
    name for name, cases in WRITTEN.items() for case in cases if case.get("a") == "|" * (ROWS - 1)
}
EMPTY = [
    (name, nothing_of(name, cases[0]))
    for name, cases in WRITTEN.items()
    if name not in OWN_EMPTY and "table" not in name
]
CASES = {
    f"{number}: {name}": (name, case)
    for number, (name, case) in enumerate([*((name, case) for name, some in WRITTEN.items() for case in some), *EMPTY])
}


def named(expect, letters):
    if "column_list" in STOCK[expect].arguments:
        return {"column_list": letters}
    return dict(zip(("column_A", "column_B") if len(letters) > 1 else ("column",), letters, strict=False))


def write_all(folder, cases):
    """One extract and one suite of all cases; each has columns and a rule of its own."""
    fields, rules = {}, []
    for number, (expect, case) in enumerate(cases):
        own = list(map(tuple, columns_of(case).values()))
        keys = [
            (values, own[:at].count(values)) for at, values in enumerate(own)
        ]  # equal columns stand once in the extract
        letters = [fields.setdefault(key, f"Felt {len(fields)}") for key in keys]
        args = {**named(expect, letters), **case.get("args", {})}
        rules.append({"id": f"r{number}", "expect": expect, "args": args, **case.get("more", {})})
    path = folder / "extract.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["case_id", "activity", "timestamp", *fields.values()])
        for row in range(ROWS):
            writer.writerow(
                ["A", ("Start", "Slut")[row % 2], f"2023-01-02 08:0{row}", *(values[row] for values, _ in fields)]
            )
    suite = folder / "suite.yaml"
    with suite.open("w", encoding="utf-8") as file:
        YAML().dump({"suite": "many", "rules": rules}, file)
    return path, suite


@pytest.fixture(scope="module")
def audited(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stock")
    path, suite = write_all(folder, CASES.values())
    return audit_files(folder, [path], str(suite))


def test_every_expectation_that_is_used_has_cases_that_pass_and_that_fail():
    assert set(WRITTEN) == set(USED)
    for name, cases in WRITTEN.items():
        outcomes = {case.get("outcome", "failed" if case.get("fails") else "passed") for case in cases}
        assert {"passed", "failed"} <= outcomes, name


@pytest.mark.parametrize("key", CASES)
def test_case(audited, key):
    rule = f"r{list(CASES).index(key)}"
    finding, (_, case) = audited.finding(rule), CASES[key]
    assert finding.outcome == case.get("outcome", "failed" if case.get("fails") else "passed"), finding.reason
    if "fails" in case:
        assert audited.failing.get(rule, []) == case["fails"]
        assert finding.failed == len(case["fails"])
    if "observed" in case:
        assert finding.consequence.observed == case["observed"]
    if finding.outcome in ("error", "nothing_checked"):
        assert finding.reason
