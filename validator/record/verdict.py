"""The judgement of the whole log, its dimensions and the questions of the analysis."""

from __future__ import annotations

from typing import Literal

from logsyn.expectations.question import Answerable, Takes, Who
from logsyn.expectations.text import Text
from logsyn.validator.record.answer import Answerability
from logsyn.validator.record.base import Count, Fitness, Record, Usability
from logsyn.validator.record.suitability import OutOf


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

    ``cases`` are those that it puts in doubt; None where that cannot be computed, or the rule was not judged. ``share`` is the
    failing share of what the rule checked, without what is accepted; None where there is none.
    """

    rule: str
    makes: Literal["with_reservations", "not_usable"]
    share: float | None = None
    cases: OutOf | None = None


class QuestionVerdict(Record):
    """Whether the log can answer one question of the analysis, and the rules that stand in the way.

    ``rules`` come in the order of the cases that they put in doubt, then those of which that cannot be computed or that could not be
    judged. ``obstacles`` are the ``rules`` with what each does. ``answerability`` is the answer by its measure, ``usability`` the
    same in the three words of earlier versions.
    """

    question: str
    usability: Usability
    rules: list[str] = []
    obstacles: list[Obstacle] = []
    answerability: Answerability | None = None


class AnswerAfter(Record):
    """What the answer to a question becomes."""

    question: str
    answer: Answerable
    measure: OutOf | None = None


class Improvement(Record):
    """A step towards a log that can answer more: a finding that goes away, on top of the steps before it.

    ``along`` are the findings that probably have the same cause and go away with it. ``answers`` are those of all questions then,
    computed as if the rows of these rules and of those before them were in order.
    """

    rule: str
    along: list[str] = []
    who: Who
    takes: Takes
    answers: list[AnswerAfter]


class Verdict(Record):
    """The judgement and what it rests on. ``reasons`` are rule ids, by the largest share of cases that each puts in doubt.

    ``headline`` is the first of them that has a measure. ``improvements`` are the steps, each on top of those before it.
    ``judgement`` is the name of the judgement used, ``rule_of_judgement`` what it says, one sentence a line.
    """

    overall: Fitness
    headline: str | None = None
    reasons: list[str] = []
    judgement: str = "default"
    rule_of_judgement: Text
    dimensions: list[DimensionVerdict] = []
    questions: list[QuestionVerdict] = []
    improvements: list[Improvement] = []

    def in_doubt_by(self, rule: str) -> dict[str, OutOf]:
        """The cases that a rule puts in doubt, by question, of those for which it counts and whose columns are there."""
        return {
            one.question: obstacle.cases
            for one in self.questions
            if one.answerability and not one.answerability.missing
            for obstacle in one.obstacles
            if obstacle.rule == rule and obstacle.cases is not None and obstacle.cases.count
        }

    @property
    def nothing_known(self) -> bool:
        """Whether of no question for which the columns are there an answer is known, and nothing else makes the log unfit."""
        answers = {one.answerability.answer for one in self.questions if one.answerability and not one.answerability.missing}
        return self.overall != "not_fit" and answers == {"not_known"}
