"""Where results wait until they are saved: a temporary folder that is gone when nothing speaks of it any more."""

from __future__ import annotations

import weakref
from contextlib import ExitStack
from typing import TYPE_CHECKING

from logsyn.validator.writing.scratch import scratch_folder

if TYPE_CHECKING:
    from pathlib import Path


class TemporaryFolder:
    """A folder for this user only; it is removed with this object, at the latest when the process ends, or by the next run if it is killed."""

    def __init__(self) -> None:
        stack = ExitStack()
        self._root = stack.enter_context(scratch_folder())
        self._made = 0
        self._finalizer = weakref.finalize(self, stack.close)

    @property
    def root(self) -> Path:
        """Its path."""
        return self._root

    def new(self) -> Path:
        """A new, empty folder in it."""
        self._made += 1
        folder = self._root / str(self._made)
        folder.mkdir(mode=0o700)
        return folder
