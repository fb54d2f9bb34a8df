"""An audit.json of version 0.2.0 is read as one of today, by every command that takes an audit, and beside one of today."""

import json
import shutil

import pytest
from typer.testing import CliRunner

from logsyn.validator.commands.main import app
from logsyn.validator.comparing.compare import compare
from logsyn.validator.record import load
from tests.record.made import EXTRACT, FIRST

NEW_IN_BASE = ["missing-registered-at", "batch-registration", "default-registered-at"]
"""Rules that the base suite did not have in 0.2.0."""

RAW = json.loads(FIRST.read_bytes())
ASKED = ["--source", "momentum", "--practice", "jobcenter"]


def run(*arguments):
    done = CliRunner().invoke(app, [str(one) for one in arguments])
    assert done.exit_code in (0, 1), done.output
    return done.output


@pytest.fixture(scope="module")
def today(tmp_path_factory):
    """The same extract audited today, with the same options."""
    folder = tmp_path_factory.mktemp("today")
    suite = folder / "base.yaml"
    suite.write_text(f"suite: base\nextends: [base]\nwithout: {NEW_IN_BASE}\nrules: []\n", encoding="utf-8")
    run("audit", EXTRACT, *ASKED, "--suite", suite, "--as-of", "2023-11-30", "--out", folder / "report")
    return folder / "report"


TOLD_TO_THE_HOUR = {"agreed": {"median_days", "p90_days"}}
"""What 0.2.0 rounded down to the hour; it is told to the minute, as all lags are."""


TOLD_BY_TWO_WAYS = {"fails_when", "sql", "ask", "mend", "evidence", "why"}
ASKED_OTHERWISE = {"backdated-registration": {"fails_when", "sql"}, "overloaded-label": TOLD_BY_TWO_WAYS}
"""Checks that ask for more than in 0.2.0, such as working days, and say so."""
MEASURED_NOW = {"consequence", "questions"}
"""What findings mean for the questions is measured in cases now."""


NEWER = {"changed_months", "evidence", "place", "own", "unmatched", "is_agreed", "agreed_working_days", "remark", "as_if", "doubts", "two_clocks", "persons", "way", "use_bits", "use_p_value", "use_share", "groups", "of_few", "in_tens"}
"""Fields that version 1 did not have."""


ONE_CASES = {"log": {"start", "end", "typical_start", "typical_end"}, "suitability": {"within_days"}}
"""Days that were those of single cases, and are now those that five cases reach, or whole ones."""
KEYS_OF_GROUPS = ("kind", "key", "activity", "team")


def is_in_tens(checked, told):
    """Whether the checked rows of a group are told as they are now, up to 19 too many, or are hidden in either."""
    return checked is None or told is None or 0 <= told - checked <= 19


TOLD_IN_TENS = {"in_tens", "median_position"}
"""Fields of groups, and of uses of a label, whose events may be told so."""


def is_in_steps(share, told):
    """Whether a share is told as it was, or in hundredths or twentieths."""
    return None in (share, told) or abs(told - share) <= 0.025


def is_shared(days, told):
    """Whether a lag, or a median, is told as far as five have it in common, in steps that are up to three times as long."""
    return None in (days, told) or abs(told - days) <= max(2 * abs(days), 4 / 1440)


def says_no_other(old, new):
    """Whether a part says what it said, apart from what is hidden in either, and small groups that are told as one."""
    if isinstance(old, dict) and isinstance(new, dict):
        return old.keys() <= new.keys() | {"hidden"} and all(
            is_in_tens(value, new.get(key)) if (key == "checked" and "key" in old) or (key == "events" and TOLD_IN_TENS & new.keys())
            else is_in_steps(value, new.get(key)) if key == "share"
            else is_shared(value, new.get(key)) if key in {"median_days", "p90_days", "median"}
            else says_no_other(value, new.get(key))
            for key, value in old.items()
            if key != "hidden"
        )
    if isinstance(old, list) and isinstance(new, list):
        if len(old) == len(new) and not any(isinstance(one, dict) and "hidden" in one for one in old):
            return all(map(says_no_other, old, new))
        of_old = {tuple(one.get(key) for key in KEYS_OF_GROUPS): one for one in old}
        told = [(of_old.get(tuple(one.get(key) for key in KEYS_OF_GROUPS)), one) for one in new]
        return all(before is None or says_no_other(before, one) for before, one in told)
    return old is None or new is None or old == new


def without_case(record, part=None):
    """A part of a record without pseudonyms, which differ with the key, and without what version 1 did not have or had otherwise."""
    left_out = {"case", *(NEWER - {"in_tens"}), *TOLD_TO_THE_HOUR.get(part, ()), *ONE_CASES.get(part, ())}
    left_out |= MEASURED_NOW if part else set()
    if isinstance(record, dict):
        left_out |= ASKED_OTHERWISE.get(record.get("check"), set())
        return {key: without_case(value, part) for key, value in record.items() if key not in left_out and (key, value) not in (("hidden", []), ("in_tens", False))}
    return [without_case(one, part) for one in record] if isinstance(record, list) else record


def test_every_part_of_it_says_what_it_said(today):
    migrated, fresh = (
        load(FIRST).model_dump(mode="json", by_alias=True),
        load(today).model_dump(mode="json", by_alias=True),
    )
    assert (migrated["schema"], migrated["version"], migrated["inputs"][0]["kind"]) == (
        "logsyn/audit/2",
        "0.2.0",
        "csv",
    )
    for part in set(RAW) - {"schema", "engine", "versions", "verdict", "inputs"}:
        assert without_case(migrated[part]) == without_case(RAW[part]), part
        said = f"{part} differs: put a field that version 1 did not have into NEWER; anything else is a new version of the schema"
        assert says_no_other(without_case(migrated[part], part), without_case(fresh[part], part)), said
    for part in ("overall", "reasons", "rule_of_judgement"):
        assert migrated["verdict"][part] == RAW["verdict"][part]


@pytest.mark.parametrize("order", [(0, 1), (1, 0), (0, 2)])
def test_it_is_compared_with_one_of_today_and_with_another_of_its_time(today, tmp_path, order):
    (tmp_path / "first").mkdir()
    shutil.copy(FIRST, tmp_path / "first" / "audit.json")
    both = [tmp_path / "first", today, FIRST]
    comparison = compare([both[at] for at in order])
    assert {trend.change for trend in comparison.rules} == {"same"}
    assert len(comparison.rules) == len(RAW["findings"])


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize("asked", [
    ["suggest", *ASKED[:2]], ["describe", *ASKED[:2]], ["export", *ASKED[:2], "--to", "csv", "--show-case-ids", "--show-resources"],
], ids=lambda asked: asked[0])  # fmt: skip
def test_commands_that_take_an_audit_take_both_versions(today, tmp_path, asked, version):
    command, *options = asked
    out = tmp_path / ("draft.html" if command == "describe" else "out")
    run(command, EXTRACT, *options, "--audit", FIRST if version == 1 else today, "--out", out)
    if command == "suggest":
        assert "remedies:" in (out / "remedies.yaml").read_text(encoding="utf-8")
    if command == "export":
        assert json.loads((out / "export.json").read_bytes())["audit"]["verdict"] == RAW["verdict"]["overall"]
