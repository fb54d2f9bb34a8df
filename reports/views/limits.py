"""Owns what is said of a rule that goes by a common limit because nothing is agreed: its name speaks of an agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from logsyn.reports.wording import Wording
    from logsyn.validator.record import Audit, Finding

COMMON_DAYS: Final = {"backdated-registration": 1, "far-future-end-date": 730}
"""Days that these checks of the catalogue go by where neither the suite nor the practice gives any."""


def limit_told(finding: Finding, audit: Audit, wording: Wording) -> str:
    """By which days a finding was judged where no practice says any; empty where somebody has said them."""
    days = COMMON_DAYS.get(finding.check)
    if days is None or not finding.is_judged or audit.agreed is not None or finding.params.get("max_days") is not None:
        return ""
    return wording.gettext("Nothing is agreed on this, so the rule goes by %(days)s.", days=wording.days(days))
