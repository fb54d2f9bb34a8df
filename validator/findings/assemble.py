"""Assembles the audit: findings, registration practice, facts of the log and the verdict, from the tables."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from logsyn.expectations.choices import with_choices
from logsyn.expectations.selection import select
from logsyn.expectations.stock import columns_of
from logsyn.expectations.text import text_of
from logsyn.validator.checking.violations import reproducing_sql
from logsyn.validator.database.answers import record, records
from logsyn.validator.disclosure.gathered import number_employees
from logsyn.validator.disclosure.middle import middle
from logsyn.validator.disclosure.size import SMALL
from logsyn.validator.findings.acceptance import accept
from logsyn.validator.findings.agreed import agreed_and_actual
from logsyn.validator.findings.asked import COUNTS, params_of, sql_shown
from logsyn.validator.findings.breakdowns import Counts, count_all
from logsyn.validator.findings.co_occurrence import co_occurrence
from logsyn.validator.findings.evidence import gather_evidence
from logsyn.validator.findings.found import OPEN_COLUMNS
from logsyn.validator.findings.horizon import horizons
from logsyn.validator.findings.label_use import overloaded_labels
from logsyn.validator.findings.lag_cells import add_lag_cells
from logsyn.validator.findings.lag_counts import create_lag_counts
from logsyn.validator.findings.maturity import mature
from logsyn.validator.findings.persons import is_protected, shape_unless_number
from logsyn.validator.findings.reasons import reason_of
from logsyn.validator.findings.registration import registration_lag
from logsyn.validator.findings.suitability import measure_suitability
from logsyn.validator.findings.told_groups import told_groups
from logsyn.validator.findings.unmatched import unmatched_names
from logsyn.validator.findings.untold import untold
from logsyn.validator.personal.masking import masked
from logsyn.validator.record import (
    Audit,
    CaseDuration,
    Consequence,
    Extract,
    Finding,
    LogFacts,
    Registration,
    Selection,
    Suitability,
    Text,
    Unmatched,
    Verdict,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from logsyn.validator.checking.check import Checked
    from logsyn.validator.disclosure.cells import Cells
    from logsyn.validator.reading.extract import Reading
    from logsyn.validator.request import Request

UNJUDGED = Verdict(overall="not_fit", rule_of_judgement=Text(da="", en=""))
"""Of an audit that is not judged yet."""

DEFAULT_SENTINELS = ("9999-12-31", "2099-12-31", "2999-12-31")


def assemble(
    connection: duckdb.DuckDBPyConnection,
    reading: Reading,
    request: Request,
    checked: Sequence[Checked],
    have: frozenset[str],
    cells: Cells,
) -> Audit:
    """The audit as a record, not judged yet, with small groups still in it.

    Args:
        connection: holds the tables of the audit.
        reading: what was read.
        request: what is asked.
        checked: the rules with what came of them.
        have: the columns of ``events`` that mean something.
        cells: takes what is counted of groups.
    """
    number_employees(connection)
    counts = count_all(connection, checked, have, cells)
    unmatched = unmatched_names(connection, checked, reading, have)
    findings = [
        _finding(
            rule, counts.get(rule.number, Counts()), unmatched.get(rule.number, [])
        )
        for rule in checked
    ]
    numbered = {rule.number: finding for rule, finding in zip(checked, findings, strict=True)}
    findings = accept(connection, numbered, request.accepted, request.as_of, have)
    of_few = {number for number, one in counts.items() if one.of_few}
    findings = [untold(finding) if number in of_few else finding for number, finding in zip(numbered, findings, strict=True)]
    log = _log(connection)
    if "registration_lag_days" in have:
        small_weekend = create_lag_counts(connection, by_team="team" in have)
        add_lag_cells(connection, cells, have, small_weekend=small_weekend)
    audit = Audit(
        as_of=request.as_of.isoformat(),
        version=version("logsyn"),
        suite=request.suite.name,
        inputs=reading.inputs,
        extract=Extract(
            source=reading.source, timezone=reading.timezone, columns=reading.columns, remarks=reading.remarks
        ),
        log=log,
        selection=_selection(request),
        verdict=UNJUDGED,
        suitability=_suitability(connection, reading, request, findings),
        co_occurrence=co_occurrence(connection, [rule for rule in checked if rule.number not in of_few], log.events, log.cases),
        registration=_registration(connection, request, checked, have, cells),
        agreed=agreed_and_actual(connection, request.practice, have, cells) if request.practice else None,
        findings=findings,
    )
    connection.execute("DROP TABLE employees")
    return audit


def with_examples(
    connection: duckdb.DuckDBPyConnection, audit: Audit, before: Audit, checked: Sequence[Checked], have: frozenset[str]
) -> Audit:
    """The audit with examples of failing rows, once small groups are withheld: none names what the breakdowns of its rule hide.

    ``before``: the same with all figures in it.
    """
    told = {
        rule.number: told_groups(shown.breakdowns, whole.breakdowns)
        for rule, shown, whole in zip(checked, audit.findings, before.findings, strict=True)
    }
    evidence = gather_evidence(connection, checked, have, told)
    findings = [
        finding.model_copy(update={"evidence": evidence.get(rule.number, [])})
        for rule, finding in zip(checked, audit.findings, strict=True)
    ]
    return audit.model_copy(update={"findings": findings})


def _changed_months(connection: duckdb.DuckDBPyConnection, checked: Sequence[Checked]) -> list[str]:
    """The months from which registration times are another thing than before, if a rule has looked for them."""
    months: set[str] = set()
    for rule in checked:
        if rule.rule.check == "registration-regime" and rule.compiled and rule.result and rule.result.outcome == "failed":
            found = records(connection.execute(f"SELECT DISTINCT month FROM {rule.compiled.found} WHERE month IS NOT NULL"))
            months |= {str(row["month"])[:7] for row in found}
    return sorted(months)


def _selection(request: Request) -> Selection | None:
    if not request.selection:
        return None
    run = {rule.id for rule in select(request.suite, request.selection).rules}
    return Selection(
        **{name: sorted(values) for name, values in vars(request.selection).items()},
        left_out=[rule.id for rule in request.suite.rules if rule.id not in run],
    )


def _suitability(
    connection: duckdb.DuckDBPyConnection, reading: Reading, request: Request, findings: Sequence[Finding]
) -> Suitability:
    measures = measure_suitability(connection, reading)
    if request.selection:
        return measures
    return measures.model_copy(update={"maturity": mature(request.judged_by.maturity, measures, findings)})


def _finding(checked: Checked, counts: Counts, unmatched: list[Unmatched]) -> Finding:
    rule, result = checked.rule, checked.result
    ran: dict[str, Any] = {}
    if result is not None:
        ran = {"checked": result.checked, "failed": result.failed, "rows_affected": checked.rows_affected}
        if checked.compiled is not None:
            ran["sql"] = sql_shown(reproducing_sql(checked.compiled, result), rule)
        ran["told"] = result.told
        observed = _observed(checked, result.observed)
        if observed is not None:
            ran["consequence"] = Consequence(observed=observed)
    return Finding(
        rule=rule.id,
        check=rule.check,
        table=rule.table,
        dimension=rule.dimension,
        outcome=result.outcome if result is not None else "not_evaluated",
        severity=rule.severity,
        patterns=list(rule.patterns),
        questions=list(rule.questions),
        params=params_of(rule),
        expectation=rule.expect,
        required_share=rule.mostly,
        reason=reason_of(checked),
        cases_affected=counts.cases_affected,
        breakdowns=counts.breakdowns,
        title=text_of(rule.title),
        fails_when=with_choices(rule.fails_when, rule.parameters, rule.given),
        why=text_of(rule.why),
        ask=text_of(rule.ask),
        mend=text_of(rule.mend),
        own=rule.own,
        unmatched=unmatched,
        **ran,
    )


def _observed(checked: Checked, observed: str | None) -> str | None:
    """What an expectation saw of a column as a whole; of one that names persons or cases no more than how many values there are."""
    columns = set(columns_of(checked.rule.args).values())
    if observed is None or (not COUNTS.search(checked.rule.check) and any(map(is_protected, columns))):
        return None
    return masked(observed) if columns <= OPEN_COLUMNS else shape_unless_number(observed)


# The fifth of the cases that begin first, or end last: the very first and last are one case's.
_ENDS = f"""
SELECT list_sort(list(first_event::DATE))[{SMALL}] AS first, list_sort(list(last_event::DATE), 'DESC')[{SMALL}] AS last,
  {middle('duration_seconds')} AS median, CASE WHEN count(duration_seconds) >= {SMALL} THEN avg(duration_seconds) END AS mean
