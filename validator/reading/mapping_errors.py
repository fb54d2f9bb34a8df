"""The messages for columns that cannot be found: what the file has, and the source profile to write."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from logsyn.expectations.errors import MOST_SHOWN, shown
from logsyn.expectations.headers import loose, usual_headers
from logsyn.expectations.shortening import shortened
from logsyn.expectations.source import REQUIRED_COLUMNS
from logsyn.validator.errors import ExtractError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from logsyn.expectations.source import SourceProfile

_SHOWN = 60


def missing(
    name: str, headers: Sequence[str], lacking: Sequence[str], profile: SourceProfile, found: Mapping[str, int]
) -> ExtractError:
    """A required column is not in a file."""
    named = [
        f"{column} (the profile {profile.source} has it as {' or '.join(map(repr, profile.columns[column]))})"
        if column in profile.columns else column
        for column in lacking
    ]  # fmt: skip
    problem = f"{name}: no column found for {', '.join(named)}; {_headers(headers)}"
    free = [header for position, header in enumerate(headers) if position not in found.values()]
    suggested = {column: _near(column, free) for column in lacking}
    return ExtractError(problem, _profile_to_write(headers, suggested, found))


def no_headers(name: str, line: int, columns: int, lacking: Sequence[str]) -> ExtractError:
    """The error for a file without a required column whose first line seems to be a record, so that no text of that line may be shown."""
    return ExtractError(
        f"{name}: no column found for {', '.join(lacking)}; line {line} looks like a record and not like headers"
        f" ({columns} columns; none of their values is shown here)",
        "Ask for the extract with the names of its columns in the first line, or write them there.",
    )


def ambiguous(
    name: str, headers: Sequence[str], column: str, candidates: Sequence[int], found: Mapping[str, int]
) -> ExtractError:
    """Two or more headers could be the same required column."""
    texts = [headers[position] for position in candidates]
    problem = f"{name}: {' and '.join(map(shown, texts))} could both be {column}; {_headers(headers)}"
    return ExtractError(problem, _profile_to_write(headers, {column: texts}, found))


def _headers(headers: Sequence[str]) -> str:
    first = ", ".join(map(shown, headers[:_SHOWN]))
    more = f" and {len(headers) - _SHOWN} more" if len(headers) > _SHOWN else ""
    return f"its {len(headers)} headers are {first}{more}"


def _profile_to_write(headers: Sequence[str], suggested: Mapping[str, Sequence[str]], found: Mapping[str, int]) -> str:
    lines = ["Say which column is which in a source profile, such as my-source.yaml, and give it with --source:", ""]
    lines += ["  source: my-source", "  columns:"]
    for column in REQUIRED_COLUMNS:
        if column in suggested:
            choice = suggested[column]
            lines.append(f"    {column}: {_yaml(choice[0]) if choice else 'HEADER'}{_others(choice, headers)}")
        elif column in found:
            lines.append(f"    {column}: {_yaml(headers[found[column]])}")
        else:
            lines.append(f"    {column}: HEADER")
    return "\n  ".join(lines)


def _others(choice: Sequence[str], headers: Sequence[str]) -> str:
    if choice:
        return f"  # or {' or '.join(map(_yaml, choice[1:]))}" if len(choice) > 1 else "  # is it this one?"
    return f"  # one of: {', '.join(_yaml(shortened(header, MOST_SHOWN)) for header in headers[:_SHOWN])}"


def _near(column: str, headers: Sequence[str]) -> list[str]:
    """Headers that look like the usual ones of a column."""
    by_form = {loose(header): header for header in headers if loose(header)}
    usual = [form for tier in usual_headers().get(column, ()) for form in sorted(tier)]
    near = [match for form in [loose(column), *usual] for match in get_close_matches(form, by_form, n=1, cutoff=0.75)]
    return [by_form[match] for match in dict.fromkeys(near)][:3]


def _yaml(header: str) -> str:
    return '"' + header.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "") + '"'
