"""The draft of a data description: what the extract, the practice and the audit tell, under the five headings of the law."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from logsyn.reports.views.fitness import fitness
from logsyn.reports.views.page import Page

if TYPE_CHECKING:
    from logsyn.expectations.practice import Practice
    from logsyn.reports.described import Described
    from logsyn.reports.wording import Wording
    from logsyn.validator.record import Audit, Column, PersonalData

_FEW = 5


@dataclass(frozen=True)
class ColumnRow:
    """One column: ``name`` is a canonical one, or nothing; ``filled`` is a share in words. ``personal``: whether it holds personal data; ``reasons``: why."""

    header: str
    name: str
    kind: str
    filled: str
    personal: str
    reasons: str


@dataclass(frozen=True)
class DescriptionPage(Page):
    """What the template shows. ``failed``: titles of rules; ``meanings``: activity, team (``*`` = all), meaning."""

    timezone: str
    start: str
    end: str
    cases: str
    events: str
    activities: str
    files: list[tuple[str, str, str]]
    columns: list[ColumnRow]
    sensitive: bool
    verdict: str
    audited_as_of: str
    suite: str
    failed: list[str]
    cpr_rows: str
    practice: str
    meanings: list[tuple[str, str, str]]


def description(it: Described, audit: Audit | None, practice: Practice | None, wording: Wording) -> dict[str, Any]:
    """The fields of ``DescriptionPage``."""
    findings = [finding for finding in audit.findings if finding.outcome == "failed"] if audit else []
    cpr = next((finding.failed for finding in findings if finding.check == "cpr-number"), 0)
    made = DescriptionPage(
        lang=wording.lang,
        here="description",
        source=it.source,
        as_of=it.as_of,
        selection="",
        scope=None,
        timezone=it.timezone,
        start=wording.day(it.start),
        end=wording.day(it.end),
        cases=_count(it.cases, wording),
        events=_count(it.events, wording),
        activities=wording.number(it.activities),
        files=[(one.file, wording.number(one.rows_in_file), one.sha256) for one in it.inputs],
        columns=[_column(column, it.personal[column.name], wording) for column in it.columns],
        sensitive=any(judged.answer in ("sensitive", "criminal") for judged in it.personal.values()),
        verdict=fitness(audit.verdict, wording).name if audit else "",
        audited_as_of=audit.as_of if audit else "",
        suite=audit.suite if audit else "",
        failed=[wording.pick(finding.title) for finding in findings],
        cpr_rows=_count(cpr, wording) if cpr else "",
        practice=practice.practice if practice else "",
        meanings=_meanings(practice),
    )
    return vars(made)


def _column(column: Column, judged: PersonalData, wording: Wording) -> ColumnRow:
    return ColumnRow(
        header=column.header,
        name=column.name if column.mapped_by != "kept" else "",
        kind=column.kind,
        filled=wording.share(column.filled, column.filled + column.missing),
        personal=wording.pick(judged.title),
        reasons=" ".join(wording.pick(reason) for reason in judged.reasons),
    )


def _count(count: int, wording: Wording) -> str:
    return wording.number(count) if count == 0 or count >= _FEW else f"< {_FEW}"


def _meanings(practice: Practice | None) -> list[tuple[str, str, str]]:
    if practice is None:
        return []
    return [
        (activity, team, meaning)
        for activity, agreed in practice.activities.items()
        for team, meaning in agreed.meaning.items()
    ]
