"""Logs of three teams whose flows really differ, one way or another, and the same with one label overloaded by one team."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

STEPS = 12
TEAMS = 3
CASES_OF_TEAM = 300
END = STEPS
LONGEST = 25
OVERLAP = 0.1
"""A second meaning has other neighbours than the first: at most so much of the two is the same."""

KINDS = {
    "alike": "all teams follow the same process",
    "transitions": "each team has other shares at every step, and ways of its own",
    "some": "the same at four steps of twelve",
    "own": "each team has a process of its own",
    "variants": "the same variants in other shares",
    "inserted": "one team has a step more",
    "swapped": "one team does two steps in the other order",
    "skipped": "one team leaves a step out four times of five",
}
"""How teams differ without overloading anything."""

Process = list[list[float]]


class Step(NamedTuple):
    """An event: its case, activity and team, in the order of the case."""

    case: int
    activity: str
    team: str


def log_of_teams(seed: int, kind: str) -> list[Step]:
    """A log in which teams differ as ``kind`` says; each case belongs to one team."""
    rng = Random(f"{kind} {seed}")
    process = _process(rng)
    variants = [_case(rng, process) for _ in range(8)]
    place = rng.randrange(2, STEPS - 3)
    changed = rng.sample(range(STEPS), 4)
    steps: list[Step] = []
    case = 0
    for team in range(TEAMS):
        own = _of_team(rng, process, kind, changed)
        shares = [rng.gammavariate(0.5, 1) for _ in variants]
        for _ in range(CASES_OF_TEAM):
            path = list(rng.choices(variants, shares)[0]) if kind == "variants" else _case(rng, own)
            if team == 0:
                path = _otherwise(rng, path, kind, place)
            case += 1
            steps += [Step(case, f"Trin {chr(65 + step)}", f"Team {team + 1}") for step in path]
    return steps


def overloaded(steps: list[Step], seed: int, share: float) -> tuple[list[Step], str] | None:
    """The log with one label that the first team uses for another step, too: ``share`` of its events of the label are that.

    Gives None when no two labels of the team have neighbours that differ enough.
    """
    rng = Random(seed)
    around = _neighbours(steps, "Team 1")
    pairs = [
        (label, other)
        for label in sorted(around)
        for other in sorted(around)
        if label != other and _overlap(around[label], around[other]) < OVERLAP
        if len(around[label]) * share / (1 - share) <= len(around[other]) and len(around[label]) >= 2 * 60
    ]
    if not pairs:
        return None
    label, other = rng.choice(pairs)
    places = [at for at, step in enumerate(steps) if step.team == "Team 1" and step.activity == other]
    renamed = set(rng.sample(places, round(len(around[label]) / 2 * share / (1 - share))))
    return [step._replace(activity=label) if at in renamed else step for at, step in enumerate(steps)], label


def _process(rng: Random) -> Process:
    """Mostly forward, one to three steps at a time, now and then back."""
    process = []
    for step in range(STEPS):
        row = [0.0] * (STEPS + 1)
        for _ in range(3):
            row[min(END, step + rng.randint(1, 3))] += rng.gammavariate(1, 1)
        if rng.random() < 0.3:
            row[rng.randint(0, step)] += 0.25 * sum(row)
        process.append(row)
    return process


def _of_team(rng: Random, process: Process, kind: str, changed: list[int]) -> Process:
    if kind == "own":
        return _process(rng)
    if kind not in ("transitions", "some"):
        return process
    own = []
    for step, row in enumerate(process):
        new = [weight * rng.gammavariate(0.8, 1) for weight in row] if kind == "transitions" or step in changed else row
        if new is not row and rng.random() < 0.4:
            new[rng.randint(step + 1, END)] += 0.4 * sum(new)
        own.append(new)
    return own


def _case(rng: Random, process: Process) -> list[int]:
    path, step = [], 0
    while step != END and len(path) < LONGEST:
        path.append(step)
        step = rng.choices(range(STEPS + 1), process[step])[0]
    return path


def _otherwise(rng: Random, path: list[int], kind: str, place: int) -> list[int]:
    """What the first team does otherwise, at one place of the process."""
    if kind == "inserted":
        return [step for old in path for step in ((old, STEPS + 1) if old == place else (old,))]
    if kind == "skipped":
        return [step for step in path if step != place or rng.random() < 0.2]
    if kind == "swapped" and place in path[:-1]:
        at = path.index(place)
        path[at], path[at + 1] = path[at + 1], path[at]
    return path


def _neighbours(steps: list[Step], team: str) -> dict[str, list[str]]:
    """Both neighbours of every event of a team, by label."""
    around: dict[str, list[str]] = {}
    for at, step in enumerate(steps):
        if step.team == team:
            before = steps[at - 1].activity if at and steps[at - 1].case == step.case else "start"
            after = steps[at + 1].activity if at + 1 < len(steps) and steps[at + 1].case == step.case else "end"
            around.setdefault(step.activity, []).extend((before, after))
    return around


def _overlap(one: list[str], other: list[str]) -> float:
    return sum(min(one.count(name) / len(one), other.count(name) / len(other)) for name in {*one, *other})
