"""One at a time: several threads may use one log, and what they ask of it follows each other."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from logsyn.validator.errors import AuditError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from logsyn.validator.progress import Progress

LOOKS_SECONDS = 0.05
"""So often one who waits looks whether the waiting was cancelled."""


class Turn:
    """Who uses a log now."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._user: int | None = None

    @contextmanager
    def of(self, progress: Progress) -> Iterator[None]:
        """Within this block no other thread uses the log.

        Raises:
            CancelledError: the run was cancelled while it waited.
            AuditError: this thread uses it already, and would wait for itself.
        """
        if self._user == threading.get_ident():
            raise AuditError("the log is in use by the run that tells its progress", "Wait for its end.")
        while not self._lock.acquire(timeout=LOOKS_SECONDS):
            progress.heed()
        self._user = threading.get_ident()
        try:
            yield
        finally:
            self._user = None
            self._lock.release()
