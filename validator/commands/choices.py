"""The words that options take, kept apart from the models so that ``--help`` loads none of them; a test holds them equal."""

from __future__ import annotations

from enum import StrEnum


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
