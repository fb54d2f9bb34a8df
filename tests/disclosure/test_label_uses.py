"""How many times a team uses an overloaded label is told in tens, and shares in steps: other tables tell to the row of those uses that have a lag."""

import pytest

from logsyn.validator.disclosure.cells import Cell
from logsyn.validator.findings.label_use import withheld
from logsyn.validator.record import LabelUse, Neighbour, OverloadedLabel


def told(events, share):
    use = LabelUse(team="A", events=events, share=share, before=[Neighbour(activity="Brev", share=share)], status=[Neighbour(activity=None, share=1.0)])
    label = OverloadedLabel(activity="Samtale", events=500, declared=False, found=True, divergence_bits=None, yardstick_bits=None, p_value=None, teams=[use])
    (shown,) = withheld(label, frozenset({Cell("uses of a label", "Samtale", "A")})).teams
    return shown


@pytest.mark.parametrize(
    ("events", "share", "around"),
    [(53, 0.113208, 0.1), (53, 0.018868, 0.05), (53, 0.981132, 0.95), (97, 0.5, 0.5), (100, 0.113208, 0.11), (400, 0.0025, 0.01), (400, 0.9975, 0.99)],
)
def test_uses_are_in_tens_and_shares_in_steps_that_are_never_none_nor_all(events, share, around):
    use = told(events, share)
    assert use.events % 10 == 0
    assert 3 <= use.events - events <= 12
    assert [one.share for one in use.before] == [around]
    assert use.share == min(max(round(share, 2), 0.01), 0.99)
    assert use.status[0].share == 1  # all of them have it


def test_the_uses_of_the_sample_are_those_of_its_rows_in_tens(audited_sample):
    audited, _ = audited_sample
    for label, as_counted in zip(audited.audit.registration.overloaded, audited.before.registration.overloaded, strict=True):
        exact = {use.team: use.events for use in as_counted.teams}
        assert [-(-(exact[use.team] + 3) // 10) * 10 for use in label.teams if not use.hidden] == [use.events for use in label.teams if not use.hidden]
        assert any(not use.hidden for use in label.teams)
