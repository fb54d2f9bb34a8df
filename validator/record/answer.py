"""Whether a question of the analysis can be answered, by how much the log moves its answer."""

from __future__ import annotations

from logsyn.expectations.question import Answerable
from logsyn.validator.record.base import Record
from logsyn.validator.record.suitability import OutOf


class AnswerRange(Record):
    """One figure of an answer as the log is, with the failing rows remedied, and with them left out; None: not computed.

    ``figure`` carries its unit in its name, such as ``median_duration_days``.
    """

    figure: str
    as_it_is: float | None = None
    remedied: float | None = None
    left_out: float | None = None


class Answerability(Record):
    """How far a question can be answered.

    ``measure``: cases whose part in the answer is in doubt, of all cases; None where nothing can be computed.
    ``missing``: columns that the question needs and that are not there. ``uncounted``: rules that count for the question and have
    failed, and of which nobody can tell which cases that concerns; they are not in ``measure``.
    """

    answer: Answerable
    measure: OutOf | None = None
    ranges: list[AnswerRange] = []
    missing: list[str] = []
    uncounted: list[str] = []
