"""The tests of checking with the oldest and the newest Great Expectations that may be installed: ``make great-expectations``.

Each version is laid before the environment's own, everything else staying as it is: what differs is Great Expectations alone.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import distributions, version
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.requirements import Requirement
from packaging.version import Version

from benchmarks.measure import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NAME = "great_expectations"
PLACE = Path(sys.prefix) / "great-expectations"
TESTS = ("tests/checking", "tests/expectations/test_stock_table.py")


def declared() -> Requirement:
    """What ``pyproject.toml`` allows."""
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    return next(one for one in map(Requirement, wanted) if one.name == NAME)


def ends(allowed: Requirement, available: Iterable[str]) -> list[str]:
    """The oldest and the newest version that is allowed and available; one when they are the same.

    Raises:
        ValueError: none is.
    """
    found = sorted(map(Version, allowed.specifier.filter(available)))
    if not found:
        raise ValueError(f"no version of {allowed} is available")
    return [str(one) for one in dict.fromkeys((found[0], found[-1]))]


def available() -> list[str]:
    """The versions that the package index of this environment has."""
    asked = [sys.executable, "-m", "pip", "index", "versions", NAME, "--disable-pip-version-check"]
    said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    line = re.search(r"Available versions: (.*)", said)
    return line[1].split(", ") if line else []


def laid(number: str) -> Path:
    """The folder of one version, installed by itself.

    Raises:
        ValueError: the environment lacks something that this version needs.
    """
    folder = PLACE / number
    if not folder.exists():
        asked = [
            sys.executable,
            "-m",
            "pip",
            "install",
            "-q",
            "--no-deps",
            "--target",
            str(folder),
            f"{NAME}=={number}",
        ]
        subprocess.run(asked, check=True)
    needed = next(iter(distributions(path=[str(folder)]))).requires or []
    met = [one for one in map(Requirement, needed) if one.marker is None or one.marker.evaluate({"extra": ""})]
    lacking = [str(one) for one in met if not one.specifier.contains(version(one.name), prereleases=True)]
    if lacking:
        raise ValueError(f"{NAME} {number} needs {', '.join(lacking)}")
    return folder


def main(tests: Sequence[str]) -> int:
    """Run the tests with each version; the number of versions with which they fail."""
    failed = 0
    numbers = ends(declared(), available())
    print(f"{declared()}: {' and '.join(numbers)}" + (" (one version only)" if len(numbers) == 1 else ""))
    for number in numbers:
        paths = os.pathsep.join(filter(None, [str(laid(number)), os.environ.get("PYTHONPATH")]))
        asked = [sys.executable, "-m", "pytest", *(tests or TESTS)]
        done = subprocess.run(asked, cwd=ROOT, env={**os.environ, "PYTHONPATH": paths}, check=False)
        print(f"{NAME} {number}: {'passed' if done.returncode == 0 else 'FAILED'}")
        failed += done.returncode != 0
    return failed


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
