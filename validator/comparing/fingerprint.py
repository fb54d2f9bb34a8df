"""The fingerprint of a rule: findings of two audits belong together when they were judged by the very same rule."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from logsyn.validator.record import Finding


def fingerprint(finding: Finding) -> str:
    """16 hex digits over everything that decides what a rule finds; its name, texts and severity do not."""
    decides = {
        "check": finding.check,
        "table": finding.table,
        "params": finding.params,
        "expectation": finding.expectation,
        "required_share": finding.required_share,
    }
    text = json.dumps(decides, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:16]
