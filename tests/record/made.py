"""A record of a small synthetic log as version 0.2.0 wrote it, and what is made of it by hand."""

from pathlib import Path

from logsyn.validator.record import Audit, Breakdowns, Consequence, load

HERE = Path(__file__).parent
EXTRACT, FIRST = HERE / "log.csv", HERE / "audit-1.json"
"""The log and its audit: ``--source momentum --practice jobcenter --as-of 2023-11-30``."""


def idle(*, own: bool = True) -> Audit:
    """An audit in which no rule looked at a row. ``own``: the rules are the user's."""
    audit = load(FIRST)
    nothing = {"outcome": "nothing_checked", "checked": 0, "failed": 0, "rows_affected": 0, "cases_affected": 0}
    kept = {"evidence": [], "breakdowns": Breakdowns(), "consequence": Consequence(), "sql": None, "told": {}, "own": own}
    return audit.model_copy(update={"findings": [one.model_copy(update=nothing | kept) for one in audit.findings]})
