"""Where results wait until they are saved: temporary folders that are gone when nothing speaks of them any more."""

from __future__ import annotations

import os
import shutil
import weakref
from contextlib import ExitStack
from typing import TYPE_CHECKING

from logsyn.validator.writing.scratch import scratch_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class TemporaryFolder:
    """A folder for this user only; it is removed with this object, at the latest when the process ends, or by the next run if it is killed."""

    def __init__(self) -> None:
        stack = ExitStack()
        self.path = stack.enter_context(scratch_folder())
        self._made = 0
        self._finalizer = weakref.finalize(self, _here_only(stack.close))

    def new(self) -> TemporaryPart:
        """A new, empty folder in it, which keeps this one."""
        self._made += 1
        folder = self.path / str(self._made)
        folder.mkdir(mode=0o700)
        return TemporaryPart(folder, self)


class TemporaryPart:
    """A folder in a temporary one: the files of one result, removed with it."""

    def __init__(self, path: Path, of: TemporaryFolder | None = None) -> None:
        self.path = path
        self._of = of
        self.remove: Callable[[], object] = lambda: None
        if of is not None:
            self.remove = weakref.finalize(self, _here_only(lambda: shutil.rmtree(path, ignore_errors=True)))


def _here_only(action: Callable[[], object]) -> Callable[[], None]:
    """The same in this process; a fork of it, which holds the results as well, removes nothing when it ends."""
    process = os.getpid()

    def done_here() -> None:
        if os.getpid() == process:
            action()

    return done_here
