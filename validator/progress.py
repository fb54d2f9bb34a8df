"""How far a run is: its stages, told as data; and the wish to end it early, which it heeds between any two steps and within a query."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from logsyn.validator.errors import CancelledError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


class Stage(StrEnum):
    """The stages that runs are made of."""

    READING = "reading"
    SCOPING = "scoping"
    DERIVING = "deriving"
    CHECKING = "checking"
    GATHERING = "gathering"
    CONSEQUENCES = "working out consequences"
    REMEDYING = "remedying"
    HANDING_ON = "handing on"
    WRITING = "writing"
    PAGES = "writing the pages"


_WORK = {
    Stage.READING: 36,
    Stage.SCOPING: 5,
    Stage.DERIVING: 38,
    Stage.CHECKING: 15,
    Stage.GATHERING: 31,
    Stage.CONSEQUENCES: 70,
    Stage.REMEDYING: 15,
    Stage.HANDING_ON: 40,
    Stage.WRITING: 4,
    Stage.PAGES: 1,
}
"""How much work each stage is against the others: tenths of a CPU second at a million events, roughly; only the share that is told rests on it."""

_AGAIN_SECONDS = 0.02
"""So often a query is interrupted, since an interrupt that comes between two queries is lost."""


@dataclass(frozen=True)
class Step:
    """Where a run is: its stage, the share of all its work that lies behind it (0 to 1), and in a few words what is being done."""

    stage: Stage
    share: float
    doing: str


class Interruptible(Protocol):
    """A connection whose query can be ended from another thread."""

    def interrupt(self) -> None:
        """End the query that runs."""


class Progress:
    """One run: its stages are told through it, and ``cancel`` ends it from any thread.

    Args:
        told: is given each step, in the thread of the run.
    """

    def __init__(self, told: Callable[[Step], object] | None = None) -> None:
        self.seconds: dict[str, float] = {}
        """What each stage that has ended took, on the wall."""
        self._told = told
        self._plan: Sequence[Stage] = ()
        self._at = -1
        self._stage = Stage.READING
        self._begun: float | None = None
        self._connections: list[Interruptible] = []
        self._ending = threading.Lock()
        """Held while queries are interrupted, so that none is that comes after the block in which it may be."""
        self._cancelled = threading.Event()

    def plan(self, stages: Sequence[Stage]) -> None:
        """A run begins: say which stages will come, in their order; one may come twice. What an earlier run took is forgotten."""
        self._plan, self._at, self._begun, self.seconds = stages, -1, None, {}

    def stage(self, stage: Stage) -> None:
        """The next stage begins.

        Raises:
            CancelledError: somebody has cancelled the run.
        """
        self.heed()
        self._end_of_stage()
        after = [place for place, planned in enumerate(self._plan) if planned is stage and place > self._at]
        self._at = after[0] if after else self._at
        self._stage = stage
        self(str(stage))

    def end(self) -> None:
        """The latest stage has ended, and the whole with it.

        Raises:
            CancelledError: somebody has cancelled the run meanwhile.
        """
        self._end_of_stage()
        self.heed()
        if self._told is not None:
            self._told(Step(self._stage, 1.0, "done"))

    def __call__(self, doing: str) -> None:
        """Tell what is being done within the stage.

        Raises:
            CancelledError: somebody has cancelled the run.
        """
        self.heed()
        if self._told is not None:
            self._told(Step(self._stage, self.share, doing))

    @property
    def share(self) -> float:
        """The share of the planned work that lies behind, by the usual work of each stage; 0 where nothing is planned."""
        work = [_WORK[stage] for stage in self._plan]
        return sum(work[: max(self._at, 0)]) / sum(work) if work else 0.0

    def cancel(self) -> None:
        """End the run as soon as may be: it ends with ``CancelledError`` and leaves nothing behind. From any thread, and more than once."""
        if not self._cancelled.is_set():
            self._cancelled.set()
            threading.Thread(target=self._interrupt, daemon=True).start()

    def heed(self) -> None:
        """Break off if the run was cancelled.

        Raises:
            CancelledError: it was.
        """
        if self._cancelled.is_set():
            raise CancelledError("the run was cancelled")

    @contextmanager
    def ending(self, *connections: Interruptible) -> Iterator[None]:
        """Within this block ``cancel`` ends the queries of these connections, and what comes of that is ``CancelledError``."""
        self._connections += connections
        try:
            self.heed()
            yield
        except Exception:
            self.heed()
            raise
        finally:
            with self._ending:
                for one in connections:
                    self._connections.remove(one)

    def _interrupt(self) -> None:
        while self._connections:
            with self._ending:
                for one in self._connections:
                    one.interrupt()
            time.sleep(_AGAIN_SECONDS)

    def _end_of_stage(self) -> None:
        now = time.monotonic()
        if self._begun is not None:
            self.seconds[self._stage] = self.seconds.get(self._stage, 0.0) + now - self._begun
        self._begun = now
