"""Owns how the part of the extract that was audited is told: one sentence, and the table step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from logsyn.reports.wording import Wording
    from logsyn.validator.record import Audit, ScopeAccount, ScopeStep


@dataclass(frozen=True)
class ScopeTold:
    """The name of the scope, and how many of all rows and cases are in it."""

    called: str
    of_all: str


@dataclass(frozen=True)
class ScopeRow:
    """One step: what is left of rows and cases after it, also as shares of all, and what it left out; ``note`` says why some had to go."""

    does: str
    out: str
    left: str
    left_share: str
    of_cases: str
    of_cases_share: str
    note: str


@dataclass(frozen=True)
class ScopeSection:
    """The scope step by step; ``all_rows`` and ``all_cases`` were loaded, ``account`` adds up. ``hidden``: some figures are not told."""

    all_rows: str
    all_cases: str
    rows: tuple[ScopeRow, ...]
    account: str
    hidden: bool


def told_scope(audit: Audit, wording: Wording) -> ScopeTold | None:
    """How much of the extract was audited; None when it was all of it."""
    scope = audit.scope
    if scope is None:
        return None
    parts = {
        "rows": wording.number(scope.rows_in_scope),
        "all_rows": wording.number(scope.rows_loaded),
        "row_share": wording.share(scope.rows_in_scope, scope.rows_loaded),
        "cases": wording.number(scope.cases_in_scope),
        "all_cases": wording.number(scope.cases_loaded),
        "case_share": wording.share(scope.cases_in_scope, scope.cases_loaded),
    }
    if None in (scope.rows_in_scope, scope.rows_loaded, scope.cases_in_scope, scope.cases_loaded):
        share = wording.gettext("so little was left out that it is not told how much")
    else:
        share = wording.gettext("%(rows)s of %(all_rows)s rows (%(row_share)s) and %(cases)s of %(all_cases)s cases (%(case_share)s)", **parts)
    return ScopeTold(wording.pick(scope.title) if scope.title else scope.scope, share)


def scope_account(scope: ScopeAccount, wording: Wording) -> str:
    """Rows loaded = rows in scope + rows out of scope."""
    return wording.gettext(
        "%(loaded)s loaded = %(inside)s in scope + %(outside)s out of scope",
        loaded=wording.number(scope.rows_loaded),
        inside=wording.number(scope.rows_in_scope),
        outside=wording.unless_small(_less(scope.rows_loaded, scope.rows_in_scope)),
    )


def scope_section(audit: Audit, wording: Wording) -> ScopeSection | None:
    """The table of a scope; None when everything was audited."""
    scope = audit.scope
    if scope is None:
        return None
    return ScopeSection(
        all_rows=wording.number(scope.rows_loaded),
        all_cases=wording.number(scope.cases_loaded),
        rows=tuple(_row(step, scope, wording) for step in scope.steps),
        account=scope_account(scope, wording),
        hidden=_hides(scope),
    )


def _hides(scope: ScopeAccount) -> bool:
    """Whether a figure of the account is not told."""
    return any(value is None for part in (scope, *scope.steps) for name, value in part if name != "title")


def _less(before: int | None, after: int | None) -> int | None:
    return None if before is None or after is None else before - after


def _row(step: ScopeStep, scope: ScopeAccount, wording: Wording) -> ScopeRow:
    return ScopeRow(
        does=wording.pick(step.title),
        out=wording.unless_small(_less(step.rows_before, step.rows_after)),
        left=wording.number(step.rows_after),
        left_share=wording.share(step.rows_after, scope.rows_loaded),
        of_cases=wording.number(step.cases_after),
        of_cases_share=wording.share(step.cases_after, scope.cases_loaded),
        note=_note(step, wording),
    )


def _note(step: ScopeStep, wording: Wording) -> str:
    told = []
    if step.without_case_id:
        told.append(
            wording.ngettext(
                "%(n)s row without a case id is in no case.",
                "%(n)s rows without a case id are in no case.",
                step.without_case_id,
                n=wording.number(step.without_case_id),
            )
        )
    if step.without_time:
        told.append(
            wording.ngettext(
                "%(n)s row without a time that can be read has no place in its case.",
                "%(n)s rows without a time that can be read have no place in their case.",
                step.without_time,
                n=wording.number(step.without_time),
            )
        )
    return " ".join(told)
