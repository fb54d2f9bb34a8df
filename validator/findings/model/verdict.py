"""The judgement of the whole log, its dimensions and the questions of the analysis."""

from __future__ import annotations

from typing import Literal

from validator.findings.model.base import Fitness, Record, Text, Usability


class DimensionVerdict(Record):
    """All rules of one dimension together."""

    dimension: str
    fitness: Fitness | Literal["not_evaluated"]
    passed: int
    failed: int
    not_evaluated: int
    error: int


class QuestionVerdict(Record):
    """Whether the log can answer one question of the analysis, and the rules that stand in the way."""

    question: str
    usability: Usability
    rules: list[str] = []


class Verdict(Record):
    """The judgement and what it rests on. ``reasons`` are rule ids, gravest first; ``rule_of_judgement`` is the rule used."""

    overall: Fitness
    reasons: list[str] = []
    rule_of_judgement: Text
    dimensions: list[DimensionVerdict] = []
    questions: list[QuestionVerdict] = []
