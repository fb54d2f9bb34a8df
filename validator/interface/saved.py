"""What is said of a result once it is in its place."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from logsyn.validator.writing.permissions import KEEPS_NO_PERMISSIONS, open_to_others

if TYPE_CHECKING:
    from pathlib import Path


def warn_if_open(result: Path) -> None:
    """Warn where what was saved for its owner only can be read by others, since the disk keeps no permissions."""
    if (found := open_to_others(result)) is not None:
        warnings.warn(f"{found}: {KEEPS_NO_PERMISSIONS}", stacklevel=3)
