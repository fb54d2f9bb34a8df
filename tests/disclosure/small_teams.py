"""Logs of small organisations, drawn by a seed: few cases, teams of one to nine employees, rare labels, late registrations, faults."""

import random
from datetime import datetime, timedelta

HEAD = "case_id;activity;timestamp;registered_at;planned_end;team;resource"


def small_teams(seed):
    """The text of an extract."""
    draw = random.Random(seed)
    teams = [f"Team {name}" for name in "ABCDEF"[: draw.randint(1, 6)]]
    staff = {team: [f"{team[-1]}{number:03}" for number in range(draw.choice([1, 2, 4, 5, 7, 9]))] for team in teams}
    labels = [f"Label {number}" for number in range(draw.randint(2, 9))]
    often = [draw.random() ** 3 + 0.01 for _ in labels]
    slow = {team: draw.choice([0.02, 0.1, 0.4]) for team in teams}
    rows = [HEAD]
    for case in range(draw.choice([6, 20, 60, 120])):
        at, team = datetime(2023, 1, 2, 8) + timedelta(days=draw.randint(0, 300)), draw.choice(teams)
        for _ in range(draw.randint(1, 8)):
            at += timedelta(minutes=draw.randint(0, 60 * 24 * 20))
            if draw.random() < 0.1:
                team = draw.choice(teams)
            lag = timedelta(hours=draw.choice([draw.randint(20, 200), draw.randint(48, 960)])) if draw.random() < slow[team] else timedelta(minutes=draw.randint(1, 300))
            label = draw.choices(labels, often)[0]
            end = "" if label > "Label 3" else f"{draw.choice(['2099-12-31', (at + timedelta(days=draw.randint(5, 900))).date().isoformat()])}"
            cells = [f"C{case:04}", label, f"{at:%Y-%m-%d %H:%M}", f"{at + lag:%Y-%m-%d %H:%M}", end, team, draw.choice(staff[team])]
            for place, share in ((1, 0.02), (2, 0.02), (3, 0.03), (5, 0.03)):
                if draw.random() < share:
                    cells[place] = ""
            rows.append(";".join(cells))
    return "\n".join(rows) + "\n"
