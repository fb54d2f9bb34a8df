"""Which tests are run for a mutation, and in which order: those that can notice it, first those that most likely do and take the least time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.mutate.concerned import WIDE, concerned, importing
from benchmarks.mutate.places import places

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.mutate.measured import Executed
    from benchmarks.mutate.mutation import Mutation


@dataclass(frozen=True)
class Chosen:
    """Tests in the order in which they are run, the CPU seconds that they take without a mutation, and how many more would have to be run."""

    tests: list[str]
    seconds: float
    left_out: int


def chosen(root: Path, mutation: Mutation, executed: Executed, most_seconds: float) -> Chosen:
    """Tests for a mutation, as many as fit into so many seconds.

    Of a module those that execute the lines it is seen in, the nearest lines first, of a constant before them those that import its module; then, since a test may see it by another way, those of the
    package's folder. Of a template those that make a page of it; of a check those that bear its name, then those of the catalogue.
    """
    near = concerned(root, mutation.file)
    direct = tuple(f"{path}::" for path in near if path.endswith(".py") and path not in WIDE)
    folders = _folders(mutation.file)
    tests: list[str] = [file for file in executed.changed if file.startswith(folders)]
    seconds, left_out, taken, made = 0.0, 0, set(tests), set[str]()
    for group in _groups(root, mutation, executed):
        own = [test for test in group if test.startswith(folders)]
        parts = [[test for test in own if test.startswith(direct)], own, [test for test in group if test.startswith(direct)], group]
        for test in dict.fromkeys(test for part in parts for test in _varied(part)):
            if test in taken or test.split("::")[0] in executed.changed:
                continue
            taken.add(test)
            further = set(executed.shared.get(test, ())) - made
            takes = executed.seconds[test] + sum(executed.costs[name] for name in further)
            if seconds + takes > most_seconds:
                left_out += 1
            else:
                seconds += takes
                made |= further
                tests.append(test)
    return Chosen(tests, seconds, left_out)


def _folders(file: str) -> tuple[str, ...]:
    """The folders of the tests of a file's package."""
    if file.endswith(".yaml"):
        return "tests/checking/", "tests/expectations/"
    return (f"tests/{file.split('/')[1 if file.startswith('validator/') else 0]}/",)


def _varied(tests: list[str]) -> list[str]:
    """One test of each function first, then a second of each: what its other parameters show is more often the same."""
    seen: Counter[str] = Counter()
    placed = []
    for test in tests:
        function = test.split("[")[0]
        placed.append((seen[function], test))
        seen[function] += 1
    return [test for _, test in sorted(placed, key=lambda one: one[0])]


def _groups(root: Path, mutation: Mutation, executed: Executed) -> list[list[str]]:
    """Tests, those first that are the nearest; within each the quickest first."""
    quickest = sorted(executed.seconds, key=executed.seconds.__getitem__)
    near = concerned(root, mutation.file)
    around = [test for test in quickest if test.startswith(tuple(near))]
    if mutation.file.endswith(".yaml"):
        name = mutation.file.rpartition("/")[2].removesuffix(".yaml")
        return [[test for test in quickest if name in test], around]
    if mutation.file.endswith(".j2"):
        return [executed.tests({(mutation.file, 0)})]
    exact = [executed.tests(lines) for lines in places(root, mutation.file, mutation.line)]
    if any(exact):
        # A constant may be looked at where no function that names it runs; thousands of tests may run those.
        looking = tuple(f"{path}::" for path in importing(root, mutation.file) if path.startswith(_folders(mutation.file)))
        beside = [[test for test in quickest if test.startswith(looking)]] if len(exact) > 1 else []
        return [*beside, *exact, [test for test in around if test.startswith(_folders(mutation.file))]]
    return [around]
