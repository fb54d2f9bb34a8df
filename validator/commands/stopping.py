"""What a polite kill does: it unwinds, so that scratch files and unfinished output are removed."""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType


def stop_politely() -> None:
    """Let SIGTERM end this process as an error would."""
    signal.signal(signal.SIGTERM, _stop)


def _stop(_number: int, _frame: FrameType | None) -> None:
    sys.exit(143)
