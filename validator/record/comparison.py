"""Audits of successive deliveries side by side: the content of ``compare.json`` (schema ``logsyn/compare/1``)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from logsyn.expectations.severity import Severity
from logsyn.expectations.text import Text
from logsyn.validator.record.base import Count, Fitness, Outcome, Record

Change = Literal["new", "gone", "better", "worse", "same", "not_comparable"]
"""From the delivery before to the last: ``new`` and ``gone`` are about failing at all."""


class Delivery(Record):
    """One audit that is compared, in the order of the days they speak for; ``start`` and ``end`` are its typical period.

    A count is None where it differs from that of a later delivery by so few that the difference would tell of a small group.
    """

    name: str
    as_of: str
    suite: str
    practice: str | None
    verdict: Fitness
    rows_in_file: Count | None
    rows_rejected: Count | None
    cases: Count | None
    events: Count | None
    start: str | None
    end: str | None


class Point(Record):
    """What one delivery says of one rule; ``checked`` and ``failed`` are None when hidden or not counted.

    ``near``: they are hidden since they differ by fewer than five from those of a later delivery.
    """

    outcome: Outcome
    checked: Count | None = None
    failed: Count | None = None
    near: bool = False


class TeamTrend(Record):
    """One rule in one team (None: no team); a delivery without the team, or with a hidden figure, has no point."""

    team: str | None
    points: list[Point | None]
    change: Change


class RuleTrend(Record):
    """One rule over all deliveries; one that did not have the rule has no point. ``why`` says why it is not comparable."""

    rule: str
    check: str
    fingerprint: str
    title: Text
    severity: Severity
    table: str
    points: list[Point | None]
    change: Change
    why: Text | None = None
    teams: list[TeamTrend] = []


class Succession(Record):
    """Successive audits. The same audits give the same record, byte for byte."""

    schema_: Literal["logsyn/compare/1"] = Field(default="logsyn/compare/1", alias="schema")
    deliveries: list[Delivery]
    regime_months: list[str] = []
    rules: list[RuleTrend]
