"""What reports give away of what they hide, worked out by linear programming, and how much of each table is hidden: ``python -m benchmarks.disclosed --help``."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.measure import ROOT
from logsyn.expectations.practice import load_practice
from tests.auditing import audit_files
from tests.disclosure.small_teams import small_teams
from tests.disclosure.solver import read

if TYPE_CHECKING:
    from collections.abc import Iterator

REAL = ROOT.parent / "shared" / "real"
SUITES = ("base", "strict", "momentum-jobklub")


def main() -> None:
    """Audit each log, solve its record, and print what was found."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.disclosed", description=__doc__)
    parser.add_argument("--seeds", type=int, default=60, help="how many logs of small teams are drawn (60)")
    options = parser.parse_args()
    given_away, tables = 0, {"as counted": Counter[str](), "hidden": Counter[str]()}
    for name, told, raw in _audits(options.seeds):
        truth = read(raw)
        found = read(told, truth.known).too_narrow(truth.known)
        given_away += len(found)
        if not name.startswith("drawn") or found:
            print(f"{name}: {len(found)} hidden counts given away {list(found.items())[:3] or ''}")
        if name == "sample momentum-jobklub":
            _count(told, raw, tables)
    print("| table of the sample | figures other than 0 | of these told | told as one, or in a coarser table |\n|---|---:|---:|---:|")
    for table, figures in tables["as counted"].items():
        print(f"| {table} | {figures:,} | {tables['hidden'][table]:,} | {tables['hidden'][table + ', together']:,} |")
    print(f"{given_away} given away")
    sys.exit(bool(given_away))


def _audits(seeds: int) -> Iterator[tuple[str, Any, Any]]:
    sample = {"profile": None, "practice": load_practice("jobcenter"), "as_of": date(2023, 11, 30)}
    for suite in SUITES:
        yield f"sample {suite}", *_both(ROOT / "sample_logs" / "momentum.csv", suite, **sample)
    for log in sorted(REAL.glob("*.csv.gz")):
        yield log.name, *_both(log, "base", profile=None, as_of=date(2023, 11, 30))
    for seed in range(seeds):
        with tempfile.TemporaryDirectory() as folder:
            extract = Path(folder) / "extract.csv"
            extract.write_text(small_teams(seed), encoding="utf-8")
            practice = load_practice("jobcenter") if seed % 2 else None
            yield f"drawn {seed}", *_both(extract, "base" if seed % 3 else "strict", practice=practice)


def _both(log: Path, suite: str, **how: Any) -> list[Any]:
    with tempfile.TemporaryDirectory() as folder:
        audited = audit_files(Path(folder), [log], suite, **how)
    return [json.loads(one.model_dump_json(by_alias=True)) for one in (audited.audit, audited.before)]


def _count(told: Any, raw: Any, tables: dict[str, Counter[str]]) -> None:
    """Figures other than 0 as they were counted, and those of them that are told."""
    for by in ("team", "activity", "month"):
        name = f"failing rows by {by}"
        for of_raw, of_told in zip(raw["findings"], told["findings"], strict=True):
            tables["as counted"][name] += sum(group["failed"] > 0 for group in of_raw["breakdowns"][by])
            groups = of_told["breakdowns"][by]
            tables["hidden"][name] += sum(bool(group["failed"]) and group["groups"] is None for group in groups)
            tables["hidden"][f"{name}, together"] += sum(group["groups"] or 0 for group in groups)
    for level in ("lag_by_team", "lag_by_activity", "lag_by_activity_and_team", "horizon_by_activity", "horizon_by_activity_and_team"):
        for figure in ("events", "late" if level.startswith("lag") else "beyond"):
            name = f"{level.replace('_', ' ')}: {figure}"
            tables["as counted"][name] = sum(bool(group[figure]) for group in raw["registration"][level])
            tables["hidden"][name] = sum(bool(group[figure]) for group in told["registration"][level])


if __name__ == "__main__":
    main()
