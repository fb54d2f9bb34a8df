"""What is done once the rows are there: derive, check, gather, and work out consequences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.validator.checking.check import check
from logsyn.validator.consequence.consequences import with_answers, with_consequences
from logsyn.validator.derive.tables import derive
from logsyn.validator.disclosure.cells import Cells
from logsyn.validator.findings.acceptance import accepted_rows
from logsyn.validator.findings.assemble import assemble, with_examples
from logsyn.validator.findings.limits import with_limits_told
from logsyn.validator.findings.persons import names_persons, protecting
from logsyn.validator.judging.question import bearing
from logsyn.validator.judging.verdict import judge
from logsyn.validator.personal.masking import Masks
from logsyn.validator.personal.records import protected, shown_ids
from logsyn.validator.progress import Stage
from logsyn.validator.reading.kept import Readings
from logsyn.validator.reading.written import how_written
from logsyn.validator.record import RowAccounts
from logsyn.validator.run.accounts import accounts_told
from logsyn.validator.run.withheld import without_small_groups
from logsyn.validator.tables.material import Material, rules_run

if TYPE_CHECKING:
    from collections.abc import Iterable

    from logsyn.validator.checking.check import Checked
    from logsyn.validator.progress import Progress
    from logsyn.validator.reading.extract import Reading
    from logsyn.validator.record import Audit
    from logsyn.validator.request import Request
    from logsyn.validator.run.extract import Opened


def examine(
    extract: Opened, request: Request, progress: Progress, *, named: Iterable[str] = ()
) -> tuple[Audit, Material]:
    """Derive, check and gather: the audit of whatever ``rows`` the database holds, and what remedies need to know of it.

    ``named``: columns of events that remedies speak of, so that they are derived though no rule looks at them.

    Raises:
        EngineError: the engine broke a promise.
        CancelledError: somebody has ended the run.
    """
    connection, reading = extract.connection, extract.reading
    progress.stage(Stage.DERIVING)
    derived = derive(
        connection,
        mapped=frozenset(column.name for column in reading.columns),
        written=how_written(reading.columns),
        texts=_texts(reading),
        formats=_formats(request, reading),
        zone=reading.timezone,
        practice=request.practice,
        as_of=request.as_of,
        rules=request.rules,
        named=named,
    )
    progress.stage(Stage.CHECKING)
    headers = {column.name: column.header for column in reading.columns if column.mapped_by == "kept"}
    readings = Readings(connection, reading.timezone, reading.kept, headers)
    checked = check(extract.database, request.rules, derived, readings)
    progress.stage(Stage.GATHERING)
    reading = with_limits_told(connection, reading)
    cells = Cells()
    with protecting(reading.columns):
        audit = assemble(connection, reading, request, checked, derived["events"], cells)
    audit = audit.model_copy(update={"scope": extract.scope, "findings": bearing(audit.findings, request.judged_by)})
    material = _material(request, reading, checked, derived["events"])
    measured = None
    if request.consequence:
        progress.stage(Stage.CONSEQUENCES)
        accepted = accepted_rows(request.accepted, request.as_of, derived["events"])
        audit, measured = with_consequences(connection, audit, material, accepted, cells)
    causes = [cause.rules for cause in audit.co_occurrence.shared_causes]
    told = [finding for finding in audit.findings if not finding.of_few]
    verdict = judge(told, request.judged_by, material.mapped, measured, causes, selected=request.selection is not None)
    if measured is not None:
        measured.close()
    before = audit.model_copy(update={"verdict": verdict})
    audit = with_answers(without_small_groups(before, cells.shown()))
    with protecting(reading.columns):
        audit = with_examples(connection, audit, before, checked, derived["events"])
    masks = Masks()
    shown_ids(request.rules, masks)
    audit = accounts_told(audit, RowAccounts(inputs=reading.inputs, scope=extract.scope), extract.few)
    return protected(audit, masks), material


def _material(request: Request, reading: Reading, checked: list[Checked], have: frozenset[str]) -> Material:
    return Material(
        mapped=frozenset(column.name for column in reading.columns),
        texts=tuple(_texts(reading)),
        have=have,
        rules=rules_run(checked),
        as_of=request.as_of,
        key=None,
        persons=frozenset(column.name for column in reading.columns if names_persons(column)),
    )


def _texts(reading: Reading) -> list[str]:
    """Columns of ``rows`` that hold text: those that are none of time, and what could not be read as a time."""
    texts = [column.name for column in reading.columns if column.kind != "time"]
    return texts + [f"{column.name}_text" for column in reading.columns if column.kind == "time" and column.unparseable]


def _formats(request: Request, reading: Reading) -> list[str]:
    given = request.source.timestamps.formats if request.source is not None else []
    return list(dict.fromkeys([*given, *(form for column in reading.columns for form in column.formats)]))
