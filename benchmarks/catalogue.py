"""``python -m benchmarks.catalogue``: the whole catalogue (suite ``strict``) against the base suite, in turn, on one extract."""

from __future__ import annotations

import argparse
from statistics import median

from benchmarks.measure import Run, best, extract_of, plain_audit, run

LIMIT = 2.0
"""The whole catalogue may take so many times what the base suite takes."""


def main() -> None:
    """Measure both and print a line of a table for each."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.catalogue", description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=3, help="runs of each, in turn")
    options = parser.parse_args()
    extract = extract_of(options.events)
    runs: dict[str, list[Run]] = {"base": [], "strict": []}
    for _ in range(options.times):
        for suite, done in runs.items():
            done.append(run(*plain_audit(extract, "--suite", suite)))
    print("| suite | best | median | peak memory |\n|---|---:|---:|---:|")
    for suite, done in runs.items():
        fastest, middle = best(done), median(one.seconds for one in done)
        print(f"| {suite} | {fastest.seconds:.1f} s | {middle:.1f} s | {fastest.peak_gb:.2f} GB |")
    ratio = best(runs["strict"]).seconds / best(runs["base"]).seconds
    print(f"\nThe whole catalogue takes {ratio:.2f} times the base suite (at most {LIMIT:.0f}).")


if __name__ == "__main__":
    main()
