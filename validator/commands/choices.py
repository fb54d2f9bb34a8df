"""The words that options take, kept apart from the models so that ``--help`` loads none of them; a test holds them equal."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer


class Lang(StrEnum):
    """The language of what people read."""

    DA = "da"
    EN = "en"


class FailOn(StrEnum):
    """The least severity whose findings make the exit code 1."""

    CRITICAL = "critical"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"


class EngineName(StrEnum):
    """The engine that derives and counts."""

    DUCKDB = "duckdb"


def _size(text: str) -> int:
    from logsyn.validator.database.memory import size_of  # noqa: PLC0415 - what --help does not need

    try:
        return size_of(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


Memory = Annotated[
    int | None,
    typer.Option(
        parser=_size,
        metavar="SIZE",
        help="Most memory of the whole run, such as 4GB; half of the machine's unless given.",
    ),
]
"""The option of every command that reads an extract."""


class TableName(StrEnum):
    """The tables that a rule can be about."""

    EVENTS = "events"
    CASES = "cases"
    LABELS = "labels"
    LOG = "log"


class SeverityName(StrEnum):
    """The severities of a rule."""

    CRITICAL = "critical"
    WARNING = "warning"
    INFO = "info"


class DimensionName(StrEnum):
    """The dimensions of ISO/IEC 25012 that the catalogue uses."""

    COMPLETENESS = "completeness"
    ACCURACY = "accuracy"
    CONSISTENCY = "consistency"
    CREDIBILITY = "credibility"
    CURRENTNESS = "currentness"
    CONFIDENTIALITY = "confidentiality"
    PRECISION = "precision"