FROM cases WHERE first_event IS NOT NULL"""


def _log(connection: duckdb.DuckDBPyConnection) -> LogFacts:
    log, ends = record(connection.execute("FROM log")), record(connection.execute(_ENDS))
    first, last = ends["first"], ends["last"]
    if first is not None and first > last:  # so few cases that each end is another's beginning: no days are told
        first = last = None
    typical = [None if log[name] is None else log[name].date() for name in ("typical_start", "typical_end")]
    seconds = {of: ends[of] for of in ("median", "mean")}
    return LogFacts(
        cases=log["cases"],
        variants=log["variants"],
        events=log["events"],
        activities=log["activities"],
        start=None if first is None else first.isoformat(),
        end=None if last is None else last.isoformat(),
        typical_start=None if first is None or typical[0] is None else max(typical[0], first).isoformat(),
        typical_end=None if last is None or typical[1] is None else min(typical[1], last).isoformat(),
        case_duration_seconds=CaseDuration(
            **{of: None if value is None else round(float(value), 3) for of, value in seconds.items()}
        ),
    )


def _registration(
    connection: duckdb.DuckDBPyConnection,
    request: Request,
    checked: Sequence[Checked],
    have: frozenset[str],
    cells: Cells,
) -> Registration:
    parts: dict[str, Any] = {
        "practice": request.practice.practice if request.practice else None,
        "changed_months": _changed_months(connection, checked),
    }
    if "registration_lag_days" in have:
        lag = registration_lag(connection)
        parts["lag_overall"] = next(iter(lag["overall"]), None)
        parts["lag_by_activity"] = lag["activity"]
        if "team" in have:
            parts |= {"lag_by_team": lag["team"], "lag_by_activity_and_team": lag["activity_and_team"]}
    if "planned_end" in have:
        horizon = horizons(connection, _sentinels(checked), have, cells)
        parts["horizon_by_activity"] = horizon["activity"]
        if "team" in have:
            parts["horizon_by_activity_and_team"] = horizon["activity_and_team"]
    failing = next(
        (c.result.failing_rows for c in checked if c.rule.check == "overloaded-label" and c.result), None
    )
    if failing:
        parts["overloaded"] = overloaded_labels(connection, failing, have, cells)
    return Registration(**parts)


def _sentinels(checked: Sequence[Checked]) -> Sequence[str]:
    asked = (rule.rule.given["sentinels"] for rule in checked if rule.rule.check == "far-future-end-date")
    return next((dates for dates in asked if dates), DEFAULT_SENTINELS)
