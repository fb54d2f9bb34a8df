"""A drawn extract with the declarations that go with it, and which commands follow its audit."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from ruamel.yaml import YAML

from logsyn.expectations.catalogue import load_catalogue
from logsyn.expectations.source import CANONICAL_COLUMNS, TIME_COLUMNS
from tests.auditing import PROFILE
from tests.whole_runs import scenes
from tests.whole_runs.declarations import practices, remedies, scopes
from tests.whole_runs.rules import rules
from tests.whole_runs.values import CASES, EMPLOYEES, LABELS, TEXTS, TIMES_OF_A_COLUMN

if TYPE_CHECKING:
    from pathlib import Path

REQUIRED = ("case_id", "activity", "timestamp")
OPTIONAL = tuple(name for name in CANONICAL_COLUMNS if name not in REQUIRED)
KEPT = ("Beløb", "Målgruppe", "Oprettet af", "row_id", "a b", "<b>", "Slut dato 2")
TARGETS = ("apromore", "power-automate", "xes", "parquet", "csv")
DAYS = ("2023-11-30", "0001-01-01", "9999-12-31", "2024-02-29")
LATER = ("suggest", "remedy", "export", "describe", "compare", "practice")
OFTEN = {"suggest": 3, "remedy": 10, "export": 3, "describe": 4, "compare": 4, "practice": 6}
"""One in so many extracts goes through the command: the dearest ones less often."""


@dataclass(frozen=True)
class Drawn:
    """One run: the files, and what is asked.

    ``rows``: records of the extract that can be read; ``broken``: those that cannot. ``declared``: YAML by file name. ``outcomes``: of the
    rule ``scene``, those that are promised. ``later``: the commands after the audit. ``secrets``: texts that nothing may show.
    """

    about: str
    header: list[str]
    rows: list[list[str]]
    as_of: str
    lang: str
    broken: int = 0
    delimiter: str = ";"
    declared: dict[str, dict[str, Any]] = field(default_factory=dict)
    outcomes: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    target: str = "csv"
    secrets: tuple[str, ...] = ()

    def put(self, folder: Path) -> None:
        """Write the extract and its declarations, so that the run can be done again by hand."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=self.delimiter, lineterminator="\r\n")
        writer.writerows([self.header, *self.rows])
        text.write(f"for{self.delimiter}mange{self.delimiter * (len(self.header) + 3)}felter\r\n" * self.broken)
        (folder / "extract.csv").write_bytes(text.getvalue().encode("utf-8", "surrogatepass"))
        yaml = YAML()
        yaml.width = 10_000  # a key that is broken over two lines cannot be read again
        for name, content in self.declared.items():
            with (folder / name).open("w", encoding="utf-8") as file:
                yaml.dump(content, file)


def _later(draw: st.DrawFn) -> tuple[str, ...]:
    """The commands after the audit, in an order in which each finds what it needs."""
    return tuple(name for name in LATER if draw(st.integers(1, OFTEN[name])) == 1)


@st.composite
def scene_runs(draw: st.DrawFn, *, every: tuple[str, ...] | None = None) -> Drawn:
    """The whole catalogue on an extract that one check is known to fail or to pass."""
    check = draw(st.sampled_from(sorted(load_catalogue())))
    if draw(st.booleans()):
        scene = scenes.failing(check, draw(st.integers(0, 7)))
    else:
        scene = scenes.calm(check, draw(st.integers(1, 12)), draw(st.sampled_from(["Andre", "A'B", "<i>"])))
    source = PROFILE.model_dump(mode="json", exclude_defaults=True)
    declared = {
        "suite.yaml": {"suite": "drawn", "extends": ["strict"], "rules": [scene.rule]},
        "source.yaml": source | ({"timestamps": scene.times} if scene.times else {}),
        "remedies.yaml": {"remedies": "drawn", "steps": draw(remedies([name for name in scene.header if name in CANONICAL_COLUMNS]))},
    }  # fmt: skip
    if scene.practice is not None:
        declared["practice.yaml"] = {"practice": "drawn", **scene.practice}
    return Drawn(
        about=f"{check} {'/'.join(scene.outcomes)}",
        header=scene.header,
        rows=[row for row in scene.rows if any(row)],
        as_of=scene.as_of,
        lang=draw(st.sampled_from(["da", "en"])),
        declared=declared,
        outcomes=scene.outcomes,
        later=every if every is not None else _later(draw),
        target=draw(st.sampled_from(TARGETS)),
    )


def _column(draw: st.DrawFn, name: str, cases: int) -> list[str]:
    """The values that a column is filled with."""
    if name == "case_id":
        return [*CASES[:cases], *draw(st.sampled_from([[], [""], ["-"]]))]
    if name == "activity":
        return draw(LABELS)
    if name in TIME_COLUMNS:
        return draw(TIMES_OF_A_COLUMN)
    if name in ("resource", "Oprettet af"):
        return [*EMPLOYEES[: draw(st.integers(1, len(EMPLOYEES)))], *draw(st.sampled_from([[], [""]]))]
    if name == "team":
        return draw(st.sampled_from([["Jobklub"], ["Jobklub", "Andre"], ["Jobklub", "Andre", "", "<b>T</b>"], [""]]))
    return draw(TEXTS)


@st.composite
def wild_runs(draw: st.DrawFn, *, every: tuple[str, ...] | None = None) -> Drawn:
    """The whole catalogue and some drawn rules on any extract at all."""
    asked = draw(st.lists(st.sampled_from(OPTIONAL), unique=True, max_size=len(OPTIONAL)))
    kept = draw(st.lists(st.sampled_from(KEPT), unique=True, max_size=3))
    header = [*REQUIRED, *asked, *kept]
    pools = [_column(draw, name, draw(st.sampled_from([1, 3, 9]))) for name in header]
    row = st.tuples(*(st.sampled_from(pool) for pool in pools)).map(list)
    rows = draw(st.lists(row, min_size=1, max_size=draw(st.sampled_from([1, 4, 25])))) * draw(
        st.sampled_from([1, 1, 1, 12])
    )
    own = [name for name in header if name != "row_id"]
    declared: dict[str, dict[str, Any]] = {
        "suite.yaml": {"suite": "drawn", "extends": ["strict"], "rules": [{"id": f"drawn-{at}", **rule} for at, rule in enumerate(draw(st.lists(rules(own), max_size=3)))]},
        "remedies.yaml": {"remedies": "drawn", "steps": draw(remedies([*REQUIRED, *asked]))},
    }  # fmt: skip
    if draw(st.booleans()):
        declared["source.yaml"] = PROFILE.model_dump(mode="json", exclude_defaults=True)
    if draw(st.booleans()):
        declared["practice.yaml"] = draw(practices())
    if draw(st.integers(0, 7)) == 0:
        declared["scope.yaml"] = draw(scopes())
    return Drawn(
        about="anything",
        header=header,
        rows=rows,
        as_of=draw(st.sampled_from(DAYS)),
        lang=draw(st.sampled_from(["da", "en"])),
        broken=draw(st.sampled_from([0, 0, 0, 2])),
        delimiter=draw(st.sampled_from([";", ",", "\t", "|"])),
        declared=declared,
        later=every if every is not None else _later(draw),
        target=draw(st.sampled_from(TARGETS)),
        secrets=tuple(value for pool in pools for value in pool if value in CASES or value in EMPLOYEES),
    )
