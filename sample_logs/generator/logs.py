"""The two logs that the generator makes: the one of the brief, with its defects and their truth, and the clean one."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from sample_logs.generator.defects.order import put_in
from sample_logs.generator.process import clean_cases, ordinary_cases
from sample_logs.generator.truth import accounting, add_group_defects
from sample_logs.generator.writing import write_accounting, write_extract, write_truth

if TYPE_CHECKING:
    from pathlib import Path


def write_momentum(folder: Path, cases: int, seed: int) -> None:
    """Write `momentum.csv`, `momentum.truth.csv` and `momentum.accounting.json` into ``folder``."""
    rng = Random(seed)
    rows = put_in(ordinary_cases(rng, cases), rng)
    add_group_defects(rows)
    folder.mkdir(parents=True, exist_ok=True)
    lines = write_extract(rows, folder / "momentum.csv", "cp1252")
    write_truth(rows, lines, folder / "momentum.truth.csv")
    write_accounting(accounting(rows, seed), folder / "momentum.accounting.json")


def write_clean(folder: Path, cases: int, seed: int) -> None:
    """Write `clean.csv`, with nothing wrong with it, in UTF-8 with a byte order mark."""
    rows = [event for case in clean_cases(Random(seed), cases) for event in case]
    folder.mkdir(parents=True, exist_ok=True)
    write_extract(rows, folder / "clean.csv", "utf-8-sig")
