"""The judgement of the whole log, its dimensions and the questions of the analysis."""

from __future__ import annotations

from typing import Literal

from logsyn.expectations.text import Text
from logsyn.validator.record.answer import Answerability
from logsyn.validator.record.base import Count, Fitness, Record, Usability


class DimensionVerdict(Record):
    """All rules of one dimension together."""

    dimension: str
    fitness: Fitness | Literal["not_evaluated"]
    passed: Count
    failed: Count
    not_evaluated: Count
    error: Count
    nothing_checked: Count = 0


class Obstacle(Record):
    """A rule that stands in the way of a question, and what it alone makes of it.

    ``share`` is the failing share of what the rule checked, without what is accepted; None where there is none: a rule
    that was not judged, or a finding about the log as a whole.
    """

    rule: str
    makes: Literal["with_reservations", "not_usable"]
    share: float | None = None


class QuestionVerdict(Record):
    """Whether the log can answer one question of the analysis, and the rules that stand in the way.

    Rules that make it unusable come first, then those that could not be judged, then those that touch the most rows of
    the extract. ``obstacles`` are the ``rules`` with what each does. ``answerability`` is the answer by its measure; None: it
    was not measured.
    """

    question: str
    usability: Usability
    rules: list[str] = []
    obstacles: list[Obstacle] = []
    answerability: Answerability | None = None


class Verdict(Record):
    """The judgement and what it rests on. ``reasons`` are rule ids, gravest first.

    ``judgement`` is the name of the judgement used, ``rule_of_judgement`` what it says, one sentence a line.
    """

    overall: Fitness
    reasons: list[str] = []
    judgement: str = "default"
    rule_of_judgement: Text
    dimensions: list[DimensionVerdict] = []
    questions: list[QuestionVerdict] = []
