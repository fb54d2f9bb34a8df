"""How the measure of each question rises with the share of cases that a fault hits, and how its answer falls: ``python -m benchmarks.injected``."""

from __future__ import annotations

import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise, product
from pathlib import Path
from typing import NamedTuple

from sample_logs.generator.hit.faults import FAULTS
from tests.judging.hit import COMPUTABLE, OF_THE_WHOLE, audited

CASES = 400
SHARES = (0.0, 0.01, 0.05, 0.2, 0.5)
ANSWERS = {
    "can_be_answered": "can",
    "small_reservations": "small",
    "great_reservations": "great",
    "cannot_be_answered": "cannot",
    "not_known": "not known",
}


class Told(NamedTuple):
    """What one audit with one rule says: cases in doubt (None: not computed) and answer by question, and the verdict on the log."""

    hits: int
    doubts: dict[str, int | None]
    answers: dict[str, str]
    overall: str

    def others_stay(self) -> bool:
        """Whether the questions that the rule does not bear on can be answered."""
        return all(answer == "can" for question, answer in self.answers.items() if question not in self.doubts)


def told(check: str, share: float) -> Told:
    """Audit a log with the fault of one check by its rule."""
    with tempfile.TemporaryDirectory() as folder:
        audit, hits = audited(Path(folder), {check: share}, CASES)
    (finding,) = audit.findings
    doubts = {one.question: one.cases.count if one.cases else None for one in finding.consequence.doubts}
    answers = {one.question: ANSWERS[one.answerability.answer] for one in audit.verdict.questions if one.answerability}
    return Told(hits[check], doubts or dict.fromkeys(finding.questions, 0), answers, audit.verdict.overall)


def main() -> None:
    """Print both tables, and end with 1 where a measure does not rise, an answer does not fall, or another question moves."""
    asked = [*product(COMPUTABLE, SHARES), *((check, FAULTS[check].share) for check in OF_THE_WHOLE)]
    with ProcessPoolExecutor(2) as pool:
        found = dict(zip(asked, pool.map(told, *zip(*asked, strict=True)), strict=True))
    print(f"| check | question | {' | '.join(f'{share:.0%}' for share in SHARES)} |\n|---|---|{'---|' * len(SHARES)}")
    wrong = [check for check in COMPUTABLE if not _row([found[check, share] for share in SHARES], check)]
    print("\n| check | cases hit | answers of its questions | the log |\n|---|---|---|---|")
    for check in OF_THE_WHOLE:
        one = found[check, FAULTS[check].share]
        of_questions = ", ".join(f"{question}: {one.answers[question]}" for question in one.doubts) or "-"
        print(f"| `{check}` | {one.hits} | {of_questions} | {one.overall} |")
    if wrong:
        sys.exit(f"not as it should be: {', '.join(wrong)}")


def _row(by_share: list[Told], check: str) -> bool:
    """Print the lines of a check, one for each of its questions; whether they are as they should be."""
    right = by_share[0].overall == "fit" and all(one.others_stay() for one in by_share)
    order = list(ANSWERS.values())
    for question in by_share[-1].doubts:
        measures = [one.doubts[question] or 0 for one in by_share]
        answers = [one.answers[question] for one in by_share]
        cells = " | ".join(f"{count} ({answer})" for count, answer in zip(measures, answers, strict=True))
        print(f"| `{check}` | {question} | {cells} |", flush=True)
        falls = [order.index(answer) for answer in answers]
        right &= measures[0] == 0 and all(one < next_one for one, next_one in pairwise(measures))
        right &= falls == sorted(falls) and falls[-1] > falls[0] == 0
    return right


if __name__ == "__main__":
    main()
