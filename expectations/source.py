"""The source profile: where an extract has its case, activity, times and other columns, and how its times are written."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field, field_validator

from logsyn.expectations.declaration import Declared, DeclaredText, Name, load, locate
from logsyn.expectations.engine_patterns import judge_time_format

TIME_COLUMNS = ("timestamp", "end_timestamp", "registered_at", "planned_start", "planned_end")
CATEGORY_COLUMNS = ("activity", "resource", "team", "source", "status")
REQUIRED_COLUMNS = ("case_id", "activity", "timestamp")
CANONICAL_COLUMNS = ("case_id", "activity", *TIME_COLUMNS, "resource", "team", "source", "status", "text")

CanonicalColumn = Literal[
    "case_id", "activity", "timestamp", "end_timestamp", "registered_at", "planned_start", "planned_end",
    "resource", "team", "source", "status", "text",
]  # fmt: skip
KeptKind = Literal["number", "time", "truth", "text"]
TimeColumn = Literal["timestamp", "end_timestamp", "registered_at", "planned_start", "planned_end"]


def _as_list(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


def _as_format(value: str) -> str:
    judge_time_format(value)
    return value


OneOrMore = Annotated[list[str], BeforeValidator(_as_list)]
TimeFormat = Annotated[str, AfterValidator(_as_format)]
TimeFormats = Annotated[list[TimeFormat], BeforeValidator(_as_list)]


class Timestamps(Declared):
    """How the extract writes its times.

    ``formats`` are strptime formats tried in order; empty means: find out from the whole column. ``columns`` gives
    formats for single canonical columns. ``timezone`` is the zone of times without an offset, and of the audit.
    """

    formats: list[TimeFormat] = []
    columns: dict[TimeColumn, TimeFormats] = {}
    timezone: str = "Europe/Copenhagen"

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            message = "is not a time zone (an example: Europe/Copenhagen)"
            raise ValueError(message) from error
        return value


class SourceProfile(Declared):
    """Where the canonical columns are in an extract.

    ``columns`` maps a canonical column to the header, or to several headers of which the first that the extract has
    is taken. ``placeholders`` are the texts that mean "nothing here"; ``case_id_placeholders`` those that do so for case
    ids, where NA and NULL are ids like others unless they stand here. ``kept`` says of columns that are none of these, by their
    header, what they are to be read as when a rule compares them; without it their whole content decides.
    """

    source: Name
    title: DeclaredText | None = None
    columns: dict[CanonicalColumn, OneOrMore] = {}
    timestamps: Timestamps = Timestamps()
    placeholders: list[str] = ["", "-", "?", "ukendt", "ingen", "n/a", "null"]
    case_id_placeholders: list[str] = Field(default=["", "-", "?"])
    kept: dict[Name, KeptKind] = {}


def load_source(name_or_path: str) -> SourceProfile:
    """A built-in source profile by its name, or one from a YAML file.

    Raises:
        DeclarationError: not found, or not a valid source profile; with file and line.
    """
    return load(locate(name_or_path, "sources"), SourceProfile)
