"""What is agreed about memory: how much all of a run may hold at its peak, and what of that is DuckDB's."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

MB, GB = 10**6, 10**9
_UNITS = {"MB": MB, "GB": GB, "TB": 10**12, "MIB": 2**20, "GIB": 2**30, "TIB": 2**40}
_SIZE = re.compile(r"\s*(\d{1,9}(?:[.,]\d{1,3})?)\s*([kKmMgGtT][iI]?[bB])\s*")

OF_PYTHON = 450 * MB
"""What Python, Great Expectations and the pages hold beside DuckDB; 250 MB for a log of a few rows."""

OF_DUCKDB = 0.8
"""Share of what is left that DuckDB is told; it goes beyond its limit by what it does not count."""

LEAST = 600 * MB
"""The least that works."""

_OF_A_THREAD = 64 * MB
"""So much of its memory a thread of DuckDB needs: sorts and joins hold buffers for each."""


@dataclass(frozen=True)
class Agreement:
    """How many bytes all processes of a run may hold in memory at their peak. ``given``: somebody has said so. ``asked_threads``: DuckDB may work on no more."""

    total: int
    given: bool = False
    asked_threads: int | None = None

    @property
    def of_duckdb(self) -> int:
        """What DuckDB is told."""
        return int((self.total - OF_PYTHON) * OF_DUCKDB)

    @property
    def threads(self) -> int:
        """On so many cores DuckDB may work."""
        return max(1, min(cores(), self.asked_threads or cores(), self.of_duckdb // _OF_A_THREAD))


def agreement(asked: int | None = None, threads: int | None = None) -> Agreement:
    """What was asked for; else half of what there is, and the least that works at least, and every core."""
    total = asked or max(machine_memory() // 2, LEAST)
    return Agreement(total, given=bool(asked), asked_threads=threads)


def size_of(text: str) -> int:
    """The bytes of a size as people write it: ``4GB``, ``512MB``, ``2GiB``, ``1,5 GB``.

    Raises:
        ValueError: it is none, less than what works, or more than there is; the sentence says what would do.
    """
    match = _SIZE.fullmatch(text)
    if match is None or match[2].upper() not in _UNITS:
        raise ValueError(f"{text!r} is no size; write it as 4GB, 800MB or 2GiB")
    size, there = int(float(match[1].replace(",", ".")) * _UNITS[match[2].upper()]), machine_memory()
    if size < LEAST:
        raise ValueError(f"{text.strip()} is too little; the least that works is {written(LEAST)}")
    if size > there:
        raise ValueError(f"{text.strip()} is more than there is; this machine lets a run have {written(there)}")
    return size


def written(size: float) -> str:
    """A number of bytes as people read it, in units of 10³."""
    unit, name = next(
        ((unit, name) for unit, name in ((10**12, "TB"), (GB, "GB"), (MB, "MB")) if size >= unit), (10**3, "kB")
    )
    return f"{size / unit:.1f} {name}" if size < 10 * unit and unit >= GB else f"{size / unit:.0f} {name}"


def machine_memory(root: Path = Path("/")) -> int:
    """Bytes of memory that a process here may have: of the machine, or the least limit of a cgroup around it.

    Args:
        root: where ``proc`` and ``sys`` are.
    """
    return min([_physical(), *_cgroup_limits(root)])


def _physical() -> int:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):  # Windows: DuckDB knows it there, and takes 80 % of it
        import duckdb  # noqa: PLC0415

        with duckdb.connect(":memory:") as connection:
            text = str(connection.execute("SELECT current_setting('memory_limit')").fetchall()[0][0])
        number, unit = text.split()
        return int(float(number) * _UNITS[unit.upper()] / 0.8)


def _cgroup_limits(root: Path) -> list[int]:
    """The limits of all cgroups around this process: of version 2 (``memory.max``) and 1 (``memory.limit_in_bytes``)."""
    found = []
    for line in _lines(root / "proc/self/cgroup"):
        _, controllers, place = line.split(":", 2)
        if controllers and "memory" not in controllers.split(","):
            continue
        top = root / ("sys/fs/cgroup/memory" if controllers else "sys/fs/cgroup")
        name = "memory.limit_in_bytes" if controllers else "memory.max"
        own = top / place.strip("/")
        around = [folder for folder in (own, *own.parents) if folder.is_relative_to(top)]
        found += [int(text) for folder in around for text in _lines(folder / name) if text.isdecimal()]
    return [limit for limit in found if limit > 0]


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").split("\n")[:-1]
    except OSError:
        return []


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
