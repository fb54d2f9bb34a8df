"""CSV files import at first try: read back by importers that were written from the rules of the two tools."""

import csv
import inspect
import json
import re
from pathlib import Path

import pytest

from logsyn.expectations.source import load_source
from logsyn.validator.errors import AuditError
from logsyn.validator.handing_on import readme
from logsyn.validator.handing_on.parts import FileLimits
from tests.handing_on.exporting import export_file, export_text
from tests.handing_on.importers import apromore, power_automate

SAMPLE = Path(__file__).parents[2] / "sample_logs" / "momentum.csv"
HEAD = "case_id,activity,timestamp"
TEMPLATES = Path(readme.__file__).parent / "templates"


def test_apromore_takes_every_row_of_the_sample(tmp_path):
    exported = export_file(
        tmp_path / "out", SAMPLE, "apromore", load_source("momentum"), columns=["default", "resource"]
    )
    imported = apromore(exported.log)
    assert imported.rejected == []
    assert len(imported.events) == exported.record.rows.handed_on
    assert imported.mapping == {
        "case": "Case ID", "activity": "Activity", "end": "End timestamp", "resource": "Resource", "role": "Role",
    }  # fmt: skip
    assert imported.others == []


def test_power_automate_takes_every_row_of_the_sample(tmp_path):
    exported = export_file(tmp_path / "out", SAMPLE, "power-automate", load_source("momentum"))
    imported = power_automate([exported.log])
    assert (imported.rejected, len(imported.events)) == ([], exported.record.rows.handed_on)


@pytest.mark.parametrize("target", ["apromore", "power-automate"])
def test_two_times_are_start_and_end_and_no_end_is_none(tmp_path, target):
    text = f"{HEAD},end_timestamp\nS-1,a,2022-01-03 08:00,2022-01-03 09:00\nS-1,b,2022-01-04 08:00,\n"
    exported = export_text(tmp_path, text, target)
    events = apromore(exported.log).events if target == "apromore" else power_automate([exported.log]).events
    assert [event["End timestamp"][:16] for event in events] == ["2022-01-03 09:00", "2022-01-04 08:00"]
    assert exported.column("End timestamp").filled == 1


HEADERS = ["Kalenderdato", "Startdato", "Completed", "Time, brugt", 'Sags "id"', "Group", "Role", "a;b", "Opdateret\nden", "Agent", "Timer"]  # fmt: skip


VALUES = ["", "2022-02-01 08:00:00.000", "01-02-1980", "6.1.2", "tekst"]
TAKEN = [*((HEADERS, value) for value in VALUES), *(([header], VALUES[number % 5]) for number, header in enumerate(HEADERS))]


@pytest.mark.parametrize(("headers", "value"), TAKEN)
def test_no_other_header_or_value_is_taken_for_what_it_is_not(tmp_path, headers, value):
    names = ",".join('"' + header.replace('"', '""') + '"' for header in headers)
    values = {True: [value] * len(headers), False: ["x"] * len(headers)}
    lines = [",".join([f"S-{at % 5},a,2022-01-03 08:{at:02d}", *values[at % 2 == 1]]) for at in range(40)]
    text = "\n".join([f"{HEAD},{names}", *lines]) + "\n"
    exported = export_text(tmp_path, text, "apromore")
    imported = apromore(exported.log)
    assert imported.mapping == {"case": "Case ID", "activity": "Activity", "end": "End timestamp"}
    assert (imported.others, imported.rejected, len(imported.events)) == ([], [], 40)


def test_a_registration_time_in_every_row_is_a_time_and_a_partly_blank_one_an_attribute(tmp_path):
    full = export_text(tmp_path, f"{HEAD},registered_at\nS-1,a,2022-01-03 08:00,2022-01-03 09:00\n", "apromore")
    assert apromore(full.log).others == ["Registered at"]
    part = tmp_path / "part"
    part.mkdir()
    text = f"{HEAD},registered_at\nS-1,a,2022-01-03 08:00,2022-01-03 09:00\nS-1,b,2022-01-03 08:00,\n"
    assert apromore(export_text(part, text, "apromore").log).others == []


