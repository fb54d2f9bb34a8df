"""What is told of a run beside its record: how long each stage took, or that it was not taken."""

import time
from datetime import date
from types import SimpleNamespace

import duckdb
import pytest

from logsyn.expectations.suite import load_suite
from logsyn.validator.progress import Progress, Stage
from logsyn.validator.request import Request
from logsyn.validator.run.facts import run_facts


def test_stages_take_no_longer_than_all_of_them():
    progress, begun = Progress(), time.monotonic()
    progress.plan([Stage.READING, Stage.CHECKING])
    for stage in (Stage.READING, Stage.CHECKING):
        progress.stage(stage)
        time.sleep(0.02)
    progress.end()
    assert list(progress.seconds) == [Stage.READING, Stage.CHECKING]
    assert 0.04 <= sum(progress.seconds.values()) <= time.monotonic() - begun


@pytest.mark.parametrize(("seconds", "told"), [(None, None), ({"reading": 1.23456}, {"reading": 1.235})])
def test_seconds_are_told_where_they_were_taken(tmp_path, seconds, told):
    request = Request([tmp_path], None, load_suite("base"), None, date(2023, 11, 30))
    with duckdb.connect() as connection:
        assert run_facts(connection, request, SimpleNamespace(id="", version="0.3.0"), seconds).seconds == told
