"""Owns how rules that fail together are shown: groups with probably one cause, and the pairs behind them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from logsyn.reports import names_of_judgement as names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from logsyn.reports.wording import Wording
    from logsyn.validator.record import Audit, CoOccurrence, Finding, RulePair

MOST_PAIRS: Final = 10
LEAST_SHARE: Final = 0.5
"""Pairs that a page shows fail together in so much of what fails the rarer rule; the others are in audit.json."""


@dataclass(frozen=True)
class Ruled:
    """A rule that is spoken of: its place on the quality page and its title."""

    anchor: str
    title: str


@dataclass(frozen=True)
class Pair:
    """Two rules that fail together: of what fails ``rarer``, so much fails ``commoner``, too."""

    rarer: Ruled
    commoner: Ruled
    unit: str
    together: str
    rarer_failed: str
    share: str
    by_chance: str


@dataclass(frozen=True)
class Cause:
    """Rules that probably have one cause, and why that is thought, in one sentence."""

    rules: tuple[Ruled, ...]
    sentence: str


@dataclass(frozen=True)
class FailingTogether:
    """The section of rules that fail together."""

    causes: tuple[Cause, ...]
    pairs: tuple[Pair, ...]
    more: str


def failing_together(audit: Audit, places: Mapping[str, str], wording: Wording) -> FailingTogether:
    """Groups and pairs of an audit; ``places`` are the anchors of its rules."""
    found = audit.co_occurrence
    telling = _telling(found)
    titles = {finding.rule: wording.pick(finding.title) for finding in audit.findings}

    def ruled(rule: str) -> Ruled:
        return Ruled(places[rule], titles[rule])

    return FailingTogether(
        causes=tuple(
            Cause(tuple(map(ruled, cause.rules)), _sentence(cause.rules, found, titles, wording))
            for cause in found.shared_causes
        ),
        pairs=tuple(
            Pair(
                rarer=ruled(pair.second),
                commoner=ruled(pair.first),
                unit=wording.name(names.UNITS, pair.unit),
                together=wording.number(pair.together),
                rarer_failed=wording.number(pair.second_failed),
                share=wording.share(pair.together, pair.second_failed),
                by_chance=wording.percent(pair.by_chance),
            )
            for pair in telling[:MOST_PAIRS]
        ),
        more=wording.more(len(telling) - MOST_PAIRS),
    )


def along_with(audit: Audit, reasons: list[Finding]) -> dict[str, list[Finding]]:
    """Of the reasons that share a cause, the first leads and the others stand with it; each of the rest leads itself."""
    cause_of = {rule: at for at, cause in enumerate(audit.co_occurrence.shared_causes) for rule in cause.rules}
    led: dict[str, list[Finding]] = {}
    leaders: dict[int, str] = {}
    for finding in reasons:
        cause = cause_of.get(finding.rule)
        if cause is not None and cause in leaders:
            led[leaders[cause]].append(finding)
            continue
        led[finding.rule] = []
        if cause is not None:
            leaders[cause] = finding.rule
    return led


def _telling(found: CoOccurrence) -> list[RulePair]:
    """The pairs worth a line."""
    return [pair for pair in found.pairs if pair.containment >= LEAST_SHARE]


def _sentence(rules: list[str], found: CoOccurrence, titles: Mapping[str, str], wording: Wording) -> str:
    within = [pair for pair in _telling(found) if {pair.first, pair.second} <= set(rules)]
    return " ".join(_contained(pair, titles, wording) for pair in within[: len(rules) - 1])


def _contained(pair: RulePair, titles: Mapping[str, str], wording: Wording) -> str:
    said = {
        "count": wording.number(pair.second_failed),
        "unit": wording.name(names.UNITS, pair.unit),
        "rarer": titles[pair.second],
        "commoner": titles[pair.first],
    }
    if pair.together == pair.second_failed:
        return wording.gettext("All %(count)s %(unit)s with “%(rarer)s” have “%(commoner)s”, too.", **said)
    together = wording.number(pair.together)
    return wording.gettext(
        "%(together)s of the %(count)s %(unit)s with “%(rarer)s” have “%(commoner)s”, too.", together=together, **said
    )
