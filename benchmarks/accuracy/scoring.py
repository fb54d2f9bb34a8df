"""Audits a log with a suite and scores the rows that fail against the rows that are known to be faulty."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
from ruamel.yaml import YAML

from logsyn.expectations.source import SourceProfile
from logsyn.expectations.suite import load_suite
from logsyn.validator.request import Request
from logsyn.validator.run.audit import run_audit

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

AS_OF = date(2023, 11, 30)
PLAIN = SourceProfile.model_validate({
    "source": "plain",
    "columns": {
        "case_id": ["case_id", "Case"], "activity": ["activity", "Activity"], "timestamp": ["timestamp", "Timestamp"],
        "team": ["team"], "resource": ["Resource"],
    },
    "timestamps": {"formats": ["%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%d %H:%M:%S"]},
})  # fmt: skip


@dataclass(frozen=True)
class Score:
    """Rows that were found and are faulty, found and not faulty, faulty and not found."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Share of the rows found that are faulty; 1 when none was found."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of the faulty rows that were found; 1 when there are none."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else 1.0


def score(found: Collection[int], faulty: Collection[int]) -> Score:
    """Score rows by their numbers (or lines)."""
    found, faulty = set(found), set(faulty)
    return Score(len(found & faulty), len(found - faulty), len(faulty - found))


def failing(
    extract: Path, rules: Sequence[dict[str, Any]] | str, *, by: str = "row_id", **how: Any
) -> dict[str, set[int]]:
    """Audit an extract; gives the failing rows (``by``: ``row_id`` or ``line``) of each rule.

    Args:
        extract: the file.
        rules: rules as in a suite, or the name of a suite.
        by: what names a row.
        how: ``source`` (else the plain columns of these benchmarks) and ``practice``.
    """
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        suite = rules if isinstance(rules, str) else str(folder / "suite.yaml")
        if not isinstance(rules, str):
            with Path(suite).open("w", encoding="utf-8") as file:
                YAML().dump({"suite": "accuracy", "rules": list(rules)}, file)
        request = Request([extract], how.get("source", PLAIN), load_suite(suite), how.get("practice"), AS_OF)
        run_audit(request, folder)
        query = f"SELECT rule, {by} FROM read_parquet(?)"
        rows = duckdb.execute(query, [str(folder / "confidential" / "violations.parquet")]).fetchall()
    found: dict[str, set[int]] = {rule.id: set() for rule in request.suite.rules}
    for rule, row in rows:
        found[rule].add(row)
    return found
