"""The key of the pseudonyms for a command: the one that was asked for, or that of the project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.validator.commands.telling import note

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def key_of(path: Path | None, *results: Path | None) -> Callable[[], bytes]:
    """What gives the key, and makes it if need be, once the extract was read; it is looked at now. ``results``: folders in which an earlier result may be, beside those in the working folder.

    Raises:
        AuditError: it is not there, was lost, is open to others, or is no key.
    """
    from logsyn.validator.writing.keys import project_key, refuse_unusable  # noqa: PLC0415
    from logsyn.validator.writing.made_before import results_with_pseudonyms  # noqa: PLC0415

    refuse_unusable(path, lambda: results_with_pseudonyms(results))
    return lambda: project_key(path, lambda: results_with_pseudonyms(results), note)
