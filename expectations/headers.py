"""The usual headers: by which texts a canonical column is recognised when no source profile names it."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import RootModel

from logsyn.expectations.declaration import as_model, read_yaml
from logsyn.expectations.source import CanonicalColumn

if TYPE_CHECKING:
    from collections.abc import Mapping

_IGNORED = re.compile(r"[\s_\-.:]+")


class UsualHeaders(RootModel[dict[CanonicalColumn, list[list[str]]]]):
    """Canonical column to tiers of headers, the surest tier first; headers of one tier are equally good."""


def plain(header: str) -> str:
    """A header for exact comparison: composed characters (NFC), no space around, no case."""
    return unicodedata.normalize("NFC", header).strip().casefold()


def loose(header: str) -> str:
    """A header for recognition: as ``plain``, and without spaces, ``_``, ``-``, ``.`` and ``:``."""
    return _IGNORED.sub("", plain(header))


@cache
def usual_headers() -> Mapping[str, tuple[frozenset[str], ...]]:
    """Canonical column to its tiers of loose headers.

    Raises:
        DeclarationError: the file that comes with the package is damaged.
    """
    path = Path(str(files("logsyn.expectations") / "headers.yaml"))
    declared = as_model(read_yaml(path), UsualHeaders, path).root
    return {column: tuple(frozenset(map(loose, tier)) for tier in tiers) for column, tiers in declared.items()}
