"""A label is proposed to be split by team only where each team uses it for one thing; who uses it for what is known, since the log is drawn here."""

from datetime import datetime, timedelta
from random import Random

import pytest

from tests.auditing import audit_files

FIRST = datetime(2023, 1, 2, 8, 0, 1)
TEAMS = ("Nord", "Syd")


def drawn(seed, used):
    """Rows of 300 cases of two teams. ``used``: by team how often a case has the label in its early and in its late meaning."""
    draw = Random(seed)
    for case in range(300):
        team, when = draw.choice(TEAMS), FIRST + timedelta(hours=9 * case)
        early, late = used[team]
        places = [(f"step {place:02}", 1 - 0.4 * (place % 3 == 1)) for place in range(24)]
        steps = [*places[:6], ("Samtale", early), *places[6:18], ("Samtale", late), *places[18:]]
        steps = [name for name, often in steps if draw.random() < often]
        for place, name in enumerate(steps):
            yield f"c{case};{name};{when + timedelta(days=2 * place, minutes=draw.randint(0, 500))};{team}"


def remedy(folder, seed, used):
    (folder / "log.csv").write_text("\n".join(["case_id;activity;timestamp;team", *drawn(seed, used)]) + "\n", encoding="utf-8")
    (folder / "own.yaml").write_text("suite: own\nrules:\n  - {check: overloaded-label}\n", encoding="utf-8")
    (finding,) = audit_files(folder, [folder / "log.csv"], str(folder / "own.yaml")).audit.findings
    assert (finding.outcome, finding.evidence[0].values["overload_way"]) == ("failed", "groups")
    return finding.consequence.remedy


@pytest.mark.parametrize(
    ("seed", "used", "by"),
    [
        (1, {"Nord": (1, 0.5), "Syd": (1, 0)}, None),  # both meanings within Nord
        (2, {"Nord": (1, 0), "Syd": (0.9, 0.5)}, None),
        (3, {"Nord": (0, 0.8), "Syd": (0.9, 0)}, "team"),
        (4, {"Nord": (1, 0), "Syd": (0, 0.4)}, "team"),
    ],
)
def test_a_split_by_team_is_proposed_only_where_it_leaves_each_team_one_use(tmp_path, seed, used, by):
    proposed = remedy(tmp_path, seed, used)
    assert (proposed or {}).get("by") == by
