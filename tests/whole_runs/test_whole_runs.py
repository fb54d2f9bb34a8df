"""Whole runs over drawn extracts, the same ones every time; ``make fuzz`` draws thousands of others.

Each goes through the audit with the whole catalogue and some of the commands after it; what is asserted stands in ``steps.py``.
"""

import pytest

from logsyn.expectations.catalogue import load_catalogue
from tests.whole_runs import scenes
from tests.whole_runs.fuzz import draw, other_report
from tests.whole_runs.rules import parameter
from tests.whole_runs.runners import as_command, forked, in_process
from tests.whole_runs.steps import AFTER, run_all

pytestmark = pytest.mark.slow

IN_PROCESS, AS_COMMANDS = range(30), {100: as_command, 101: forked, 102: forked, 103: forked}


@pytest.fixture(scope="session")
def other(tmp_path_factory):
    return other_report(tmp_path_factory.mktemp("other"), in_process)


@pytest.mark.parametrize("number", IN_PROCESS)
def test_drawn_extract_goes_through_all_commands(tmp_path, other, number):
    run_all(draw(number, None), tmp_path, in_process, other)


@pytest.mark.parametrize("number", AS_COMMANDS)
def test_drawn_extract_goes_through_all_commands_as_processes(tmp_path, other, number):
    run_all(draw(number, None), tmp_path, AS_COMMANDS[number], other)


def test_the_runs_of_the_suite_go_through_every_command_and_both_kinds_of_extract():
    drawn = [draw(number, None) for number in IN_PROCESS]
    assert {name for one in drawn for name in one.later} == set(AFTER)
    assert {bool(one.outcomes) for one in drawn} == {True, False}


def test_every_check_has_an_extract_that_fails_it_and_one_that_passes():
    assert scenes.without_generator() == []
    assert set(scenes.CALM) <= set(load_catalogue())


def test_every_kind_of_parameter_is_drawn():
    for check in load_catalogue().values():
        for kind in check.parameters.values():
            assert parameter(kind, ["activity", "timestamp"]) is not None
