"""What is accepted of each finding: failing rows within the scopes, counted in SQL; what must be hidden of it is hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.expectations.limit import reaches
from logsyn.validator.database.answers import record
from logsyn.validator.database.sql import literal
from logsyn.validator.disclosure.size import is_small
from logsyn.validator.record import Acceptance, AcceptedPart

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import duckdb

    from logsyn.expectations.accepted import AcceptedFinding
    from logsyn.validator.record import Finding, Group

_COLUMNS = {"team": "team::VARCHAR", "activity": "activity::VARCHAR", "month": "strftime(month, '%Y-%m')"}


def accept(
    connection: duckdb.DuckDBPyConnection,
    findings: Mapping[int, Finding],
    accepted: Sequence[AcceptedFinding],
    as_of: date,
    have: frozenset[str],
) -> list[Finding]:
    """The findings with what is accepted of them, to the row; ``protect_acceptance`` hides what must not be shown.

    Args:
        connection: holds ``violations`` and ``event_facts``.
        findings: by the number of the rule in ``violations``; a rule that is not among them leaves a gap.
        accepted: what is accepted; an entry whose last day is before ``as_of`` takes nothing out any more.
        as_of: the day that the audit speaks for.
        have: the columns of events that mean something; a scope on another meets no row.
    """
    entries = {finding.rule: [one for one in accepted if one.rule == finding.rule] for finding in findings.values()}
    return [
        finding.model_copy(update={"acceptance": _acceptance(connection, number, finding, of_rule, as_of, have)})
        if (of_rule := entries[finding.rule])
        else finding
        for number, finding in findings.items()
    ]


def protect_acceptance(finding: Finding) -> Finding:
    """The finding with the small figures of its acceptance taken out, and those from which they could be computed."""
    if finding.acceptance is None:
        return finding
    acceptance = finding.acceptance
    parts = [
        part.model_copy(update={"failed": None, "hidden": True}) if _tells_too_much(part, finding) else part
        for part in acceptance.parts
    ]
    scoped = any(part.scope for part in parts)
    hidden = any(part.hidden for part in parts) or (scoped and is_small(acceptance.accepted or 0))
    total = {"accepted": None, "remaining": None, "hidden": True} if hidden else {}
    return finding.model_copy(update={"acceptance": acceptance.model_copy(update={"parts": parts, **total})})


def _acceptance(
    connection: duckdb.DuckDBPyConnection,
    number: int,
    finding: Finding,
    entries: Sequence[AcceptedFinding],
    as_of: date,
    have: frozenset[str],
) -> Acceptance:
    valid = [as_of <= entry.expires for entry in entries]
    conditions = [_condition(entry, have) for entry in entries]
    counts, accepted = _count(connection, number, finding, conditions, valid)
    remaining = finding.failed - accepted
    return Acceptance(
        parts=[
            AcceptedPart(
                scope={column: list(values) for column, values in entry.scope.items()},
                reason=entry.reason,
                owner=entry.owner,
                expires=entry.expires.isoformat(),
                expired=not holds,
                failed=count,
            )
            for entry, holds, count in zip(entries, valid, counts, strict=True)
        ],
        accepted=accepted,
        remaining=remaining,
        counts=_counts(finding, remaining),
    )


def accepted_rows(accepted: Sequence[AcceptedFinding], as_of: date, have: frozenset[str]) -> dict[str, str]:
    """By rule, SQL of the failing rows in ``event_facts`` that are accepted on this day."""
    conditions: dict[str, list[str]] = {}
    for entry in accepted:
        if as_of <= entry.expires:
            conditions.setdefault(entry.rule, []).append(f"({_condition(entry, have)})")
    return {rule: " OR ".join(of_rule) for rule, of_rule in conditions.items()}


def _counts(finding: Finding, remaining: int) -> bool:
    """Whether what remains is more than the rule allows; what was not judged cannot be accepted away."""
    if finding.outcome != "failed":
        return finding.outcome != "passed"
    return remaining > 0 and not reaches(finding.checked - remaining, finding.checked, finding.required_share)


def _count(
    connection: duckdb.DuckDBPyConnection,
    number: int,
    finding: Finding,
    conditions: Sequence[str],
    valid: Sequence[bool],
) -> tuple[list[int], int]:
    """Failing rows of the rule within each scope, and within any that holds."""
    if finding.outcome != "failed":
        return [0] * len(conditions), 0
    holding = [condition for condition, holds in zip(conditions, valid, strict=True) if holds]
    union = " OR ".join(f"({condition})" for condition in holding) or "false"
    if all(condition in ("true", "false") for condition in conditions):
        of_whole = [finding.failed if "true" in condition else 0 for condition in (*conditions, union)]
        return of_whole[:-1], of_whole[-1]
    asked = {f"within_{at}": condition for at, condition in enumerate(conditions)} | {"within_any": union}
    counts = ", ".join(f"count(*) FILTER (WHERE {condition}) AS {name}" for name, condition in asked.items())
    counted = record(
        connection.execute(
            f"SELECT {counts} FROM violations JOIN event_facts USING (row_id) WHERE rule_no = {int(number)}"
        )
    )
    accepted = counted.pop("within_any")
    return list(counted.values()), accepted


def _condition(entry: AcceptedFinding, have: frozenset[str]) -> str:
    """SQL of a scope on ``event_facts``: ``true`` for the whole rule, ``false`` where a column is not in the extract."""
    if any(column not in have for column in entry.scope):
        return "false"
    return " AND ".join(_among(_COLUMNS[column], values) for column, values in entry.scope.items()) or "true"


def _among(column: str, values: Sequence[str | None]) -> str:
    named = [value for value in values if value is not None]
    tests = [f"coalesce(list_contains({literal(named)}::VARCHAR[], {column}), false)"] if named else []
    return f"({' OR '.join([*tests, *([f'{column} IS NULL'] if None in values else [])])})"


def _is_within(value: str | None, key: str | None) -> bool:
    """Whether a value of a scope is that of a group, or a month of its quarter or year."""
    if value == key or value is None or key is None:
        return value == key
    year, _, month = value.rpartition("-")
    return month.isdigit() and key in (year, f"{year}-Q{(int(month) + 2) // 3}")


def _tells_too_much(part: AcceptedPart, finding: Finding) -> bool:
    """Whether the count of a scope is small, is that of a hidden group, or leaves few of a group that is shown."""
    if not part.scope or part.failed is None or part.hidden:
        return False
    if is_small(part.failed):
        return True
    for column, values in part.scope.items():
        groups: Sequence[Group] = getattr(finding.breakdowns, column)
        named = [group for group in groups if group.groups is None and any(_is_within(value, group.key) for value in values)]
        of_none = part.failed and not all(any(_is_within(value, group.key) for group in named) for value in values)
        if any(group.hidden for group in named) or of_none:
            return True
        if is_small(sum(group.failed or 0 for group in named) - part.failed):
            return True
    return False
