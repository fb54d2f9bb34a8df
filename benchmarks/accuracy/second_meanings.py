"""Logs of processes of several shapes, and the same with a second meaning in a share of one label's uses.

A process is a tree of steps that is played out case by case; nothing here is shared with what detects. A second meaning is made by
moving uses of a label to another place: there, another thing is done, and it is registered under the same name.
"""

from __future__ import annotations

from collections import Counter
from itertools import count, islice
from random import Random
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CASES = 400
LONGEST = 40
FEWEST_USES = 100
COMMON = 0.2
"""A place is another one when at most so much of what stands around it stands around the label, on whichever side."""
TOGETHER = 0.5
"""Two places are of one flow when they come together in cases at least half as often as if neither hung on the other."""


class Case(NamedTuple):
    """Its team, by number, and its steps."""

    team: int
    steps: list[str]


class Seeded(NamedTuple):
    """A log in which ``label`` has a second meaning."""

    cases: list[Case]
    label: str


def _step(name: str) -> Callable[[Random], list[str]]:
    return lambda _rng: [name]


def _in_order(*parts: Callable[[Random], list[str]]) -> Callable[[Random], list[str]]:
    return lambda rng: [step for part in parts for step in part(rng)]


def _one_of(weights: list[float], *parts: Callable[[Random], list[str]]) -> Callable[[Random], list[str]]:
    return lambda rng: rng.choices(parts, weights)[0](rng)


def _perhaps(share: float, part: Callable[[Random], list[str]]) -> Callable[[Random], list[str]]:
    return lambda rng: part(rng) if rng.random() < share else []


def _side_by_side(*parts: Callable[[Random], list[str]]) -> Callable[[Random], list[str]]:
    def play(rng: Random) -> list[str]:
        waiting, steps = [part(rng) for part in parts], []
        while any(waiting):
            steps.append(rng.choices(waiting, [len(part) for part in waiting])[0].pop(0))
        return steps

    return play


def _again(share: float, part: Callable[[Random], list[str]], back: str) -> Callable[[Random], list[str]]:
    def play(rng: Random) -> list[str]:
        steps = part(rng)
        while rng.random() < share and len(steps) < LONGEST:
            steps += [back, *part(rng)]
        return steps

    return play


def _anywhere(names: dict[str, float], part: Callable[[Random], list[str]]) -> Callable[[Random], list[str]]:
    def play(rng: Random) -> list[str]:
        steps = part(rng)
        for name, share in names.items():
            if rng.random() < share:
                steps.insert(rng.randint(1, len(steps)), name)
        return steps

    return play


def _line(rng: Random, names: Iterator[str]) -> Callable[[Random], list[str]]:
    return _in_order(
        *(_perhaps(rng.uniform(0.5, 0.95) if rng.random() < 0.4 else 1, _step(next(names))) for _ in range(14))
    )


def _choice(rng: Random, names: Iterator[str], most: int) -> Callable[[Random], list[str]]:
    return _one_of(
        [rng.uniform(0.5, 2) for _ in range(3)],
        *(_in_order(*map(_step, islice(names, rng.randint(1, most)))) for _ in range(3)),
    )


def _choices(rng: Random, names: Iterator[str]) -> Callable[[Random], list[str]]:
    return _in_order(*(part for _ in range(5) for part in (_step(next(names)), _choice(rng, names, 2))))


def _parallel(rng: Random, names: Iterator[str]) -> Callable[[Random], list[str]]:
    def lane() -> Callable[[Random], list[str]]:
        return _in_order(*map(_step, islice(names, rng.randint(1, 3))))

    return _in_order(*(part for _ in range(3) for part in (_step(next(names)), _side_by_side(lane(), lane()))))


def _rework(rng: Random, names: Iterator[str]) -> Callable[[Random], list[str]]:
    def loop() -> Callable[[Random], list[str]]:
        return _again(rng.uniform(0.2, 0.5), _in_order(*map(_step, islice(names, 2))), next(names))

    return _in_order(*(part for _ in range(3) for part in (_step(next(names)), loop())), _step(next(names)))


def _kinds_of_cases(rng: Random, names: Iterator[str]) -> Callable[[Random], list[str]]:
    first, last, *common = islice(names, 5)

    def path() -> Callable[[Random], list[str]]:
        steps = own = list(islice(names, 5))
        for at, step in zip(sorted(rng.sample(range(6), 3), reverse=True), reversed(common), strict=True):
            steps = [*steps[:at], step, *steps[at:]]
        return _in_order(*(_perhaps(0.8, _step(name)) if name in own else _step(name) for name in [first, *steps, last]))

    return _one_of([rng.uniform(0.5, 2) for _ in range(3)], *(path() for _ in range(3)))


def _with_notes(rng: Random, names: Iterator[str]) -> Callable[[Random], list[str]]:
    return _anywhere({"Notat": 0.5, "Opkald": 0.4}, _line(rng, names))


