"""A mutation of the checkout, and the drawing of some of them by a seed."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from benchmarks.mutate.python_mutations import python_mutations
from benchmarks.mutate.sql_mutations import catalogue_mutations, template_mutations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_FILES = (
    "validator/**/*.py",
    "expectations/**/*.py",
    "reports/**/*.py",
    "expectations/catalogue/*.yaml",
    "reports/templates/**/*.j2",
)
_KINDS = {".py": python_mutations, ".yaml": catalogue_mutations, ".j2": template_mutations}


@dataclass(frozen=True)
class Mutation:
    """One change: file (from the top of the checkout), number among the changes of the file, line, what was there, and what is there then."""

    file: str
    number: int
    line: int
    before: str
    after: str

    @property
    def package(self) -> str:
        """The folder that the file lies in."""
        return self.file.rpartition("/")[0]

    def __str__(self) -> str:
        start = next((at for at, (a, b) in enumerate(zip(self.before, self.after, strict=False)) if a != b), 0)
        end = next(
            (at for at, (a, b) in enumerate(zip(self.before[::-1], self.after[::-1], strict=False)) if a != b), 0
        )
        from_, to = max(start - 30, 0), max(end - 30, 0)
        shown = (" ".join(text[from_ : len(text) - to].split())[:110] for text in (self.before, self.after))
        return f"{self.file}:{self.line} " + " → ".join(f"`{text}`" for text in shown)


def all_mutations(root: Path) -> list[Mutation]:
    """Every mutation of the packages, the catalogue and the templates, in the order of the files."""
    return [
        Mutation(path.relative_to(root).as_posix(), number, line, before, after)
        for pattern in _FILES
        for path in sorted(root.glob(pattern))
        for number, (line, before, after, _) in enumerate(_changes(path))
    ]


def mutated(root: Path, mutation: Mutation) -> str:
    """The text of the file with the mutation."""
    for number, (*_, write) in enumerate(_changes(root / mutation.file)):
        if number == mutation.number:
            return write()
    raise IndexError(mutation)


def draw(mutations: list[Mutation], many: int, seed: int) -> list[Mutation]:
    """So many mutations, one of every package at least when there are enough; every other is as likely as any."""
    random = Random(seed)
    shuffled = random.sample(mutations, len(mutations))
    first = {mutation.package: mutation for mutation in reversed(shuffled)}
    drawn = [*first.values(), *(mutation for mutation in shuffled if mutation not in set(first.values()))][:many]
    return random.sample(drawn, len(drawn))


def _changes(path: Path) -> Iterator[tuple[int, str, str, Callable[[], str]]]:
    return _KINDS[path.suffix](path.read_text(encoding="utf-8"))
