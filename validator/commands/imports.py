"""Imports what takes seconds while something else is done: Great Expectations, pandas, and the pages."""

from __future__ import annotations

import gc
import sys
import threading
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import ModuleType

LATER = frozenset({"altair", "scipy.stats"})
"""What Great Expectations imports at once and only expectations about distributions use: a third of its time of import."""

_TURN_SECONDS = 0.0005
"""How long a thread that imports may go on when another wants to go on; 5 ms otherwise, at each of many short queries."""


DEAREST = "great_expectations.expectations"
"""Where this module is there, nothing is left that takes seconds."""

_ONE_AT_A_TIME = threading.Lock()
"""What is set while modules are imported holds for the whole process: two audits at once must not set it over each other."""


class _Later(MetaPathFinder):
    """Has a module loaded at its first use, as ``importlib.util.LazyLoader`` describes."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname not in LATER:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = LazyLoader(spec.loader)
        return spec


class Importing(threading.Thread):
    """Imports in a thread of its own; what goes wrong there is raised where it is waited for."""

    def __init__(self, further: Callable[[], object] | None) -> None:
        super().__init__(daemon=True)
        self._further = further
        self._fault: BaseException | None = None

    def run(self) -> None:
        """Import, and keep a fault."""
        try:
            _import(self._further)
        except BaseException as fault:  # noqa: BLE001 - raised in the thread that waits
            self._fault = fault

    def join(self, timeout: float | None = None) -> None:
        """Wait for the end.

        Raises:
            ImportError: a package is missing or broken.
        """
        super().join(timeout)
        if self._fault is not None:
            raise self._fault


@contextmanager
def imported_beside(further: Callable[[], object] | None = None) -> Iterator[None]:
    """Within this block what an audit needs after it has read is imported in a thread of its own, which has ended afterwards.

    What is needed before that waits for it, as Python's imports do. ``further`` is called at the end, in the same thread.

    Raises:
        ImportError: a package is missing or broken.
    """
    thread = Importing(further)
    thread.start()
    yield
    thread.join()


def _import(further: Callable[[], object] | None) -> None:
    with _ONE_AT_A_TIME:
        if DEAREST in sys.modules:
            _load(further)  # nothing is left to import: no garbage is kept for good, and nobody's turns are shortened
        else:
            with _quickly():
                _load(further)


def _load(further: Callable[[], object] | None) -> None:
    import pandas as pd  # noqa: F401, PLC0415

    from logsyn.validator.checking import great_expectations  # noqa: PLC0415

    great_expectations.load()
    from logsyn.validator.commands import pages  # noqa: F401, PLC0415
    from logsyn.validator.run import examine  # noqa: F401, PLC0415

    if further is not None:
        further()


@contextmanager
def _quickly() -> Iterator[None]:
    """Within this block modules are imported without looking for garbage among their tens of thousands of new objects; they stay."""
    finder, turn = _Later(), sys.getswitchinterval()
    sys.meta_path.insert(0, finder)
    sys.setswitchinterval(_TURN_SECONDS)
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
        sys.setswitchinterval(turn)
        sys.meta_path.remove(finder)
