"""An audit beside what ``measured_apart`` works out of the same log and the same failing rows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import duckdb
import pandas as pd
from measured_apart import NEEDS, Log, answer, as_if, beside_the_measure, figures, together

from tests.auditing import AS_OF, audit_files

if TYPE_CHECKING:
    from logsyn.validator.record import Audit

SEVERITIES = ("critical", "warning", "info")
NAMED = ("distorted_of", "synonym_of", "label_template")
READINGS = ("as_it_is", "remedied", "left_out")


@dataclass
class Measured:
    """A log, its audit, and the lines that fail each rule."""

    log: Log
    audit: Audit
    lines: dict[str, list[int]]

    @cached_property
    def failed(self):
        """The failed rules whose cases can be computed."""
        failed = [one for one in self.audit.findings if one.outcome == "failed"]
        return [one for one in failed if as_if(one.check, one.table) != "not-computable" and one.rows_affected]

    @cached_property
    def sets(self):
        """By question and rule the cases in doubt."""
        return {
            question: {
                one.rule: self.log.in_doubt(one.check, one.table, self.lines[one.rule], question)
                for one in self.failed
                if question in one.questions
            }
            for question in NEEDS
        }

    def counted(self, question):
        """The cases in doubt by the rules that still fail when what is accepted is set aside."""
        still = {one.rule for one in self.failed if one.acceptance is None or one.acceptance.counts}
        return {rule: cases for rule, cases in self.sets[question].items() if rule in still}

    def beside(self, question):
        """What rules make of a question without a measure; nothing is known of one on which none bears that was judged, and nothing can be answered where one fails and no row has a case."""
        said = [beside_the_measure(one) for one in self.audit.findings if question in one.questions]
        judged = any(one.outcome in ("passed", "failed") for one in self.audit.findings if question in one.questions)
        nowhere = not self.log.cases and any(one.still_fails for one in self.audit.findings if question in one.questions)
        return [*said, *([] if judged else ["not_known"]), *(["cannot_be_answered"] if nowhere else [])]

    def bearing(self, question):
        return [one for one in self.failed if self.counted(question).get(one.rule)]

    def left_out(self, question):
        """The log without the rows that put a case in doubt for a question; a failing case goes with all its rows."""
        frame, gone = self.log.frame, set()
        for one in self.bearing(question):
            lines = self.lines[one.rule]
            of_cases = frame.index[frame["case_id"].isin(frame.loc[lines, "case_id"].dropna())]
            gone |= set(of_cases if one.table == "cases" else lines)
        return frame.drop(index=list(gone))

    def remedied(self, question):
        """The log with the rows that put a case in doubt for a question taken for what they should be."""
        takings = [self.log.taken(one.check, one.table, self.lines[one.rule]) for one in self.bearing(question)]
        return together(self.log.frame, [taken for taken in takings if taken is not None])


def measured_from(folder, log, extract, suite, *, with_labels=True, **how):
    """The audit of a log; ``with_labels``: what its labels are found to be is asked for, too."""
    log.frame.attrs["as_of"] = how.get("as_of", AS_OF)
    database = folder / "kept.duckdb" if with_labels else None
    audited = audit_files(folder, [extract], suite, database=database, **how)
    failing = pd.read_parquet(folder / "out" / "confidential" / "violations.parquet")
    if database is not None:
        with duckdb.connect(str(database), read_only=True) as connection:
            labels = connection.sql("SELECT * FROM labels").df().set_index("activity")
        log.labels = {name: labels[name].dropna().to_dict() for name in NAMED}
    return Measured(log, audited.before, failing.groupby("rule")["line"].agg(list).to_dict())


def cases_as_defined(measured):
    """By question and rule how many cases are in doubt: as found, and as defined."""
    found = {
        (doubt.question, one.rule): doubt.cases.count for one in measured.failed for doubt in one.consequence.doubts
    }
    sets = measured.sets.items()
    return found, {
        (question, rule): measured.log.measure([cases]) for question, of_rule in sets for rule, cases in of_rule.items()
    }


def answers_as_defined(measured):
    """By question the answer and its measure: as found, and as defined."""
    found = {one.question: one.answerability for one in measured.audit.verdict.questions}
    counts = {question: measured.log.measure(measured.counted(question).values()) for question in found}
    expected = {
        question: (
            answer(question, counts[question], measured.log.cases, measured.log.mapped, measured.beside(question)),
            counts[question],
        )
        for question in found
    }
    return {
        question: (one.answer, one.measure.count if one.measure else counts[question])
        for question, one in found.items()
    }, expected


def ranges_as_defined(measured):
    """By figure and reading: as found, and as defined."""
    found, expected = {}, {}
    for one in measured.audit.verdict.questions:
        if one.answerability.answer in ("cannot_be_answered", "not_known"):
            found |= {(shown.figure, "told"): True for shown in one.answerability.ranges}
            continue
        readings, with_ends = {"as_it_is": measured.log.frame}, bool(measured.log.mapped & {"end_timestamp", "planned_end"})
        if any(measured.counted(one.question).values()) and not 0 < one.answerability.measure.count < 5:  # of few nothing else is told
            readings |= {"remedied": measured.remedied(one.question), "left_out": measured.left_out(one.question)}
        expected |= {
            (name, reading): value
            for reading, frame in readings.items()
            for name, value in figures(frame, one.question, with_ends=with_ends).items()
        }
        for shown in one.answerability.ranges:
            found |= {
                (shown.figure, name): getattr(shown, name) for name in READINGS if getattr(shown, name) is not None
            }
    return found, expected
