"""What the readers of a target cannot hold: counted, told, and gone after the remedy that is proposed."""

from __future__ import annotations

import dataclasses

import duckdb
import pytest
from ruamel.yaml import YAML

from logsyn.expectations.remedies import Remedies
from logsyn.validator.commands.export import summary
from logsyn.validator.database.conditions import condition
from logsyn.validator.handing_on.beyond import Bounds, beyond
from logsyn.validator.handing_on.layout import Field
from logsyn.validator.handing_on.targets import TARGETS, Target
from logsyn.validator.reading.extract import read_extract
from tests.auditing import PROFILE
from tests.handing_on.exporting import export_text

HEAD = "case_id,activity,timestamp,planned_end,registered_at\n"
ROWS = (
    "S-1,a,2023-01-01 08:00,9999-12-31 23:59,2023-01-02 08:00\n"
    "S-1,b,0001-01-01 08:00,2262-04-11 00:00,1600-01-01 00:00\n"
    "S-2,b,2262-04-12 09:00,2262-04-10 23:59,1677-09-22 00:00\n"
    "S-2,c,1677-09-21 00:00,,\n"
    "S-2,d,2022-01-01 00:00,,\n"
)
FOUND = {
    ("too_early", "timestamp"): 2, ("too_late", "timestamp"): 1, ("too_late", "planned_end"): 2, ("too_early", "registered_at"): 1,
}  # fmt: skip


def found(exported) -> dict:
    return {(one.what, one.column): one.values for one in exported.record.beyond}


@pytest.mark.parametrize("target", TARGETS)
def test_times_beyond_nanoseconds_are_counted_by_column(tmp_path, target):
    exported = export_text(tmp_path, HEAD + ROWS, target)
    assert found(exported) == (FOUND if target in ("xes", "parquet", "csv") else {})
    told = summary(exported.record, exported.folder)
    assert told.count("Warning: ") == len(exported.record.beyond)
    assert ("Warning: 2 times in Planned to lie after 2262-04-10" in told) == (target in ("xes", "parquet", "csv"))


@pytest.mark.parametrize(
    ("name", "words"),
    [("README.da.md", "2 tider ligger efter 10. april 2262"), ("README.en.md", "2 times lie after 10 April 2262")],
)
def test_the_readme_says_it_with_the_remedy(tmp_path, name, words):
    exported = export_text(tmp_path, HEAD + ROWS, "xes")
    page = (exported.folder / name).read_text(encoding="utf-8")
    assert f"`Planned to`: {words}" in page
    assert "- {do: blank, columns: [planned_end], where: {planned_end: {ge: 2262-04-11}}}" in page


def test_the_proposed_steps_are_remedies_that_take_just_these_rows(tmp_path):
    exported = export_text(tmp_path, HEAD + ROWS, "xes")
    text = "remedies: proposed\nsteps:\n" + "\n".join(f"  {one.remedy}" for one in exported.record.beyond)
    steps = Remedies.model_validate(YAML(typ="safe").load(text)).steps
    connection = duckdb.connect()
    read_extract(connection, [tmp_path / "extract.csv"], PROFILE, tmp_path)
    taken = [
        connection.execute(f"SELECT count(*) FROM rows WHERE {condition(step.where)}").fetchone()[0] for step in steps
    ]
    assert taken == [one.values for one in exported.record.beyond]
    assert [step.do for step in steps] == [
        "drop-rows" if one.column == "timestamp" else "blank" for one in exported.record.beyond
    ]


@pytest.mark.parametrize("target", TARGETS)
def test_a_log_that_every_tool_can_hold_warns_of_nothing(tmp_path, target):
    exported = export_text(tmp_path, HEAD + "S-1,a,1677-09-22 00:00,2262-04-10 23:59,2023-01-01 00:00\n", target)
    assert exported.record.beyond == []
    assert "Warning" not in summary(exported.record, exported.folder)
    assert "cannot hold" not in (exported.folder / "README.en.md").read_text(encoding="utf-8")


def test_characters_that_xml_does_not_allow_are_counted(tmp_path):
    exported = export_text(
        tmp_path, 'case_id,activity,timestamp\nS-1,"a\x07",2023-01-01\nS-1,"b\nc",2023-01-02\n', "xes"
    )
    assert found(exported) == {("forbidden_character", "activity"): 1}


def test_texts_longer_than_a_cell_of_a_spreadsheet_are_counted(tmp_path):
    rows = f"S-1,a,2023-01-01,{'x' * 32_767}\nS-1,b,2023-01-02,{'y' * 32_768}\n"
    exported = export_text(
        tmp_path, "case_id,activity,timestamp,long note\n" + rows, "csv", columns=["default", "long note"]
    )
    assert found(exported) == {("too_long", "long note"): 1}
    assert exported.record.beyond[0].remedy == '- {do: remove-column, columns: ["long note"]}'


def test_columns_and_events_of_a_spreadsheet_are_bounds():
    connection = duckdb.connect()
    connection.execute("CREATE TABLE outgoing AS SELECT 'x' AS a, 'y' AS b FROM range(4)")
    fields = [Field("A", "a", None, "text", "a"), Field("B", "b", None, "text", "b")]
    told = beyond(connection, fields, Bounds(("here",), columns=1, events=3))
    assert [(one.what, one.values) for one in told] == [("too_many_columns", 2), ("too_many_events", 4)]
    assert beyond(connection, fields, Bounds(("here",), columns=2, events=4)) == []


def test_a_target_must_state_what_it_cannot_hold():
    (bounds,) = (field for field in dataclasses.fields(Target) if field.name == "bounds")
    assert bounds.default is dataclasses.MISSING
    assert all(target.bounds.sources for target in TARGETS.values())
