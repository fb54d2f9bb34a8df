"""Counts under five stand in no example, and no share in one is so exact that such a count follows."""

import pytest

from logsyn.validator.findings.told_figures import told_figures
from tests.auditing import audit_files


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ({"label_events": 4, "synonym_shared_cases": 2, "distorted_distance": 1}, {"distorted_distance": 1}),
        ({"label_events": 5, "synonym_shared_cases": 0}, {"label_events": 5, "synonym_shared_cases": 0}),
        ({"events_of_activity": 40, "share_to_day": 0.025}, {}),
        ({"events_of_activity": 4_000, "share_to_day": 0.00025, "share_to_minute": 0.74975}, {"share_to_day": 0.0, "share_to_minute": 0.7}),
        ({"team_registrations": 60, "share_of_team": 58 / 60, "share_of_others": 0.1, "time_column": "timestamp"}, {"time_column": "timestamp"}),
        ({"missing_ids": 3}, {}),
        ({"before": 0.123456, "after": None, "what": "lag"}, {"before": 0.12, "after": None, "what": "lag"}),
        ({"overload_use_share": 0.041, "overload_use_bits": 0.51234}, {"overload_use_bits": 0.51}),
    ],
)  # fmt: skip
def test_what_is_told_of_a_find(found, told):
    assert told_figures(found) == told


@pytest.mark.parametrize("base", [100, 101, 137, 999])
def test_no_share_tells_a_part_that_is_small_from_another(base):
    """Of all parts from none to four, and of all but none to four, the share is the same."""
    for parts in (range(5), range(base - 4, base + 1)):
        assert len({str(told_figures({"events_of_activity": base, "share_to_day": part / base})) for part in parts}) == 1


HEAD = "case_id;activity;timestamp;registered_at;team;resource\n"


def log(folder, few, staff):
    """Sixty cases of two labels; ``few`` rows of one misspelt label, by one employee where ``staff`` is 1."""
    rows = [f"C{at};{label};2023-0{1 + at % 9}-1{day} 10:0{at % 10};2023-0{1 + at % 9}-1{day} 11:00;T;R{at % 8}" for at in range(60) for day, label in enumerate(("Samtale afholdt", "Brev sendt"))]
    rows += [f"C{at};Samtale afholt;2023-01-15 10:00;2023-06-01 10:00;T;R{at % staff}" for at in range(few)]
    (folder / "extract.csv").write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    suite = folder / "suite.yaml"
    suite.write_text("suite: s\nrules:\n- {check: distorted-label, id: distorted}\n- {check: backdated-registration, id: late}\n", encoding="utf-8")
    return audit_files(folder, [folder / "extract.csv"], str(suite))


@pytest.mark.parametrize(("few", "staff", "told"), [(4, 8, False), (12, 1, False), (12, 8, True)])
def test_what_few_fail_is_named_in_no_example(tmp_path, few, staff, told):
    audited = log(tmp_path, few, staff)
    for rule in ("distorted", "late"):
        finding = audited.finding(rule)
        assert finding.rows_affected == few
        named = {one.activity for one in finding.evidence} | {value for one in finding.evidence for value in one.values.values()}
        assert ("Samtale afholt" in named, bool(finding.evidence)) == (told, told)
