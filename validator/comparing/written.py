"""A comparison as a file for machines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from logsyn.validator.record import Succession


def write_comparison(comparison: Succession, folder: Path) -> None:
    """Write ``compare.json`` into ``folder``."""
    record = comparison.model_dump(mode="json", by_alias=True)
    (folder / "compare.json").write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
