"""Drawn declarations of every kind: a declaration or one told fault, and whole runs with those that load; ``make fuzz`` draws more."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from pydantic import BaseModel
from ruamel.yaml import YAML

from logsyn.expectations.catalogue import Parameter, load_catalogue
from logsyn.expectations.stock_arguments import Argument
from logsyn.validator.commands.schema import SchemaOf
from tests.whole_runs import drawn_kinds
from tests.whole_runs.declaring import LOADERS, Tally, any_text, loads, together, whole_runs, written
from tests.whole_runs.drawn_kinds import ARGUMENTS, KINDS, PARAMETERS, NoGenerator, of_kind, of_model, of_parameter

pytestmark = pytest.mark.slow

FIXED = settings(
    derandomize=True, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)


def test_every_kind_of_declaration_is_drawn_and_loaded():
    declared = {kind.value for kind in SchemaOf} - {"audit", "run"}  # two are what logsyn writes
    assert declared == set(KINDS) == set(LOADERS), (
        "say in drawn_kinds.KINDS and declaring.LOADERS how it is drawn and loaded"
    )
    assert all(of_kind(kind) is not None for kind in KINDS)


def test_what_cannot_be_drawn_is_told(monkeypatch):
    class Strange(BaseModel):
        anything: object

    with pytest.raises(NoGenerator, match=r"say in SPECIAL of .* how Strange.anything is drawn"):
        of_model(Strange)
    for known in (PARAMETERS, ARGUMENTS):
        monkeypatch.delitem(known, "flag")
    for kind in (Parameter.model_construct(kind="flag", about=None), Argument("flag")):
        with pytest.raises(NoGenerator, match=r"how a value of the kind 'flag' is drawn"):
            of_parameter(kind)
    monkeypatch.setattr(drawn_kinds, "OPERATORS", ("sounds_like",))
    with pytest.raises(NoGenerator, match=r"how the operator 'sounds_like' is drawn"):
        of_kind("suite")


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_drawn_is_a_declaration_or_one_told_fault(tmp_path, kind):
    tally = Tally()

    @settings(FIXED, max_examples=15)
    @given(any_text(kind))
    def load(text):
        loads(kind, text, tmp_path, tally)

    load()
    assert tally.loaded[kind] > 0
    assert tally.refused[kind] > 0


def test_what_loads_goes_through_whole_runs(tmp_path):
    tally = Tally()

    @settings(FIXED, max_examples=2)
    @given(together())
    def run(texts):
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        files = {kind: path for kind, text in texts.items() if (path := loads(kind, text, folder, tally))}
        whole_runs(files, folder, tally)

    run()
    assert sum(tally.codes["audit"].values()) == 2


def test_every_default_of_the_catalogue_can_be_written_as_it_is():
    defaults = {name: kind.default for check in load_catalogue().values() for name, kind in check.parameters.items()}
    assert YAML(typ="safe").load(written(defaults)) == defaults
