"""The severity of a rule: how much a finding matters unless a judgement says otherwise."""

from __future__ import annotations

from typing import Literal, get_args

Severity = Literal["critical", "warning", "info"]

SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""Gravest first: the one order of severities, in the verdict, on pages, between audits and for exit codes."""


def gravity(severity: Severity) -> int:
    """The place of a severity in their order, 0 the gravest; what is sorted by it has the gravest first."""
    return SEVERITIES.index(severity)


def at_or_above(severity: str) -> tuple[Severity, ...]:
    """This severity and those that are graver."""
    return SEVERITIES[: SEVERITIES.index(severity) + 1]
