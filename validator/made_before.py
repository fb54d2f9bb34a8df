"""Results that were made with a key of pseudonyms: with another key, what follows would not fit to them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SHOWS_PSEUDONYMS = {
    "audit.json": re.compile(rb'"case": "sag-[0-9a-f]'),
    "before/audit.json": re.compile(rb'"case": "sag-[0-9a-f]'),
    "export.json": re.compile(rb'"case_ids": "pseudonyms"'),
}


def results_with_pseudonyms(places: Iterable[Path | None]) -> Iterator[Path]:
    """Those of the folders, and of the ones in the working folder, that are a result with pseudonyms in it."""
    around = sorted(entry for entry in Path().iterdir() if entry.is_dir())
    for folder in dict.fromkeys([*(place for place in places if place is not None), *around]):
        for name, pseudonyms in _SHOWS_PSEUDONYMS.items():
            record = folder / name
            if record.is_file() and pseudonyms.search(record.read_bytes()):
                yield folder
                break
