"""Which header is which canonical column: by a source profile, the usual headers, or the profile that fits."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Literal

from logsyn.expectations.declaration import built_in_names
from logsyn.expectations.headers import loose, plain, usual_headers
from logsyn.expectations.source import CANONICAL_COLUMNS, REQUIRED_COLUMNS, load_source
from logsyn.validator.reading.mapping_errors import ambiguous, missing, no_headers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from logsyn.expectations.source import CanonicalColumn, SourceProfile

GENERIC = "generic"

MappedBy = Literal["profile", "synonym"]


@dataclass(frozen=True)
class FileMapping:
    """For one file: canonical column to the position of its column (from 0), and by what it was found."""

    positions: dict[str, int] = field(default_factory=dict)
    by: dict[str, MappedBy] = field(default_factory=dict)


@dataclass(frozen=True)
class FileHeaders:
    """The headers of one file and what messages call it; ``is_record``: they look like values, and stand in that line."""

    name: str
    headers: Sequence[str]
    is_record: bool = False
    line: int = 1


def detect(files: Sequence[FileHeaders]) -> SourceProfile:
    """The built-in profile that fits: it has all required columns in every file, and more columns than any other.

    Without one, the generic profile, which knows columns by their usual headers.
    """
    found = {
        profile.source: sum(len(_by_profile(file.headers, profile.columns)) for file in files)
        for profile in _built_in_profiles()
        if all(set(REQUIRED_COLUMNS) <= set(_by_profile(file.headers, profile.columns)) for file in files)
    }
    best = [source for source, count in found.items() if count == max(found.values())]
    return load_source(best[0] if len(best) == 1 else GENERIC)


def map_file(file: FileHeaders, profile: SourceProfile, *, detected: bool) -> FileMapping:
    """Find the canonical columns of one file.

    Args:
        file: its headers.
        profile: what is said about the source.
        detected: nobody chose the profile, so the usual headers may add to it; otherwise they do so only for a profile
            that names no columns, and for required columns that it does not name.

    Raises:
        ExtractError: a required column is not there, or two headers could be it.
    """
    positions = _by_profile(file.headers, profile.columns)
    by: dict[str, MappedBy] = dict.fromkeys(positions, "profile")
    open_to_all = detected or not profile.columns
    for column in (*REQUIRED_COLUMNS, *CANONICAL_COLUMNS):
        if column in positions or (column in profile.columns and not detected):
            continue
        if not open_to_all and column not in REQUIRED_COLUMNS:
            continue
        candidates = _usual(column, file.headers, set(positions.values()))
        if len(candidates) > 1 and column in REQUIRED_COLUMNS and not file.is_record:
            raise ambiguous(file.name, file.headers, column, candidates, positions)
        if len(candidates) == 1:
            positions[column], by[column] = candidates[0], "synonym"
    lacking = [column for column in REQUIRED_COLUMNS if column not in positions]
    if lacking and file.is_record:
        raise no_headers(file.name, file.line, len(file.headers), lacking)
    if lacking:
        raise missing(file.name, file.headers, lacking, profile, positions)
    return FileMapping(positions, by)


def known_headers(profile: SourceProfile | None) -> dict[str, frozenset[str]]:
    """The headers by which the required columns are known, in loose form: those of the profile, else all that are usual."""
    profiles = [profile] if profile is not None and profile.columns else _built_in_profiles()
    found = {}
    for column in REQUIRED_COLUMNS:
        named = {
            loose(header)
            for one in profiles
            for key, headers in one.columns.items()
            if key == column
            for header in headers
        }
        found[column] = frozenset(named.union(*usual_headers()[column]))
    return found


@cache
def _built_in_profiles() -> list[SourceProfile]:
    return [load_source(name) for name in built_in_names("sources") if name != GENERIC]


def _by_profile(headers: Sequence[str], columns: Mapping[CanonicalColumn, Sequence[str]]) -> dict[str, int]:
    """The first header of each list that the file has: as it is written, else without regard to case."""
    exact = {header: position for position, header in reversed(list(enumerate(headers)))}
    folded = {plain(header): position for position, header in reversed(list(enumerate(headers)))}
    found: dict[str, int] = {}
    for column, wanted in columns.items():
        for header in wanted:
            position = exact.get(header, folded.get(plain(header)))
            if position is not None and position not in found.values():
                found[column] = position
                break
    return found


def _usual(column: str, headers: Sequence[str], taken: set[int]) -> list[int]:
    """Positions of the headers of the best tier that any free header belongs to."""
    for tier in usual_headers().get(column, ()):
        found = [position for position, header in enumerate(headers) if position not in taken and loose(header) in tier]
        if found:
            return found
    return []
