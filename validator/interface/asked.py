"""What is asked in Python's own words: days, keys, amounts; each is refused at once where it cannot be."""

from __future__ import annotations

import secrets
import threading
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from logsyn.validator.checking.great_expectations import load
from logsyn.validator.database.memory import LEAST, size_of, written
from logsyn.validator.progress import Progress
from logsyn.validator.request import Limits
from logsyn.validator.writing.keys import SHORTEST, project_key, weakness

if TYPE_CHECKING:
    from collections.abc import Iterator

    from logsyn.validator.interface.folder import TemporaryPart


def key_of(given: str | Path | bytes | None) -> bytes:
    """The key of pseudonyms: in a file or as it is; else one that nobody keeps, so that no pseudonym can be told from another log's.

    Raises:
        AuditError: the file is not there, is open to others, or holds no key.
        ValueError: these bytes are too few, or repeat.
    """
    if given is None:
        return secrets.token_bytes(SHORTEST)
    if not isinstance(given, bytes):
        return project_key(Path(given))
    if fault := weakness(given):
        raise ValueError(f"the key of pseudonyms cannot be used: {fault}; secrets.token_bytes(32) makes one")
    return given


def limits_of(memory: str | int | None, threads: int | None) -> Limits:
    """The limits of a run.

    Raises:
        ValueError: too little to work with, or no size.
    """
    if threads is not None and threads < 1:
        raise ValueError(f"threads={threads}: at least one is needed")
    size = size_of(memory) if isinstance(memory, str) else memory
    if size is not None and size < LEAST:
        raise ValueError(f"memory={memory}: the least that works is {written(LEAST)}")
    return Limits(None if size is None else int(size), threads)


def day_of(given: str | date | None) -> date | None:
    """A day, from ``2023-11-30`` or as it is.

    Raises:
        ValueError: it is written otherwise.
        TypeError: it is neither a text nor a day.
    """
    if isinstance(given, datetime):
        return given.date()
    if given is None or isinstance(given, date):
        return given
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise ValueError(f"as_of={given!r} is no day; write it as 2023-11-30") from None
    except TypeError:
        raise TypeError(f"as_of={given!r} is no day; give a text such as 2023-11-30, or a date") from None


def told(progress: Progress | None) -> Progress:
    """What is told of a run, also where nobody listens.

    Raises:
        TypeError: it is something else.
    """
    if progress is not None and not isinstance(progress, Progress):
        raise TypeError(f"progress={progress!r:.60}: give logsyn.Progress(function)")
    return progress or Progress()


def load_beside() -> None:
    """Begin to import Great Expectations while the extract is read. What goes wrong there comes again where it is needed."""
    threading.Thread(target=load, name="logsyn-loading", daemon=True).start()


@contextmanager
def removed_if_it_fails(files: TemporaryPart) -> Iterator[None]:
    """Within this block the files of a result are made; they are removed when it ends in an error."""
    try:
        yield
    except BaseException:
        files.remove()
        raise
