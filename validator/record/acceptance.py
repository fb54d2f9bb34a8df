"""What was accepted of a finding: by whom, why and until when, and what is left that counts."""

from __future__ import annotations

from logsyn.validator.record.base import Count, Record


class AcceptedPart(Record):
    """One entry of the file of accepted findings. An empty ``scope`` is the whole rule; None in it means without a value.

    ``failed`` counts the failing rows in its scope, None when that is hidden to protect small groups. An expired part
    takes nothing out of the verdict any more.
    """

    scope: dict[str, list[str | None]] = {}
    reason: str
    owner: str
    expires: str
    expired: bool
    failed: Count | None = None
    hidden: bool = False


class Acceptance(Record):
    """What is accepted of a finding. ``failed = accepted + remaining``; both are None when one must be hidden.

    Rows in the scopes of several parts are counted once. ``counts``: what remains still counts in the verdict and the
    exit code; always so for a rule that was not evaluated or broke, since there is nothing known to accept.
    """

    parts: list[AcceptedPart]
    accepted: Count | None = 0
    remaining: Count | None = 0
    counts: bool
    hidden: bool = False
