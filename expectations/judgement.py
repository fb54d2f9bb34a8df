"""The judgement: from which share of cases in doubt on a question has reservations or no answer, and what each star takes."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, model_validator

from logsyn.expectations.catalogue import load_catalogue
from logsyn.expectations.declaration import Declared, DeclaredText, Name, as_model, line_of, locate, read_yaml
from logsyn.expectations.errors import DeclarationError, shown
from logsyn.expectations.limit import reaches
from logsyn.expectations.question import Answerable, Question
from logsyn.expectations.severity import Severity

if TYPE_CHECKING:
    from pathlib import Path

    from logsyn.expectations.suite import Suite

Effect = Literal["nothing", "reservations", "unusable"]
"""What a finding does to the judgement, the mildest first."""

Share = Annotated[float, Field(ge=0, le=1)]

Measure = Literal["rows_loaded", "rows_with_required_fields", "events_with_time_of_day"]
"""The shares of the suitability that a criterion of maturity can ask for."""

HIGHEST_LEVEL = 5


class Thresholds(Declared):
    """From which share of failing rows on a failed rule does what; 0: as soon as it has failed; left out: never."""

    reservations_from: Share | None = None
    unusable_from: Share | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Thresholds:
        low, high = self.reservations_from, self.unusable_from
        if low is not None and high is not None and high < low:
            message = f"unusable_from ({high:g}) must not be below reservations_from ({low:g})"
            raise ValueError(message)
        return self

    def effect(self, failed: int, checked: int) -> Effect:
        """What a failed rule does of which so many of so many fail."""
        if self.unusable_from is not None and reaches(failed, checked, self.unusable_from):
            return "unusable"
        if self.reservations_from is not None and reaches(failed, checked, self.reservations_from):
            return "reservations"
        return "nothing"


class Terms(Declared):
    """What counts, by the severity of the rule; a severity that is left out does nothing.

    ``failed`` are limits on the failing share; ``not_evaluated`` and ``error`` say what a rule does that could not be
    evaluated or run.
    """

    failed: dict[Severity, Thresholds] = {}
    not_evaluated: dict[Severity, Effect] = {}
    error: dict[Severity, Effect] = {}


class QuestionLimits(Declared):
    """From which share of cases in doubt on a question is answered with small or great reservations, or not at all; left out: never.

    ``counts`` are the checks and rule ids that count, and no others do; without it those of which the catalogue says so.
    """

    small_from: Share | None = None
    great_from: Share | None = None
    cannot_from: Share | None = None
    counts: list[str] | None = None

    @model_validator(mode="after")
    def _in_order(self) -> QuestionLimits:
        given = [(name, value) for name in ("small_from", "great_from", "cannot_from") if (value := getattr(self, name)) is not None]
        for (low, least), (high, most) in pairwise(given):
            if most < least:
                message = f"{high} ({most:g}) must not be below {low} ({least:g})"
                raise ValueError(message)
        return self

    def answer(self, cases: int, of: int) -> Answerable:
        """The answer when so many of so many cases are in doubt; a limit of 0 is met by one case."""
        for answer, limit in _ANSWERS.items():
            least = getattr(self, limit)
            if cases and least is not None and reaches(cases, of, least):
                return answer
        return "can_be_answered"


_ANSWERS: dict[Answerable, str] = {
    "cannot_be_answered": "cannot_from",
    "great_reservations": "great_from",
    "small_reservations": "small_from",
}


class Criterion(Declared):
    """One thing that a level of maturity takes: a ``measure`` of at least, or ``checks`` that fail for at most a share.

    A check that was not evaluated, or is not in the suite, leaves the criterion unproven, and the level is not reached.
    """

    level: Annotated[int, Field(ge=2, le=HIGHEST_LEVEL)]
    title: DeclaredText
    measure: Measure | None = None
    at_least: Share | None = None
    checks: list[str] = []
    at_most: Share | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Criterion:
        of_measure = self.measure is not None and self.at_least is not None
        of_checks = bool(self.checks) and self.at_most is not None
        if of_measure == of_checks:
            message = "give either `measure` with `at_least`, or `checks` with `at_most`"
            raise ValueError(message)
        return self


class Judgement(Declared):
    """How a log is judged.

    ``questions`` are the limits of each question; one that is left out has those of the built-in judgement. What a rule does to a question, by
    its severity: ``not_computable`` when it has failed and nobody can tell which cases that concerns, ``nothing_checked`` when it
    looked at no row, ``error`` when it could not be run; a severity that is left out does nothing. ``overall`` is for
    the dimensions, and for rules that bear on no question.
    """

    judgement: Name
    title: DeclaredText | None = None
    overall: Terms
    questions: dict[Question, QuestionLimits] = {}
    not_computable: dict[Severity, Answerable] = {}
    nothing_checked: dict[Severity, Answerable] = {}
    error: dict[Severity, Answerable] = {}
    maturity: list[Criterion] = []

    def of_question(self, question: Question) -> QuestionLimits:
        """The limits of a question."""
        own = self.questions.get(question)
        return _built_in().questions[question] if own is None else own


@cache
def _built_in() -> Judgement:
    return load_judgement("default")


def load_judgement(name_or_path: str, suite: Suite | None = None) -> Judgement:
    """A built-in judgement by its name, or one from a YAML file.

    Args:
        name_or_path: ``default``, or a file.
        suite: its rule ids may be named beside the checks of the catalogue.

    Raises:
        DeclarationError: not found, not valid, or it names a check that is not there; with file and line.
    """
    path = locate(name_or_path, "judgements")
    content = read_yaml(path)
    judgement = as_model(content, Judgement, path)
    known = sorted({*load_catalogue(), *(rule.id for rule in (suite.rules if suite else ()))})
    for name, where in _names(judgement):
        if name not in known:
            raise _unknown(name, known, path, line_of(content, where))
    return judgement


def _names(judgement: Judgement) -> list[tuple[str, list[Any]]]:
    of_questions = [
        (name, ["questions", question, "counts", at])
        for question, limits in judgement.questions.items()
        for at, name in enumerate(limits.counts or [])
    ]
    of_criteria = [
        (name, ["maturity", at, "checks", place])
        for at, criterion in enumerate(judgement.maturity)
        for place, name in enumerate(criterion.checks)
    ]
    return [*of_questions, *of_criteria]


def _unknown(name: str, known: list[str], path: Path, line: int | None) -> DeclarationError:
    near = get_close_matches(name, known, n=1)
    hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known)}."
    return DeclarationError(f"no check or rule is called {shown(name)}", path=path, line=line, hint=hint)
