"""Where a hidden group stands tells nothing of its size, and no mean tells of the few that move it."""

import pytest

from tests.auditing import audit_files
from tests.disclosure.small_teams import small_teams


@pytest.fixture(scope="module", params=[3, 12])
def told(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("told")
    (folder / "extract.csv").write_text(small_teams(request.param), encoding="utf-8")
    return audit_files(folder, [folder / "extract.csv"], "strict").audit


def test_hidden_groups_stand_behind_the_others_by_name(told):
    lag = told.registration
    for groups in (lag.lag_by_activity, lag.lag_by_team, lag.lag_by_activity_and_team, lag.horizon_by_activity, lag.horizon_by_activity_and_team):
        hidden = [one.hidden for one in groups]
        assert hidden == sorted(hidden)
        names = [(one.activity or "", one.team or "") for one in groups if one.hidden]
        assert names == sorted(names)
    assert any(one.hidden for one in lag.lag_by_activity)
    assert not any(one.hidden for one in (*lag.lag_by_activity_and_team, *lag.horizon_by_activity_and_team))  # these have no names


HEAD = "case_id;activity;timestamp;registered_at;planned_end\n"


@pytest.mark.parametrize(("late", "told"), [(1, False), (4, False), (6, True)])
def test_the_mean_of_few_that_move_is_not_told(tmp_path, late, told):
    rows = [f"C{at};{label};2023-0{1 + day}-02 10:00;{then};" for at in range(40) for day, (label, then) in enumerate(
        [("Start", "2023-01-02 10:05"), ("Slut", "2023-06-01 10:00" if at < late else "2023-02-02 10:05")])]  # fmt: skip
    (tmp_path / "extract.csv").write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    audited = audit_files(tmp_path, [tmp_path / "extract.csv"])
    finding = audited.finding("backdated-registration")
    assert (finding.failed, finding.consequence.as_if) == (late, "moved")
    means = [one.mean_duration_seconds for one in (finding.consequence.comparison.before, finding.consequence.comparison.after)]
    assert (None not in means) == told
    throughput = next(one for one in audited.audit.verdict.questions if one.question == "throughput-time").answerability
    mean = next(one for one in throughput.ranges if one.figure == "mean_duration_days")
    assert throughput.measure.count == late
    assert (mean.as_it_is == 31, mean.remedied is not None, mean.left_out is not None) == (True, told, told)


@pytest.mark.parametrize(("cases", "told"), [(1, None), (4, None), (5, None), (12, True)])
def test_the_days_of_a_log_are_those_that_five_cases_reach(tmp_path, cases, told):
    """Every case has one event, each on a day of its own from 1 January."""
    rows = [f"C{at};Brev;2023-01-{1 + at:02} 10:00;;" for at in range(cases)]
    (tmp_path / "extract.csv").write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    log = audit_files(tmp_path, [tmp_path / "extract.csv"]).audit.log
    expected = told and ("2023-01-05", f"2023-01-{cases - 4:02}")
    assert ((log.start, log.end) if log.start else None) == expected
    assert (log.typical_start is None) == (told is None)
