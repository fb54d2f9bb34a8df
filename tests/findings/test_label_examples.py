"""Of a label that few cases have an example tells at most its template and how many labels are made like it, and nothing where that is of few, too."""

from types import SimpleNamespace

import pytest

from logsyn.validator.findings import label_examples as module
from logsyn.validator.findings.label_examples import label_examples
from logsyn.validator.record import Evidence

VALUES = {"label_template": "Brev #", "label_variants": 7, "distorted_of": "Brev", "word_count": 12}


@pytest.mark.parametrize(
    ("activities", "templates", "told"),
    [
        (set(), {"Brev #"}, [Evidence(values={"label_template": "Brev #", "label_variants": 7})]),
        (set(), set(), []),
        ({"Brev"}, set(), []),
    ],
)
def test_of_a_rare_label_only_its_template_is_told(monkeypatch, activities, templates, told):
    monkeypatch.setattr(module, "common_activities", lambda *_: activities)
    monkeypatch.setattr(module, "common_templates", lambda *_: templates)
    monkeypatch.setattr(module, "common_teams", lambda *_: set())
    monkeypatch.setattr(module, "told_figures", lambda values: values)
    one = SimpleNamespace(row={"activity": "Brev til Bo"}, told=lambda: dict(VALUES))
    assert label_examples(None, {3: [one, one]}, {}, frozenset(), 5) == {3: told}
