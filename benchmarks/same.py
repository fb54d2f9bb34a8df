"""``make same BEFORE=COMMIT``: the audits of an earlier commit and of this one, and every field of ``audit.json`` that differs.

The samples are audited, and the public logs where they are at hand. A list's places are one field (``findings[].failed``); an example of each is shown.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from benchmarks.commits import program, worktree
from benchmarks.measure import ROOT, WORK

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SAMPLES = ROOT / "sample_logs"
REAL = ROOT.parent / "shared" / "real"
MOMENTUM = ("--source", "momentum", "--practice", "jobcenter", "--as-of", "2023-11-30")

AUDITS: dict[str, tuple[Path, tuple[str, ...]]] = {
    "sample, base": (SAMPLES / "momentum.csv", MOMENTUM),
    "sample, momentum-jobklub": (SAMPLES / "momentum.csv", ("--suite", "momentum-jobklub", *MOMENTUM)),
    "sample, strict": (SAMPLES / "momentum.csv", ("--suite", "strict", *MOMENTUM)),
    "clean, strict": (SAMPLES / "clean.csv", ("--suite", "strict", "--as-of", "2023-11-30")),
    "service desk": (REAL / "incident_event_log.zip", ("--source", "servicedesk", "--suite", "servicedesk", "--as-of", "2020-01-01")),
    "sepsis": (REAL / "sepsis.csv.gz", ("--suite", "strict", "--as-of", "2020-01-01")),
    "traffic fines": (REAL / "traffic_fines.csv.gz", ("--as-of", "2020-01-01")),
    "hospital billing": (REAL / "hospital_billing.csv.gz", ("--as-of", "2020-01-01")),
}  # fmt: skip

SHOWN = 60
"""Letters of a value that are shown."""

NOT_THERE = object()


@dataclass
class Difference:
    """One field: how many of its values differ, and the first of them before and now."""

    values: int = 0
    example: tuple[Any, Any] = (None, None)
    audits: set[str] = field(default_factory=set)


def audited(folder: Path, extract: Path, options: tuple[str, ...]) -> Any:
    """``audit.json`` of an extract by the code in ``folder``.

    Raises:
        RuntimeError: the audit did not end as audits end.
    """
    out = WORK / "same" / folder.name
    command = [
        sys.executable,
        "-c",
        program(folder),
        "audit",
        str(extract),
        *options,
        "--fail-on",
        "never",
        "--out",
        str(out),
    ]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env={**os.environ, "TZ": "UTC"}
    )
    if done.returncode not in (0, 3) or not (out / "audit.json").exists():
        raise RuntimeError(f"{extract.name} in {folder.name} ended with {done.returncode}: {done.stderr[-2000:]}")
    return json.loads((out / "audit.json").read_text(encoding="utf-8"))


def differences(before: Any, now: Any, at: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Every field in which two values differ, with both; what is in one of them only is ``NOT_THERE`` in the other."""
    if isinstance(before, dict) and isinstance(now, dict):
        for key in [*before, *(key for key in now if key not in before)]:
            yield from differences(before.get(key, NOT_THERE), now.get(key, NOT_THERE), f"{at}.{key}".lstrip("."))
    elif isinstance(before, list) and isinstance(now, list):
        for one, other in zip_longest(before, now, fillvalue=NOT_THERE):
            yield from differences(one, other, f"{at}[]")
    elif before is NOT_THERE or now is NOT_THERE or before != now or type(before) is not type(now):
        yield at, before, now


def shown(value: Any) -> str:
    """A value as it is shown: short."""
    if value is NOT_THERE:
        return "(not there)"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def compare(before: Path, audits: dict[str, tuple[Path, tuple[str, ...]]]) -> dict[str, Difference]:
    """Run the audits with both codes; field → difference."""
    found: dict[str, Difference] = {}
    for name, (extract, options) in audits.items():
        if not extract.exists():
            print(f"{name}: not at hand, left out")
            continue
        pair = audited(before, extract, options), audited(ROOT, extract, options)
        count = 0
        for at, old, new in differences(*pair):
            one = found.setdefault(at, Difference(example=(old, new)))
            one.values += 1
            one.audits.add(name)
            count += 1
        print(f"{name}: {count or 'no'} value(s) differ", flush=True)
    return found


def main() -> None:
    """Compare, print every field that differs, and fail when there is one that was not expected."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.same", description=__doc__)
    parser.add_argument("commit", help="what this one is compared with")
    parser.add_argument("--only", help="audits whose name has this in it")
    options = parser.parse_args()
    WORK.mkdir(exist_ok=True)
    audits = {name: one for name, one in AUDITS.items() if not options.only or options.only in name}
    found = compare(worktree(options.commit), audits)
    for at, one in sorted(found.items()):
        print(
            f"  {at}: {one.values} in {', '.join(sorted(one.audits))}; as {shown(one.example[0])} → {shown(one.example[1])}"
        )
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
