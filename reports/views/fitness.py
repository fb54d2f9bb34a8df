"""Owns how the verdict on a log is said in a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.reports import names
from logsyn.reports.views.page import Coded, coded

if TYPE_CHECKING:
    from logsyn.reports.wording import Wording
    from logsyn.validator.record import Verdict


def fitness(verdict: Verdict, wording: Wording) -> Coded:
    """The verdict by all rules; where no answer is known, the log is said to be neither fit nor unfit."""
    if verdict.nothing_known:
        return Coded("not_evaluated", wording.gettext("It is not known what the extract can answer"))
    return coded(names.FITNESS, verdict.overall, wording)
