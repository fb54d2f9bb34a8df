"""Says a judgement in words, one sentence a line, in both languages: generated from its terms, so that it is always true."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from logsyn.expectations.catalogue import load_catalogue
from logsyn.expectations.question import Question
from logsyn.expectations.severity import SEVERITIES
from logsyn.validator.record import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from logsyn.expectations.judgement import Effect, Judgement, QuestionLimits, Terms, Thresholds
    from logsyn.expectations.question import Answerable
    from logsyn.expectations.severity import Severity
    from logsyn.validator.record import Finding


@dataclass(frozen=True)
class _Phrases:
    """The words of one language. ``severities``: a rule of this severity; ``beside`` follows the rule that bears on no question."""

    severities: Mapping[str, str]
    any_rule: str
    or_: str
    and_: str
    beside: str
    clauses: Mapping[str, str]
    when: str
    fit: str
    overall: Mapping[Effect, str]
    questions: Mapping[str, str]
    limits: Mapping[str, str]
    of_questions: str
    never: str
    doubt: str
    missing: str
    unasked: str
    not_worked_out: str
    answers: Mapping[Answerable, str]
    not_computable: str
    nothing_checked: str
    error: str
    counted: str
    accepted: str
    comma: str


_DA = _Phrases(
    severities={"critical": "en kritisk regel", "warning": "en advarsel", "info": "en oplysning"},
    any_rule="en regel",
    or_="eller",
    and_="og",
    beside=", der ikke vedrører noget spørgsmål,",
    clauses={
        "failed": "{rule} ikke er bestået",
        "failed_from": "{rule} ikke er bestået, og mindst {share} af det, den ser på, ikke er i orden",
        "not_evaluated": "{rule} ikke kunne vurderes",
        "not_judged": "{rule} ikke kunne vurderes eller køres",
        "error": "{rule} ikke kunne køres",
    },
    when="når",
    fit="Udtrækket er egnet, når alle de spørgsmål kan besvares, som det har kolonner til. Det er ikke egnet, når ingen af dem kan, og ellers egnet med forbehold.",
    overall={
        "unusable": "Udtrækket er heller ikke egnet, {when}.",
        "reservations": "Der er også forbehold, {when}.",
    },
    questions={
        "throughput-time": "gennemløbstid",
        "order": "rækkefølge",
        "occurrence": "forekomst",
        "workload": "arbejdsmængde",
        "deadlines": "frister",
    },
    limits={
        "small_from": "små forbehold, når mindst {share} af sagerne er i tvivl",
        "great_from": "store forbehold fra {share}",
        "cannot_from": "intet svar fra {share}",
    },
    of_questions="{questions}: {limits}.",
    never="kan altid besvares",
    doubt="En sag er i tvivl, når den tæller anderledes i svaret, hvis de rækker, der ikke er i orden, regnes som de burde være.",
    missing="Et spørgsmål, som udtrækket mangler en kolonne til, kan ikke besvares.",
    unasked="Har ingen regel set på det, som et spørgsmål afhænger af, er svaret ukendt.",
    not_worked_out="Hvad reglerne betyder for sagerne, er ikke regnet ud her, så intet svar er kendt.",
    answers={
        "small_reservations": "små forbehold",
        "great_reservations": "store forbehold",
        "cannot_be_answered": "intet svar",
        "not_known": "et svar, vi ikke kender",
    },
    not_computable="Er {rule} ikke bestået, og kan det ikke tælles, hvilke sager det angår, giver det {answer}.",
    nothing_checked="Fandt {rule}, som I selv har skrevet, ikke noget at undersøge, giver det {answer}: Den er ikke bestået.",
    error="Kunne {rule} ikke køres, giver det {answer}.",
    counted="For {question} tæller kun: {rules}.",
    accepted="Det, der er accepteret, tæller ikke med, så længe accepten gælder.",
    comma=",",
)
_EN = _Phrases(
    severities={"critical": "a critical rule", "warning": "a warning", "info": "a piece of information"},
    any_rule="a rule",
    or_="or",
    and_="and",
    beside=" that bears on no question",
    clauses={
        "failed": "{rule} has failed",
        "failed_from": "{rule} has failed and at least {share} of what it looks at is not in order",
        "not_evaluated": "{rule} could not be evaluated",
        "not_judged": "{rule} could not be evaluated or run",
        "error": "{rule} could not be run",
    },
    when="when",
    fit="The extract is fit when every question can be answered that it has columns for. It is not fit when none of them can, and otherwise fit with reservations.",
    overall={
        "unusable": "Nor is the extract fit {when}.",
        "reservations": "There are reservations, too, {when}.",
    },
    questions={
        "throughput-time": "throughput time",
        "order": "order",
        "occurrence": "occurrence",
        "workload": "workload",
        "deadlines": "deadlines",
    },
    limits={
        "small_from": "small reservations when at least {share} of the cases are in doubt",
        "great_from": "great reservations from {share}",
        "cannot_from": "no answer from {share}",
    },
    of_questions="{questions}: {limits}.",
    never="can always be answered",
    doubt="A case is in doubt when it counts otherwise in the answer once the rows that are not in order are taken for what they should be.",
    missing="A question for which the extract lacks a column cannot be answered.",
    unasked="Where no rule has looked at what a question depends on, the answer is not known.",
    not_worked_out="What the rules mean for the cases was not worked out here, so no answer is known.",
    answers={
        "small_reservations": "small reservations",
        "great_reservations": "great reservations",
        "cannot_be_answered": "no answer",
        "not_known": "an answer that is not known",
    },
    not_computable="When {rule} has failed and it cannot be counted which cases that concerns, it gives {answer}.",
    nothing_checked="When {rule} of your own found nothing to examine, it gives {answer}: it has not passed.",
    error="When {rule} could not be run, it gives {answer}.",
    counted="For {question} these alone count: {rules}.",
    accepted="What is accepted does not count while the acceptance holds.",
    comma="",
)


def told(judgement: Judgement, findings: Sequence[Finding], *, measured: bool = True) -> Text:
    """The judgement in words; what the findings have nothing of (acceptances, rules that looked at nothing) is left out.

    ``measured``: whether it was worked out which cases are in doubt.
    """
    titles = {check.check: check.title for check in load_catalogue().values()} | {f.rule: f.title for f in findings}
    has = {"nothing_checked" if one.asks_in_vain else one.outcome for one in findings if one.outcome != "nothing_checked" or one.own}

    def in_language(words: _Phrases, title: Callable[[str], str]) -> str:
        lines = [
            words.fit,
            *_limits(judgement, words),
            words.doubt,
            words.missing,
            words.unasked if measured else words.not_worked_out,
            *_counted(judgement, words, title),
            *_by_severity(judgement.not_computable, words, words.not_computable),
            *(_by_severity(judgement.nothing_checked, words, words.nothing_checked) if "nothing_checked" in has else []),
            *(_by_severity(judgement.error, words, words.error) if "error" in has else []),
            *_terms(judgement.overall, words),
            *([words.accepted] if any(finding.acceptance for finding in findings) else []),
        ]
        return "\n".join(lines)

    return Text(
        da=in_language(_DA, lambda name: titles[name].da if name in titles else name),
        en=in_language(_EN, lambda name: titles[name].en if name in titles else name),
    )


def _limits(judgement: Judgement, words: _Phrases) -> list[str]:
    """One sentence for all questions of the same limits."""
    alike: dict[str, list[str]] = {}
    for question in get_args(Question):
        alike.setdefault(_limits_of(judgement.of_question(question), words), []).append(words.questions[question])
    sentences = []
    for limits, names in alike.items():
        joined = f" {words.and_} ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
        sentences.append(words.of_questions.format(questions=joined[0].upper() + joined[1:], limits=limits))
    return sentences


def _limits_of(limits: QuestionLimits, words: _Phrases) -> str:
    given = [
        said.format(share=percent(value, words.comma == ","))
        for name, said in words.limits.items()
        if (value := getattr(limits, name)) is not None
    ]
    return ", ".join(given) or words.never


def _counted(judgement: Judgement, words: _Phrases, title: Callable[[str], str]) -> list[str]:
    return [
        words.counted.format(question=words.questions[question], rules=", ".join(map(title, counts)) or "–")  # noqa: RUF001 - nothing
        for question in get_args(Question)
        if (counts := judgement.of_question(question).counts) is not None
    ]


def _by_severity(terms: Mapping[Severity, Answerable], words: _Phrases, said: str) -> list[str]:
    """What a rule gives by its severity, one sentence an answer."""
    alike: dict[Answerable, list[str]] = {}
    for severity in SEVERITIES:
        if (answer := terms.get(severity)) is not None and answer in words.answers:
            alike.setdefault(answer, []).append(severity)
    return [said.format(rule=_rule(of, words, ""), answer=words.answers[answer]) for answer, of in alike.items()]


def _terms(terms: Terms, words: _Phrases) -> list[str]:
    lines = []
    for effect in ("unusable", "reservations"):
        clauses = [words.clauses[kind].format(rule=rule, share=share) for kind, rule, share in _clauses(terms, effect, words)]
        if clauses:
            joined = f"{words.comma} {words.or_} {words.when} ".join(_listed(clauses, words))
            lines.append(words.overall[effect].format(when=f"{words.when} {joined}"))
    return lines


def _clauses(terms: Terms, effect: Effect, words: _Phrases) -> list[tuple[str, str, str]]:
    """Kind of clause, its rule in words and its share, for all that has an effect."""
    by_share: dict[float, list[str]] = {}
    for severity in SEVERITIES:
        limits = terms.failed.get(severity)
        share = None if limits is None else _from(limits, effect)
        if share is not None:
            by_share.setdefault(share, []).append(severity)
    found = [
        ("failed_from" if share else "failed", _rule(severities, words, words.beside), percent(share, words.comma == ","))
        for share, severities in sorted(by_share.items())
    ]
    silent = [severity for severity in SEVERITIES if terms.not_evaluated.get(severity) == effect]
    broken = [severity for severity in SEVERITIES if terms.error.get(severity) == effect]
    kinds = [("not_judged", silent)] if silent == broken else [("not_evaluated", silent), ("error", broken)]
    return [*found, *((kind, _rule(severities, words, words.beside), "") for kind, severities in kinds if severities)]


def _rule(severities: Sequence[str], words: _Phrases, beside: str) -> str:
    if len(severities) == len(SEVERITIES):
        return words.any_rule + beside
    return f" {words.or_} ".join(words.severities[severity] for severity in severities) + beside


def _from(limits: Thresholds, effect: Effect) -> float | None:
    return limits.unusable_from if effect == "unusable" else limits.reservations_from


def _listed(clauses: list[str], words: _Phrases) -> list[str]:
    """All but the last joined by commas, so that the last can be joined by an or."""
    return clauses if len(clauses) < 2 else [f", {words.when} ".join(clauses[:-1]), clauses[-1]]


def percent(share: float, danish: bool) -> str:  # noqa: FBT001 - which of two ways of writing
    """A share in per cent with all its decimals."""
    shown = f"{round(share * 100, 8):g}"
    return shown.replace(".", ",") + "\u00a0%" if danish else f"{shown}%"
