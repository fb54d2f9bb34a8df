"""Results that were made with a key of pseudonyms: with another key, what follows would not fit to them."""

from __future__ import annotations

import os
import re
from collections import deque
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from logsyn.validator.writing.ours import was_keyed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LEVELS, FOLDERS = 3, 2000
"""How deep, and at how many folders at most, results are looked for from one place on."""

_SHOWS_PSEUDONYMS = {
    "audit.json": re.compile(rb'"case": "sag-[0-9a-f]'),
    "before/audit.json": re.compile(rb'"case": "sag-[0-9a-f]'),
    "export.json": re.compile(rb'"case_ids": "pseudonyms"'),
}


def results_with_pseudonyms(places: Iterable[Path | None]) -> Iterator[Path]:
    """The results that were made with a key, in the working folder and in ``places``, some levels down.

    What lies beside ``places`` may be of another project, which has a key of its own, and says nothing.
    """
    seen: set[str] = set()
    for place in (*(place for place in places if place is not None), Path()):
        for folder in _down(place):
            real = os.path.realpath(folder)
            if real not in seen and _is_keyed(folder):
                yield folder
            seen.add(real)


def _down(place: Path) -> Iterator[Path]:
    """A folder and those in it, those that lie less deep first; no link is followed."""
    waiting, count = deque([(place, 0)]), 0
    while waiting and count < FOLDERS:
        folder, level = waiting.popleft()
        count += 1
        yield folder
        if level < LEVELS:
            waiting.extend((inner, level + 1) for inner in islice(_folders_in(folder), FOLDERS))


def _folders_in(folder: Path) -> Iterator[Path]:
    try:
        with os.scandir(folder) as entries:
            yield from sorted(folder / entry.name for entry in entries if entry.is_dir(follow_symlinks=False))
    except OSError:  # it is not there, or cannot be looked at
        return


def _is_keyed(folder: Path) -> bool:
    """Whether a result says so in the list of its files; results of version 0.2.0, which has none, by what is in them."""
    try:
        told = was_keyed(folder)
        if told is not None:
            return told
        remedied = all((folder / name).is_file() for name in ("remedy.html", "changes.parquet"))
        return remedied or _shows(folder)
    except OSError:
        return False


def _shows(folder: Path) -> bool:
    for name, pseudonyms in _SHOWS_PSEUDONYMS.items():
        record = folder / name
        if record.is_file() and pseudonyms.search(record.read_bytes()):
            return True
    return False
