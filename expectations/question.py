"""The five questions that an analysis may ask of a log: what each needs of it, and how a finding is set against them."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from logsyn.expectations.declaration import Declared

Question = Literal["throughput-time", "order", "occurrence", "workload", "deadlines"]
"""What an analysis may be asked, and a finding may stand in the way of."""

NEEDS: dict[Question, tuple[str, ...]] = {
    "throughput-time": ("case_id", "timestamp"),
    "order": ("case_id", "activity", "timestamp"),
    "occurrence": ("case_id", "activity"),
    "workload": ("case_id", "timestamp", "team|source"),
    "deadlines": ("case_id", "timestamp", "registered_at"),
}
"""The columns without which a question cannot be answered (``a|b``: one of them)."""

OF_TIME_COLUMN: dict[str, tuple[Question, ...]] = {
    "end_timestamp": ("throughput-time",),
    "planned_start": (),
    "planned_end": ("throughput-time", "deadlines"),
    "registered_at": ("deadlines",),
}
"""What a time that is not that of the event can stand in the way of: where it is wrong, the event has its place all the same."""

Answerable = Literal["can_be_answered", "small_reservations", "great_reservations", "cannot_be_answered", "not_known"]
"""Whether a question can be answered. ``cannot_be_answered``: a column that it needs is not there, or too many cases are in doubt."""

Who = Literal["leader", "domain-expert", "bi-consultant", "supplier"]
"""Who can see to it that a finding goes away. ``supplier``: of the system or of the extract."""

Takes = Literal["minutes", "agreement", "new-extract"]
"""What it takes: some minutes' work on the extract, an agreement between people, or an extract drawn anew."""


class InsteadOf(Declared):
    """What the failing rows are taken for: ``moved_to`` is SQL of their time, ``named`` a column of ``labels`` with their name."""

    moved_to: str | None = None
    named: str | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> InsteadOf:
        if (self.moved_to is None) == (self.named is None):
            message = "give either `moved_to` or `named`"
            raise ValueError(message)
        return self


AsIf = Literal["mended", "left-out", "unknown", "not-computable"] | InsteadOf
"""How the log is set against itself to tell what the failing rows mean for an analysis: as if they were mended by the remedy
that is proposed, or left out, or moved or renamed. ``unknown``: nobody can tell what they should be, so each of their cases is
in doubt. ``not-computable``: the finding speaks of the log as a whole."""

AS_IF_OF_TABLE: dict[str, AsIf] = {"events": "left-out", "cases": "unknown", "labels": "unknown", "log": "not-computable"}
"""For rules that are no check of the catalogue."""
