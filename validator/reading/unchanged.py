"""Files that must stay as they are while they are read: they are read several times, and what changes in between is no log."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from logsyn.validator.errors import ExtractError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    _Look = tuple[int, int, int, int] | None


@contextmanager
def unchanged(paths: Sequence[Path]) -> Iterator[None]:
    """Read files within this block. Any error in it is replaced by the error that a file has changed, if one has.

    Raises:
        ExtractError: a file was written to, replaced or removed meanwhile.
    """
    before = {path: _look(path) for path in paths}
    try:
        yield
    except Exception as error:
        _refuse_changed(before, error)
        raise
    _refuse_changed(before, None)


def _refuse_changed(before: dict[Path, _Look], error: Exception | None) -> None:
    for path, look in before.items():
        if look is not None and (now := _look(path)) != look:
            what = "was removed" if now is None else f"changed (it had {look[2]:,} bytes, and has {now[2]:,})"
            raise ExtractError(
                f"{path.name}: {what} while it was read",
                "Wait until nobody writes to it any more, or copy it and give the copy.",
            ) from error


def _look(path: Path) -> _Look:
    """What changes when a file is written to or replaced; None: it is not there."""
    try:
        about = path.stat()
    except OSError:
        return None
    return about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns
