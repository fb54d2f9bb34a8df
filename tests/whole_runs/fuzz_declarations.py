"""Thousands of drawn declarations: ``python -m tests.whole_runs.fuzz_declarations --help``; ``make fuzz`` runs it.

Every kind is drawn from its model and loaded, whole or with one fault; some sets that load go through audit, guide and remedy.
The seed is printed; with it the same are drawn again. What fails is told with its YAML, and the others go on.
"""

from __future__ import annotations

import argparse
import collections
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.whole_runs.declaring import Tally, any_text, loads, together, whole_runs
from tests.whole_runs.drawn_kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable


def tell(text: str) -> None:
    """Tell how far it is, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def each(strategy: Any, number: int, start: int, look: Callable[[Any, Path], None]) -> int:
    """Draw ``number`` values from the seed ``start``; how many of them failed."""
    failed: collections.Counter[str] = collections.Counter()

    @seed(start)
    @settings(
        max_examples=number,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def draw(value: Any) -> None:
        with tempfile.TemporaryDirectory(prefix="logsyn-fuzz-") as folder:
            try:
                look(value, Path(folder))
            except Exception as fault:  # noqa: BLE001 - whatever goes wrong is what is looked for
                why = f"{type(fault).__name__}: {fault}".replace(folder, "")[:600]
                if not failed[why]:
                    tell(f"failed: {why}\n{value if isinstance(value, str) else chr(10).join(value.values())}")
                failed[why] += 1

    draw()
    return failed.total()


def main() -> int:
    """The command line: exit code 1 when something has failed."""
    parser = argparse.ArgumentParser(description="Drawn declarations.")
    parser.add_argument("--each", type=int, default=700, help="declarations of each kind that are loaded (700)")
    parser.add_argument(
        "--sets", type=int, default=200, help="sets of declarations that go through whole commands (200)"
    )
    parser.add_argument("--seed", type=int, default=None, help="what is drawn; another one every time unless given")
    asked = parser.parse_args()
    start = random.SystemRandom().randrange(10**6) if asked.seed is None else asked.seed
    tally, began, faults = Tally(), time.monotonic(), collections.Counter()
    failed = sum(
        each(any_text(kind), asked.each, start, lambda text, folder, kind=kind: loads(kind, text, folder, tally))
        for kind in KINDS
    )
    tell(
        f"seed {start}; loaded {tally.loaded}; refused {tally.refused}; {failed} failed; {time.monotonic() - began:.0f} s"
    )

    def whole(texts: dict[str, str], folder: Path) -> None:
        files = {kind: path for kind, text in texts.items() if (path := loads(kind, text, folder, tally))}
        faults.update(whole_runs(files, folder, tally))

    failed += each(together(), asked.sets, start, whole)
    tell(f"exit codes {tally.codes}; {failed} failed in all; {time.monotonic() - began:.0f} s")
    for fault, times in faults.most_common():
        tell(f"rule in error, {times} times: {fault}")
    for said, times in sorted(tally.told.items()):
        tell(f"told {times} times: {said}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
