"""Files that may be pipes: one that somebody writes into is read, one that nobody does is told instead of waited for."""

from __future__ import annotations

import os
import stat
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_PATIENCE_SECONDS = 2.0


def read_at_most(path: Path, count: int) -> bytes:
    """The first bytes of a file or a pipe.

    Raises:
        OSError: it cannot be read, or is a pipe that nobody writes into.
    """
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        first = _first_of_pipe(handle) if stat.S_ISFIFO(os.fstat(handle).st_mode) else b""
        if os.name == "posix":
            os.set_blocking(handle, True)
        return first + file.read(count - len(first))


def _first_of_pipe(handle: int) -> bytes:
    """Its first byte; nothing when somebody has it open and is yet to write."""
    until = time.monotonic() + _PATIENCE_SECONDS  # the writer may just be starting
    while True:
        try:
            first = os.read(handle, 1)
        except BlockingIOError:
            return b""
        if first:
            return first
        if time.monotonic() > until:
            raise OSError(0, "it is a pipe that nobody writes into")
        time.sleep(0.02)
