"""The accounts of rows of a narrowed or remedied log: whole for the confidential part, and without small differences for the record that is published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.validator.disclosure.differences import Few, told_totals, unless_few

if TYPE_CHECKING:
    from collections.abc import Sequence

    from logsyn.validator.disclosure.differences import ToldTotals
    from logsyn.validator.record import (
        Audit,
        Input,
        Remedied,
        RemedyEffect,
        RowAccounts,
        ScopeAccount,
        ScopeStep,
        Suitability,
    )


def accounts_told(audit: Audit, accounts: RowAccounts, few: Few) -> Audit:
    """An audit with as much of the accounts as may be published.

    Args:
        audit: of what is left in the end.
        accounts: with all their figures.
        few: of the steps of the scope, then those of the remedies.
    """
    scope, done = accounts.scope, accounts.remedied
    if scope is None and done is None:
        return audit
    rows, cases = _chains(audit, accounts, few)
    steps = len(scope.steps) if scope else 0
    inputs_told = rows.totals[0] is not None
    return audit.model_copy(
        update={
            "inputs": accounts.inputs if inputs_told else [_without_rows(one) for one in accounts.inputs],
            "suitability": audit.suitability if inputs_told or audit.suitability is None else _without_loaded(audit.suitability),
            "extract": audit.extract.model_copy(
                update={"columns": [one.model_copy(update={"formats": dict.fromkeys(one.formats)}) for one in audit.extract.columns]}
            ),
            "scope": None if scope is None else _scope_told(scope, rows, cases),
            "remedied": None if done is None else _remedied_told(done, audit, rows.totals[steps], rows.differences[steps:], few, steps),
        }
    )


def _chains(audit: Audit, accounts: RowAccounts, few: Few) -> tuple[ToldTotals, ToldTotals]:
    """What may be told of rows, and of cases, from what was loaded to what is left; remedies are one step for cases."""
    scope, done = accounts.scope, accounts.remedied
    steps = [] if scope is None else scope.steps
    rows = [_known(scope.rows_loaded), *(_known(step.rows_after) for step in steps)] if scope else [_known(done.rows_in) if done else 0]
    for effect in done.steps if done else []:
        rows.append(rows[-1] - _known(effect.rows_dropped))
    cases = [_known(scope.cases_loaded), *(_known(step.cases_after) for step in steps)] if scope else [audit.log.cases]
    of_scope = few.left_out[: len(steps)]
    if done is not None and scope is not None:
        cases.append(audit.log.cases)
        of_scope = (*of_scope, any(few.left_out[len(steps) :]))
    return told_totals(rows, few.left_out, few_in_all=few.in_all), told_totals(cases, of_scope, few_in_all=few.in_all)


def _known(count: int | None) -> int:
    """A figure of an account that has all of them."""
    return 0 if count is None else count


def _without_rows(one: Input) -> Input:
    return one.model_copy(update={"rows_in_file": None, "rows_loaded": None})


def _without_loaded(measures: Suitability) -> Suitability:
    """The measures without the share of loaded rows, from which they could be counted."""
    maturity = measures.maturity
    if maturity is not None:
        criteria = [one.model_copy(update={"share": None}) if one.measure == "rows_loaded" else one for one in maturity.criteria]
        maturity = maturity.model_copy(update={"criteria": criteria})
    return measures.model_copy(update={"rows_loaded": None, "maturity": maturity})


def _scope_told(scope: ScopeAccount, rows: ToldTotals, cases: ToldTotals) -> ScopeAccount:
    last = len(scope.steps)
    return scope.model_copy(
        update={
            "rows_loaded": rows.totals[0],
            "rows_in_scope": rows.totals[last],
            "cases_loaded": cases.totals[0],
            "cases_in_scope": cases.totals[last],
            "steps": [_step_told(step, at, rows, cases) for at, step in enumerate(scope.steps)],
        }
    )


def _step_told(step: ScopeStep, at: int, rows: ToldTotals, cases: ToldTotals) -> ScopeStep:
    out = rows.differences[at]
    return step.model_copy(
        update={
            "rows_before": rows.totals[at],
            "rows_after": rows.totals[at + 1],
            "cases_before": cases.totals[at],
            "cases_after": cases.totals[at + 1],
            "without_case_id": unless_few(_known(step.without_case_id), out, few=out is None),
            "without_time": unless_few(_known(step.without_time), out, few=out is None),
        }
    )


def _remedied_told(
    done: Remedied, audit: Audit, rows_in: int | None, dropped: Sequence[int | None], few: Few, first: int
) -> Remedied:
    failing = {finding.rule: finding.rows_affected for finding in audit.findings}
    return done.model_copy(
        update={
            "rows_in": rows_in,
            "steps": [_effect_told(step, at, dropped[at], few, first) for at, step in enumerate(done.steps)],
            "failing_anew": [
                one.model_copy(update={"rows": unless_few(_known(one.rows), failing.get(one.rule))}) for one in done.failing_anew
            ],
        }
    )


def _effect_told(step: RemedyEffect, at: int, dropped: int | None, few: Few, first: int) -> RemedyEffect:
    changed = unless_few(_known(step.rows_changed), few=few.changed[at])
    is_told = changed is not None and dropped is not None and not few.left_out[first + at]
    cases = unless_few(_known(step.cases_touched), few=not is_told)
    return step.model_copy(update={"rows_changed": changed, "rows_dropped": dropped, "cases_touched": cases})
