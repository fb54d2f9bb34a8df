"""Says a judgement in words, one sentence a line, in both languages: generated from its terms, so that it is always true."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from logsyn.expectations.catalogue import Question, load_catalogue
from logsyn.expectations.judgement import Thresholds
from logsyn.expectations.severity import SEVERITIES
from logsyn.validator.record import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from logsyn.expectations.judgement import Effect, Judgement, Terms
    from logsyn.validator.record import Finding


@dataclass(frozen=True)
class _Phrases:
    """The words of one language. ``severities``: a rule of this severity; ``concerning`` follows the rule of a question."""

    severities: Mapping[str, str]
    any_rule: str
    or_: str
    concerning: str
    clauses: Mapping[str, str]
    when: str
    overall: Mapping[Effect, str]
    question: Mapping[Effect, str]
    else_overall: str
    else_question: str
    questions: Mapping[str, str]
    special: str
    quoted: str
    special_effects: Mapping[str, str]
    unknown: str
    counted: str
    log: str
    accepted: str
    idle: str
    comma: str


_DA = _Phrases(
    severities={"critical": "en kritisk regel", "warning": "en advarsel", "info": "en oplysning"},
    any_rule="en regel",
    or_="eller",
    concerning=", der vedrører det,",
    clauses={
        "failed": "{rule} ikke er bestået",
        "failed_from": "{rule} ikke er bestået, og mindst {share} af det, den ser på, ikke er i orden",
        "not_evaluated": "{rule} ikke kunne vurderes",
        "not_judged": "{rule} ikke kunne vurderes eller køres",
        "error": "{rule} ikke kunne køres",
    },
    when="når",
    overall={
        "unusable": "Udtrækket er ikke egnet, {when}.",
        "reservations": "Udtrækket er egnet med forbehold, {when}.",
    },
    question={
        "unusable": "Et spørgsmål kan ikke besvares, {when}.",
        "reservations": "Et spørgsmål kan besvares med forbehold, {when}.",
    },
    else_overall="Ellers er udtrækket egnet.",
    else_question="Ellers kan spørgsmålet besvares.",
    questions={
        "throughput-time": "gennemløbstid",
        "order": "rækkefølge",
        "occurrence": "forekomst",
        "workload": "arbejdsmængde",
        "deadlines": "frister",
    },
    special="Særligt for {question}: {rules}.",
    unknown=" Forbehold, når reglen ikke kunne vurderes.",
    quoted="»{rule}«",
    special_effects={
        "unusable": "{rules} gør det umuligt at svare, når mindst {share} ikke er i orden",
        "only_unusable": "{rules} tæller først, når mindst {share} ikke er i orden, og så kan der ikke svares",
        "reservations": "{rules} giver først forbehold, når mindst {share} ikke er i orden",
        "at_once": "{rules} giver forbehold, så snart det ikke er bestået",
        "never": "{rules} tæller ikke med",
    },
    counted="For {question} tæller kun: {rules}.",
    log="Et fund om hele udtrækket tæller fuldt.",
    accepted="Det, der er accepteret, tæller ikke med, så længe accepten gælder.",
    idle="En af jeres egne regler, der tæller med og ikke fandt noget at undersøge, giver forbehold: Den er ikke bestået.",
    comma=",",
)  # fmt: skip
_EN = _Phrases(
    severities={"critical": "a critical rule", "warning": "a warning", "info": "a piece of information"},
    any_rule="a rule",
    or_="or",
    concerning=" that concerns it",
    clauses={
        "failed": "{rule} has failed",
        "failed_from": "{rule} has failed and at least {share} of what it looks at is not in order",
        "not_evaluated": "{rule} could not be evaluated",
        "not_judged": "{rule} could not be evaluated or run",
        "error": "{rule} could not be run",
    },
    when="when",
    overall={
        "unusable": "The extract is not fit {when}.",
        "reservations": "The extract is fit with reservations {when}.",
    },
    question={
        "unusable": "A question cannot be answered {when}.",
        "reservations": "A question can be answered with reservations {when}.",
    },
    else_overall="Otherwise the extract is fit.",
    else_question="Otherwise the question can be answered.",
    questions={
        "throughput-time": "throughput time",
        "order": "order",
        "occurrence": "occurrence",
        "workload": "workload",
        "deadlines": "deadlines",
    },
    special="Special to {question}: {rules}.",
    unknown=" Reservations when the rule could not be evaluated.",
    quoted="“{rule}”",
    special_effects={
        "unusable": "{rules} makes it impossible to answer when at least {share} is not in order",
        "only_unusable": "{rules} counts only when at least {share} is not in order, and then there is no answer",
        "reservations": "{rules} gives reservations only when at least {share} is not in order",
        "at_once": "{rules} gives reservations as soon as it has failed",
        "never": "{rules} does not count",
    },
    counted="For {question} these alone count: {rules}.",
    log="A finding about the whole extract counts in full.",
    accepted="What is accepted does not count while the acceptance holds.",
    idle="A rule of your own that counts and found nothing to examine gives reservations: it has not passed.",
    comma="",
)  # fmt: skip


def told(judgement: Judgement, findings: Sequence[Finding]) -> Text:
    """The judgement in words; what the findings have nothing of (acceptances, findings about the log) is left out."""
    titles = {check.check: check.title for check in load_catalogue().values()} | {f.rule: f.title for f in findings}

    def in_language(words: _Phrases, title: Callable[[str], str]) -> str:
        lines = [
            *_terms(judgement.overall, words, words.overall, ""),
            words.else_overall,
            *_terms(judgement.every_question, words, words.question, words.concerning),
            words.else_question,
            *(line for question in get_args(Question) for line in _special(judgement, question, words, title)),
            *([words.log] if any(finding.table == "log" for finding in findings) else []),
            *([words.accepted] if any(finding.acceptance for finding in findings) else []),
            *([words.idle] if any(finding.outcome == "nothing_checked" and finding.own for finding in findings) else []),
        ]
        return "\n".join(lines)

    return Text(
        da=in_language(_DA, lambda name: titles[name].da if name in titles else name),
        en=in_language(_EN, lambda name: titles[name].en if name in titles else name),
    )


def _terms(terms: Terms, words: _Phrases, says: Mapping[Effect, str], concerning: str) -> list[str]:
    lines = []
    for effect in ("unusable", "reservations"):
        clauses = [
            words.clauses[kind].format(rule=rule, share=share)
            for kind, rule, share in _clauses(terms, effect, words, concerning)
        ]
        if clauses:
            joined = f"{words.comma} {words.or_} {words.when} ".join(_listed(clauses, words))
            lines.append(says[effect].format(when=f"{words.when} {joined}"))
    return lines


def _clauses(terms: Terms, effect: Effect, words: _Phrases, concerning: str) -> list[tuple[str, str, str]]:
    """Kind of clause, its rule in words and its share, for all that has an effect."""
    by_share: dict[float, list[str]] = {}
    for severity in SEVERITIES:
        limits = terms.failed.get(severity)
        share = None if limits is None else _from(limits, effect)
        if share is not None:
            by_share.setdefault(share, []).append(severity)
    found = [
        ("failed_from" if share else "failed", _rule(severities, words, concerning), percent(share, words.comma == ","))
        for share, severities in sorted(by_share.items())
    ]
    silent = [severity for severity in SEVERITIES if terms.not_evaluated.get(severity) == effect]
    broken = [severity for severity in SEVERITIES if terms.error.get(severity) == effect]
    kinds = [("not_judged", silent)] if silent == broken else [("not_evaluated", silent), ("error", broken)]
    return [*found, *((kind, _rule(severities, words, concerning), "") for kind, severities in kinds if severities)]


def _rule(severities: Sequence[str], words: _Phrases, concerning: str) -> str:
    if len(severities) == len(SEVERITIES):
        return words.any_rule + concerning
    return f" {words.or_} ".join(words.severities[severity] for severity in severities) + concerning


def _special(judgement: Judgement, question: Question, words: _Phrases, title: Callable[[str], str]) -> list[str]:
    terms, name, danish = judgement.of_question(question), words.questions[question], words.comma == ","
    lines = []
    if terms.counts is not None:
        limited = [rule for rule, limits in terms.limits.items() if limits != Thresholds()]
        alone = ", ".join(title(rule) for rule in dict.fromkeys([*terms.counts, *limited])) or "–"  # noqa: RUF001 - nothing
        lines.append(words.counted.format(question=name, rules=alone))
    alike: dict[tuple[str, float], list[str]] = {}
    for rule, limits in terms.limits.items():
        for said in _said(limits, judgement.every_question):
            alike.setdefault(said, []).append(words.quoted.format(rule=title(rule)))
    told_rules = [
        words.special_effects[kind].format(rules=f" {words.or_} ".join(rules), share=percent(share, danish))
        for (kind, share), rules in alike.items()
    ]
    if told_rules:
        counting = any(kind != "never" for kind, _ in alike)
        lines.append(
            words.special.format(question=name, rules="; ".join(told_rules)) + (words.unknown if counting else "")
        )
    return lines


def _said(limits: Thresholds, general: Terms) -> list[tuple[str, float]]:
    """What must be said of the limits of one rule: the kind of sentence and its share."""
    low, high = limits.reservations_from, limits.unusable_from
    if low is None:
        return [("never", 0)] if high is None else [("only_unusable", high)]
    usual = all(one.reservations_from == 0 for one in general.failed.values()) and len(general.failed) == len(
        _EN.severities
    )
    at_low = [("reservations", low)] if low else [] if usual else [("at_once", 0.0)]
    return at_low if high is None else [("unusable", high), *at_low]


def _from(limits: Thresholds, effect: Effect) -> float | None:
    return limits.unusable_from if effect == "unusable" else limits.reservations_from


def _listed(clauses: list[str], words: _Phrases) -> list[str]:
    """All but the last joined by commas, so that the last can be joined by an or."""
    return clauses if len(clauses) < 2 else [f", {words.when} ".join(clauses[:-1]), clauses[-1]]


def percent(share: float, danish: bool) -> str:  # noqa: FBT001 - which of two ways of writing
    """A share in per cent with all its decimals."""
    shown = f"{round(share * 100, 8):g}"
    return shown.replace(".", ",") + "\u00a0%" if danish else f"{shown}%"