def _mixed(rng: Random, names: Iterator[str]) -> Callable[[Random], list[str]]:
    return _in_order(
        _step(next(names)),
        _choice(rng, names, 3),
        _side_by_side(_step(next(names)), _in_order(*map(_step, islice(names, 2)))),
        _again(0.3, _in_order(*map(_step, islice(names, 2))), next(names)),
        _perhaps(0.6, _step(next(names))),
        _step(next(names)),
        _choice(rng, names, 3),
        _step(next(names)),
    )


SHAPES: dict[str, tuple[str, Callable[[Random, Iterator[str]], Callable[[Random], list[str]]]]] = {
    "line": ("steps in a row, some left out", _line),
    "choices": ("one of three ways, five times", _choices),
    "parallel": ("steps side by side", _parallel),
    "rework": ("steps that are done again", _rework),
    "kinds": ("three kinds of cases with steps in common", _kinds_of_cases),
    "notes": ("steps in a row, and two that come anywhere", _with_notes),
    "mixed": ("all of it", _mixed),
}
"""Shapes of processes in which no label is overloaded, each in words."""


def log_of(seed: int, shape: str, teams: int) -> list[Case]:
    """A log of ``CASES`` cases, each of one team; all teams follow the same process."""
    rng = Random(f"{shape} {seed} {teams}")
    play = SHAPES[shape][1](rng, (f"Trin {number:02}" for number in count(1)))
    return [Case(rng.randrange(max(teams, 1)), play(rng)) for _ in range(CASES)]


def with_second_meaning(
    cases: list[Case], seed: int, share: float, *, by_team: bool, of_one_flow: bool = True
) -> Seeded | None:
    """The log with ``share`` of the uses of one label at another place.

    Args:
        cases: the log.
        seed: which label and which place are drawn.
        share: of the label's uses.
        by_team: the uses are those of the first teams, as many teams as it takes; else of all teams alike.
        of_one_flow: the two places come in the same cases; else in different kinds of cases.

    Returns:
        None when there are no two places that have nothing in common.
    """
    rng = Random(f"{seed} {share} {by_team}")
    places = list(_other_places(cases, share, of_one_flow=of_one_flow))
    if not places:
        return None
    label, place = rng.choice(places)
    uses = _places_of(cases, label, rng)
    if by_team:
        uses.sort(key=lambda use: cases[use[0]].team)
    moved = uses[: round(share * len(uses))]
    put: set[tuple[int, int]] = set()
    free = _places_of(cases, place, rng)
    for team, uses_of_team in Counter(cases[case].team if by_team else None for case, _ in moved).items():
        own = [at for at in free if team is None or cases[at[0]].team == team]
        put |= set(own[:uses_of_team])
    gone = set(moved)
    made = [Case(of.team, list(_moved(of.steps, number, label, gone, put))) for number, of in enumerate(cases)]
    return Seeded(made, label)


def _moved(
    steps: list[str], case: int, label: str, gone: set[tuple[int, int]], put: set[tuple[int, int]]
) -> Iterator[str]:
    for at, step in enumerate(steps):
        if (case, at) not in gone:
            yield step
        if (case, at) in put:
            yield label


def _places_of(cases: list[Case], name: str, rng: Random) -> list[tuple[int, int]]:
    places = [(case, at) for case, of in enumerate(cases) for at, step in enumerate(of.steps) if step == name]
    rng.shuffle(places)
    return places


def _other_places(cases: list[Case], share: float, *, of_one_flow: bool) -> Iterator[tuple[str, str]]:
    """Labels with the step behind which they could be put as another thing."""
    around: dict[str, Counter[str]] = {}
    behind: dict[str, Counter[str]] = {}
    within: dict[str, set[int]] = {}
    for case, of in enumerate(cases):
        for at, step in enumerate(of.steps):
            around.setdefault(step, Counter()).update(of.steps[max(at - 1, 0) : at] + of.steps[at + 1 : at + 2])
            behind.setdefault(step, Counter()).update(of.steps[at + 1 : at + 2])
            within.setdefault(step, set()).add(case)
    uses = Counter(step for of in cases for step in of.steps)
    for label, place in ((label, place) for label in sorted(uses) for place in sorted(uses) if label != place):
        beside = behind[place] + Counter({place: uses[place]})
        if uses[label] < FEWEST_USES or uses[place] < 1.2 * share * uses[label] or label in beside or not behind[place]:
            continue
        by_chance = len(within[label]) * len(within[place]) / len(cases)
        one_flow = len(within[label] & within[place]) > TOGETHER * by_chance
        if one_flow == of_one_flow and _common(around[label], beside) < COMMON:
            yield label, place


def _common(some: Counter[str], others: Counter[str]) -> float:
    """How much of two distributions is the same."""
    return sum(min(some[name] / some.total(), others[name] / others.total()) for name in some) if some else 1.0