def test_a_time_that_never_was_is_moved_and_told(tmp_path):
    exported = export_text(tmp_path, f"{HEAD}\nS-1,a,2022-03-27 02:30\nS-1,b,2022-03-27 01:30\n", "apromore")
    imported = apromore(exported.log)
    assert [event["End timestamp"] for event in imported.events] == [
        "2022-03-27 01:30:00.000",
        "2022-03-27 03:30:00.000",
    ]
    assert (imported.rejected, exported.record.moved_times) == ([], 1)


def test_missing_teams_are_filled_for_tools_and_left_blank_for_others(tmp_path):
    text = f"{HEAD},team\nS-1,a,2022-01-03 08:00,\nS-1,b,2022-01-03 09:00,Jobklub\n"
    exported = export_text(tmp_path, text, "apromore")
    assert [event["Role"] for event in apromore(exported.log).events] == ["ukendt", "Jobklub"]
    assert exported.column("Role").filled == 1
    other = tmp_path / "other"
    other.mkdir()
    assert export_text(other, text, "csv").column("Role").blank == 1


HOSTILE = ["=SUM(A1)", "+45", "@x", "-1", "a,b", "a;b", 'say "hi"', "line\nbreak", "<b>&", "tab\there", "æøå", "'; DROP TABLE rows"]  # fmt: skip


@pytest.mark.parametrize("target", ["apromore", "power-automate", "csv"])
def test_labels_reach_the_tool_as_they_are(tmp_path, target):
    rows = [("S-1", label, f"2022-01-03 08:{number:02d}") for number, label in enumerate(HOSTILE)]
    extract = tmp_path / "extract.csv"
    with extract.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([HEAD.split(","), *rows])
    exported = export_file(tmp_path / "out", extract, target)
    with exported.log.open(encoding="utf-8", newline="") as file:
        assert [row["Activity"] for row in csv.DictReader(file)] == HOSTILE
    assert exported.column("Activity").formulas == 4


def test_rows_stand_by_case_time_and_then_as_in_the_extract(tmp_path):
    rows = ["S-2,z,2022-01-05 08:00", "S-1,late,2022-01-05 08:00", "S-1,b,2022-01-03 08:00", "S-1,a,2022-01-03 08:00"]
    exported = export_text(tmp_path, "\n".join([HEAD, *rows]) + "\n", "csv", case_key=None)
    with exported.log.open(encoding="utf-8") as file:
        events = [(row["Case ID"], row["Activity"], row["Event order"]) for row in csv.DictReader(file)]
    assert events == [("S-1", "b", "1"), ("S-1", "a", "2"), ("S-1", "late", "3"), ("S-2", "z", "1")]
    assert exported.record.tied_rows == 2


def test_rows_in_are_rows_out_and_rows_left_out(tmp_path):
    rows = [
        "S-1,a,2022-01-03 08:00",
        ",a,2022-01-03 08:00",
        "S-1,,2022-01-03 08:00",
        "S-1,a,",
        "S-1,a,31-31-2022",
        "S-1,a,b,c,d",
    ]
    exported = export_text(tmp_path, "\n".join([HEAD, *rows]) + "\n", "csv")
    with (exported.folder / "left-out.csv").open(encoding="utf-8") as file:
        left_out = [(int(row["line"]), row["reason"]) for row in csv.DictReader(file, delimiter=";")]
    assert left_out == [
        (3, "no_case_id"),
        (4, "no_activity"),
        (5, "no_time"),
        (6, "unreadable_time"),
        (7, "unreadable_record"),
    ]
    assert exported.record.rows.in_files == exported.record.rows.handed_on + len(left_out) == 6
    assert json.loads((exported.folder / "export.json").read_bytes())["rows"]["handed_on"] == 1


