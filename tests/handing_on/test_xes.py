"""XES by readers that we did not write: a schema validator, and the XES reader of Rust4PM (r4pm)."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xmlschema
from r4pm.df import import_xes

from logsyn.expectations.source import load_source
from tests.handing_on.exporting import export_file, export_text

HERE = Path(__file__).parent
SAMPLE = HERE.parents[1] / "sample_logs" / "momentum.csv"
CLEAN = SAMPLE.with_name("clean.csv")
HEAD = "case_id,activity,timestamp"


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    out = tmp_path_factory.mktemp("xes") / "out"
    return export_file(out, SAMPLE, "xes", load_source("momentum"), columns=["default", "resource"])


@pytest.fixture(scope="module")
def grammar():
    return xmlschema.XMLSchema(HERE / "xes.xsd")


def read(exported):
    return import_xes(str(exported.log))


def test_it_is_valid_by_the_grammar_of_the_standard(sample, grammar):
    text = gzip.decompress(sample.log.read_bytes()).decode("utf-8")
    grammar.validate(text)
    assert (text.count("<event>"), text.count("<trace>")) == (sample.record.rows.handed_on, sample.record.cases)
    assert sample.record.extreme_times > 0


def test_an_independent_reader_finds_the_same_log(sample):
    frame, _ = read(sample)
    record = sample.record
    assert (len(frame), frame["case:concept:name"].n_unique()) == (record.rows.handed_on, record.cases)
    assert frame["concept:name"].n_unique() == record.activities
    assert set(frame["lifecycle:transition"]) == {"complete"}
    assert frame["org:group"].null_count() == sample.column("Role").blank


def test_its_events_and_moments_are_those_of_the_parquet_export(tmp_path):
    other, xes = (
        export_file(tmp_path / target, CLEAN, target, load_source("momentum")) for target in ("parquet", "xes")
    )
    other = pd.read_parquet(other.log)
    frame, _ = read(xes)
    assert frame["concept:name"].to_list() == other["Activity"].to_list()
    assert frame["event_order"].to_list() == other["Event order"].to_list()
    ambiguous = np.ones(len(other), dtype=bool)
    local = other["Start timestamp"].dt.tz_localize("Europe/Copenhagen", ambiguous=ambiguous)
    assert frame["time:timestamp"].to_list() == local.dt.tz_convert("UTC").dt.tz_localize(None).tolist()


def test_offsets_follow_summer_time_and_the_hour_that_comes_twice(tmp_path):
    times = ["2022-01-01 12:00", "2022-07-01 12:00", "2022-10-30 02:30", "2022-03-27 02:30"]
    text = "\n".join([HEAD, *(f"S-{at},a,{time}" for at, time in enumerate(times))]) + "\n"
    frame, _ = read(export_text(tmp_path, text, "xes", case_key=None))
    moments = [moment.replace(tzinfo=UTC) for moment in frame["time:timestamp"].to_list()]
    wanted = [(2022, 1, 1, 11, 0), (2022, 7, 1, 10, 0), (2022, 10, 30, 0, 30), (2022, 3, 27, 1, 30)]
    assert moments == [datetime(*one, tzinfo=UTC) for one in wanted]


def test_two_times_become_start_and_complete_of_one_instance(tmp_path):
    text = f"{HEAD},end_timestamp\nS-1,a,2022-01-03 08:00,2022-01-03 10:00\nS-1,b,2022-01-03 09:00,\n"
    frame, _ = read(export_text(tmp_path, text, "xes"))
    found = list(zip(frame["concept:name"], frame["lifecycle:transition"], frame["concept:instance"], strict=True))
    assert found == [("a", "start", "1"), ("b", "complete", "2"), ("a", "complete", "1")]


HOSTILE = ["<event>", "a&b", 'say "hi"', "it's", "]]>", "tab\there", "line\nbreak", "&amp;", "æøå 👍", "bell\x07", "\x1besc", "\ufffe", "<!--"]  # fmt: skip


def test_labels_are_read_back_as_they_were(tmp_path, grammar):
    rows = [f'S-1,"{label.replace(chr(34), chr(34) * 2)}",2022-01-03 08:{at:02d}' for at, label in enumerate(HOSTILE)]
    exported = export_text(tmp_path, "\n".join([HEAD, *rows]) + "\n", "xes")
    grammar.validate(gzip.decompress(exported.log.read_bytes()).decode("utf-8"))
    wanted = [label.translate({0x07: "\ufffd", 0x1B: "\ufffd", 0xFFFE: "\ufffd"}) for label in HOSTILE]
    assert read(exported)[0]["concept:name"].to_list() == wanted


def test_any_header_becomes_a_key(tmp_path, grammar):
    text = f'{HEAD},"a b","a:b","1 <x>",concept:name,æ\nS-1,a,2022-01-03 08:00,1,2,3,4,5\n'
    columns = ["a b", "a:b", "1 <x>", "concept:name", "æ"]
    exported = export_text(tmp_path, text, "xes", columns=columns)
    grammar.validate(gzip.decompress(exported.log.read_bytes()).decode("utf-8"))
    assert read(exported)[0]["concept:name"].to_list() == ["a"]
