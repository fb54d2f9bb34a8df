"""Owns how suited the extract is: each measure with what it means for an analysis, and the level of maturity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from logsyn.reports import names_of_judgement as names
from logsyn.reports.figures import NOTHING
from logsyn.reports.labels import visible
from logsyn.reports.names import QUESTIONS_IN_SHORT
from logsyn.reports.views.facts import period
from logsyn.reports.views.finding import failing_part
from logsyn.reports.views.page import Coded, coded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from logsyn.reports.wording import Wording
    from logsyn.validator.record import Audit, CriterionResult, Finding, LogFacts, Maturity, OutOf, Suitability

LEVELS: Final = 5
FEW_CASES: Final = 30
"""With fewer cases than this, the brief says so before anything else."""


@dataclass(frozen=True)
class Measure:
    """One measure, its value, and what it means for an analysis."""

    name: str
    value: str
    meaning: str


@dataclass(frozen=True)
class CriterionRow:
    """One thing that a level takes, what was found, and whether that is enough."""

    level: str
    title: str
    required: str
    found: str
    outcome: Coded


@dataclass(frozen=True)
class Stars:
    """The level of maturity: as stars, in words, what it means, and what the next level lacks."""

    drawn: str
    told: str
    meaning: str
    lacking: str
    criteria: tuple[CriterionRow, ...]


@dataclass(frozen=True)
class SuitabilitySection:
    """All measures and the level of maturity, which is None when it was not judged."""

    measures: tuple[Measure, ...]
    stars: Stars | None


@dataclass(frozen=True)
class Brief:
    """The suitability in a few sentences, and the level of maturity."""

    sentences: tuple[str, ...]
    level: Stars | None


def suitability_section(audit: Audit, wording: Wording) -> SuitabilitySection | None:
    """Everything about suitability; None when the audit did not measure it."""
    found = audit.suitability
    if found is None:
        return None
    return SuitabilitySection(_measures(audit, found, wording), _stars(audit, found.maturity, wording))


def brief(audit: Audit, wording: Wording) -> Brief | None:
    """What a leader needs of it; None when the audit did not measure it."""
    found = audit.suitability
    if found is None or not found.cases:
        return None
    return Brief(tuple(_sentences(audit, found, wording)), _stars(audit, found.maturity, wording))


def has_few_cases(audit: Audit) -> bool:
    """Whether there are so few cases that nothing can be said in general, however well they are registered."""
    return audit.suitability is not None and audit.suitability.cases < FEW_CASES


def _sentences(audit: Audit, found: Suitability, wording: Wording) -> list[str]:
    said = []
    if has_few_cases(audit):
        said.append(
            wording.gettext(
                "The extract has only %(cases)s, which is too few to say anything in general.",
                cases=wording.cases(found.cases),
            )
        )
    own, clock = found.cases_of_own_variant, found.events_with_time_of_day
    if own.of:
        share = wording.share(own.count, own.of)
        said.append(wording.gettext("%(share)s of the cases take a course that no other case takes.", share=share))
    if clock.of:
        share = wording.share(clock.count, clock.of)
        said.append(wording.gettext("%(share)s of the registrations have a time of day.", share=share))
    if found.censored is not None and found.censored.within_days and found.observed_days:
        either = found.censored.either
        times = wording.number(found.observed_days / found.censored.within_days, digits=1)
        share = wording.share(either.count, either.of)
        told = wording.gettext(
            "The period is %(times)s times as long as the middle case lasts, so up to %(share)s of the cases may have begun "
            "before it or go on after it.",
            times=times,
            share=share,
        )
        said.append(told)
    return said


def _measures(audit: Audit, found: Suitability, wording: Wording) -> tuple[Measure, ...]:
    _ = wording.gettext
    listed = (
        ("volume", _("%(events)s in %(cases)s", events=wording.events(found.events), cases=wording.cases(found.cases))),
        ("period", _period(audit, found, wording)),
        ("required-fields", _part(found.rows_with_required_fields, wording)),
        ("time-of-day", _part(found.events_with_time_of_day, wording)),
        ("events-per-case", _events_per_case(found, wording)),
        ("variants-per-case", _variants(found, wording)),
        ("own-variant", _part(found.cases_of_own_variant, wording)),
        ("labels", _labels(found, wording)),
        ("free-text", _free_text(found, wording)),
        ("cut-at-start", _cut(found, "at_start", wording)),
        ("cut-at-end", _cut(found, "at_end", wording)),
    )
    return tuple(
        Measure(wording.name(names.MEASURES, code), value, wording.name(names.MEASURES_MEAN, code))
        for code, value in listed
    )


def _part(part: OutOf, wording: Wording) -> str:
    if not part.of:
        return NOTHING
    return wording.gettext(
        "%(share)s (%(count)s of %(of)s)",
        share=wording.share(part.count, part.of),
        count=wording.number(part.count),
        of=wording.number(part.of),
    )


def _period(audit: Audit, found: Suitability, wording: Wording) -> str:
    if found.observed_days is None:
        return NOTHING
    return f"{wording.days(found.observed_days)}. {period(audit.log, wording)}"


def _events_per_case(found: Suitability, wording: Wording) -> str:
    if found.median_events_per_case is None:
        return NOTHING
    return wording.gettext(
        "%(median)s in the middle case, %(mean)s on average",
        median=wording.number(found.median_events_per_case),
        mean=wording.number(found.mean_events_per_case),
    )


def _variants(found: Suitability, wording: Wording) -> str:
    part = found.variants
    if not part.of:
        return NOTHING
    return wording.gettext(
        "%(ratio)s (%(variants)s courses in %(cases)s)",
        ratio=wording.number(part.count / part.of),
        variants=wording.number(part.count),
        cases=wording.cases(part.of),
    )


def _labels(found: Suitability, wording: Wording) -> str:
    part = found.labels_covering_95_percent
    if not part.of:
        return NOTHING
    return wording.gettext(
        "%(failed)s of %(counted)s", failed=wording.number(part.count), counted=wording.labels(part.of)
    )


def _free_text(found: Suitability, wording: Wording) -> str:
    if not found.free_text_columns:
        return wording.gettext("none")
    return "; ".join(
        wording.gettext(
            "“%(column)s”, filled in %(share)s of the rows",
            column=visible(column.header),
            share=wording.share(column.filled.count, column.filled.of),
        )
        for column in found.free_text_columns
    )


def _cut(found: Suitability, end: str, wording: Wording) -> str:
    if found.censored is None:
        return NOTHING
    part: OutOf = getattr(found.censored, end)
    limit = wording.days(found.censored.within_days)
    told = {
        "at_start": wording.gettext("first seen within %(limit)s of the beginning", limit=limit),
        "at_end": wording.gettext("last seen within %(limit)s of the end", limit=limit),
    }
    return wording.gettext("Up to %(part)s: %(told)s", part=_part(part, wording), told=told[end])


def _stars(audit: Audit, maturity: Maturity | None, wording: Wording) -> Stars | None:
    if maturity is None:
        return None
    known = {finding.rule: finding for finding in audit.findings}
    level, lacking = maturity.level, [one for one in maturity.criteria if one.level == maturity.level + 1]
    missed = [wording.pick(one.title) for one in lacking if one.outcome != "met"]
    at_least = bool(missed) and all(one.outcome != "not_met" for one in maturity.criteria)
    return Stars(
        drawn="★" * level + "☆" * (LEVELS - level),
        told=wording.gettext("At least level %(level)s of %(highest)s", level=str(level), highest=str(LEVELS))
        if at_least
        else wording.gettext("Level %(level)s of %(highest)s", level=str(level), highest=str(LEVELS)),
        meaning=" ".join(
            [
                wording.gettext("Nothing speaks against a higher level, but nothing shows it.") if at_least else wording.name(names.MATURITY, str(level)),
                *_all_the_same(audit, wording),
            ]
        ),
        lacking=wording.gettext(
            "Not shown for level %(level)s: %(missed)s.",
            level=str(level + 1),
            missed=wording.listed([title[:1].lower() + title[1:] for title in missed]),
        )
        if missed
        else "",
        criteria=tuple(_criterion(one, known, audit.log, wording) for one in maturity.criteria),
    )


def _all_the_same(audit: Audit, wording: Wording) -> list[str]:
    """What cannot be answered whatever the level, which is about the registration and not about an analysis."""
    unanswered = [
        wording.name(QUESTIONS_IN_SHORT, verdict.question).lower()
        for verdict in audit.verdict.questions
        if verdict.answerability is not None and verdict.answerability.answer == "cannot_be_answered"
    ]
    if not unanswered:
        return []
    return [wording.gettext("Questions about %(questions)s cannot be answered from this extract all the same.", questions=wording.listed(unanswered))]


def _criterion(result: CriterionResult, known: Mapping[str, Finding], log: LogFacts, wording: Wording) -> CriterionRow:
    required = wording.required(result.required)
    if result.measure is not None:
        told, found = wording.gettext("at least %(share)s", share=required), wording.percent(result.share)
    else:
        told = wording.gettext("at most %(share)s not in order", share=required)
        if not result.required:
            told = wording.gettext("everything in order")
        rules = [known[rule] for rule in result.rules if rule in known]
        titles = [wording.pick(rule.title) for rule in rules]
        share = max((_failing_share(rule, log) for rule in rules), default=None) if _of_names(rules) else result.share
        worst = wording.percent(share)
        if len(titles) > 1 and share:
            worst = wording.gettext("up to %(share)s", share=worst)
        found = f"{worst} ({'; '.join(titles)})" if titles else NOTHING
    return CriterionRow(
        level=str(result.level),
        title=wording.pick(result.title),
        required=told,
        found=found,
        outcome=coded(names.CRITERIA, result.outcome, wording),
    )


def _of_names(rules: Sequence[Finding]) -> bool:
    return any(rule.table == "labels" for rule in rules)


def _failing_share(finding: Finding, log: LogFacts) -> float:
    if finding.table == "log":
        return float(finding.failed > 0)
    part, whole = failing_part(finding, log)
    return min(part / whole, 1.0) if whole else 0.0