def many_cases(cases, events):
    lines = [
        f"S-{case},aktivitet {event},2022-01-03 08:{event:02d}" for case in range(cases) for event in range(events)
    ]
    return "\n".join([HEAD, *lines]) + "\n"


@pytest.mark.parametrize("limits", [FileLimits(4000, None), FileLimits(None, 30), FileLimits(4000, 30)])
@pytest.mark.parametrize("target", ["power-automate", "parquet", "xes"])
def test_a_log_too_large_is_split_by_whole_cases(tmp_path, limits, target):
    exported = export_text(tmp_path, many_cases(20, 7), target, split=True, limits=limits)
    assert all(file.bytes <= (limits.max_bytes or 10**9) for file in exported.record.files)
    assert all(file.events == 7 * file.cases <= (limits.max_events or 140) for file in exported.record.files)
    assert sum(file.cases for file in exported.record.files) == 20
    if target == "power-automate":
        assert len(power_automate([exported.folder / file.name for file in exported.record.files]).events) == 140


def test_a_log_too_large_is_refused_unless_it_may_be_split(tmp_path):
    with pytest.raises(AuditError, match=r"140 events.*\n.*--split"):
        export_text(tmp_path, many_cases(20, 7), "apromore", limits=FileLimits(None, 30))


def test_a_case_too_large_is_refused(tmp_path):
    with pytest.raises(AuditError, match="a single case"):
        export_text(tmp_path, many_cases(2, 50), "apromore", split=True, limits=FileLimits(None, 30))


def test_nothing_to_hand_on_gives_a_file_with_headers(tmp_path):
    exported = export_text(tmp_path, f"{HEAD}\n,a,2022-01-03 08:00\n", "csv")
    assert exported.log.read_text(encoding="utf-8") == "Case ID,Activity,Start timestamp,Event order\n"


DATES = ["01.02.1980", "1.2.80", "1980.02.01", "01/02/1980", "1980-2-1", "01.02.1980 kl. 8"]


@pytest.mark.parametrize("value", [*DATES, "6.1.", "6.1", "d. 01.02.1980", "10000.1.1", "tekst", "1,2,3"])
def test_a_text_that_begins_as_a_date_is_set_apart_for_apromore(tmp_path, value):
    text = f'{HEAD},Note\nS-1,a,2022-01-03 08:00,"{value}"\nS-1,b,2022-01-03 09:00,x\n'
    exported = export_text(tmp_path, text, "apromore", columns=["default", "Note"])
    with exported.log.open(encoding="utf-8", newline="") as file:
        cells = [row[-1] for row in csv.reader(file)][1:]
    assert cells == [f" {value}" if value in DATES else value, "x"]


def test_what_a_readme_is_given_is_told_in_both_languages():
    asked = set(re.findall(r"^        (\w+)=", inspect.getsource(readme).partition(".render(")[2], re.MULTILINE))
    for lang in ("da", "en"):
        words = set(re.findall(r"\w+", (TEMPLATES / f"README.{lang}.md.j2").read_text(encoding="utf-8")))
        assert asked - words == set()
    assert len(asked) > 9


@pytest.mark.parametrize("asked", [(), ("default",), ("planned_end",)])
@pytest.mark.parametrize("target", ["csv", "apromore", "xes", "parquet"])
def test_a_column_in_which_nothing_can_be_read_is_not_handed_on(tmp_path, asked, target):
    text = f"{HEAD},planned_end\nS-1,a,2022-01-03 08:00,senere\nS-1,b,2022-01-03 09:00,snart\n"
    exported = export_text(tmp_path, text, target, columns=asked)
    assert [column.column for column in exported.record.columns if column.column == "planned_end"] == []
    assert [(one.column, one.reason) for one in exported.record.columns_left_out] == [("planned_end", "empty")]
