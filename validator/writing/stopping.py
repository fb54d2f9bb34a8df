"""How a signal ends the process: at once, whatever it is doing, and with nothing of an unfinished run left behind.

Python's own way, an exception in the main thread, comes late within a query or an import, and may be taken for a fault of
that query. So a thread of its own waits for signals: it undoes what is unfinished and ends the process.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
_LATEST_STEP = threading.RLock()
"""Held while what was written is put in its place, and for good once the process is being stopped."""

_undoing: list[Callable[[], object]] = []


@contextmanager
def undone(action: Callable[[], object]) -> Iterator[None]:
    """Within this block a signal also does ``action``; the latest one is done first."""
    _undoing.append(action)
    try:
        yield
    finally:
        _undoing.remove(action)


@contextmanager
def unstoppable() -> Iterator[None]:
    """Within this block no signal ends the process: it waits for the end of the block, which must be near."""
    with _LATEST_STEP:
        yield


@contextmanager
def stoppable() -> Iterator[None]:
    """Within this block SIGINT, SIGTERM and SIGHUP end the process with 128 and their number; signals that were ignored stay so."""
    minded = [number for number in _SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]
    reader, writer = socket.socketpair()
    writer.settimeout(0)
    signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
    for number in minded:
        signal.signal(number, _minded)
    threading.Thread(target=_wait, args=[reader], daemon=True).start()
    try:
        yield
    finally:
        with unstoppable():  # a process that is being stopped waits here for its end
            signal.set_wakeup_fd(-1)
            for number in minded:
                signal.signal(number, signal.SIG_DFL)


def _minded(_number: int, _frame: object) -> None:
    """What happens in the main thread: nothing, so that no query breaks off there."""


def _wait(reader: socket.socket) -> None:
    _stop(reader.recv(1)[0])


def _stop(number: int) -> None:
    _LATEST_STEP.acquire()
    for action in reversed(_undoing):
        with suppress(Exception):
            action()
    with suppress(Exception):
        os.write(
            sys.__stderr__.fileno() if sys.__stderr__ else 2,
            f"logsyn: stopped by {signal.Signals(number).name}\n".encode(),
        )
    os._exit(128 + number)
