"""Reads an ``audit.json``, of this version or an earlier one, whoever may have written it: every limit is told, nothing is waited for."""

from __future__ import annotations

import json
import math
import os
import stat
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from logsyn.validator.record.audit import SCHEMA, Audit
from logsyn.validator.record.migration import migrated
from logsyn.validator.record.written import id_of, sealed

if TYPE_CHECKING:
    from pathlib import Path

FILE = "audit.json"

MOST_BYTES = 512 * 2**20
"""An audit with 10,000 rules has some 100 MB."""

MOST_VALUES = 20_000_000
"""So many lists, mappings and values a file may hold, each of which takes some 100 bytes of memory."""

MOST_LEVELS = 60
"""So deep may lists and mappings be nested; ours are at most 10 deep."""

MOST_NUMBER = 2**128
"""Below it lie all whole numbers that the engine knows."""

_READ_AT_ONCE = 2**24
_SHOWN = 200


class RecordError(ValueError):
    """A file is no record of an audit. ``problem``: what is wrong; ``hint``: what to do."""

    def __init__(self, problem: str, hint: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.hint = hint


def load(path: Path) -> Audit:
    """The audit in a report folder, or in a file; it has the id of what it holds.

    Raises:
        RecordError: there is none, it is not one that this version knows, or it was changed after it was written.
    """
    file = path / FILE if path.is_dir() else path
    try:
        content = _parsed(_bytes_of(file))
        _check_limits(content)
        _check_id(content)
        audit = Audit.model_validate(migrated(content), strict=True)
        return audit if audit.id else sealed(audit)
    except OSError as error:
        raise RecordError(
            f"{file}: cannot be read ({error.strerror or error})", "Give the folder that logsyn audit wrote with --out."
        ) from error
    except _ChangedError:
        raise RecordError(
            f"{file}: was changed after logsyn wrote it: its id is not that of what it holds",
            "Take the file as it was written, or audit the extract again.",
        ) from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise RecordError(
            f"{file}: is no audit of this version of logsyn ({_told(error)})", "Audit the extract again."
        ) from error


class _ChangedError(Exception):
    """The id of a record is not that of its content."""


def _bytes_of(file: Path) -> bytes:
    """The bytes of a regular file that is not too large.

    Raises:
        OSError: it cannot be read, or is no file: nothing waits for a pipe, a device or a terminal.
    """
    if not stat.S_ISREG(file.stat().st_mode):
        raise OSError(0, "it is no file")
    handle = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as opened:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):  # it was put in the place of the file meanwhile
            raise OSError(0, "it is no file")
        content = b"" if about.st_size > MOST_BYTES else opened.read(MOST_BYTES + 1)
    if max(about.st_size, len(content)) > MOST_BYTES:
        raise OSError(0, f"it has more than {MOST_BYTES // 2**20} MiB")
    return content


def _parsed(content: bytes) -> dict[str, Any]:
    if sum(content.count(mark) for mark in (b"[", b"{", b",")) > MOST_VALUES:
        raise ValueError(f"it holds more than {MOST_VALUES:,} values")
    record = json.loads(content.decode(), parse_constant=_no_number)
    return record if isinstance(record, dict) else {}


def _no_number(text: str) -> None:
    raise ValueError(f"it holds {text}, which is no number")


def _check_limits(content: dict[str, Any]) -> None:
    level: list[Any] = [content]
    for _ in range(MOST_LEVELS):
        below: list[Any] = []
        for value in level:
            if isinstance(value, dict):
                below += value.values()
            elif isinstance(value, list):
                below += value
            elif _is_beyond(value):
                raise ValueError("it holds a number beyond all that can be counted")
        level = below
    if level:
        raise ValueError(f"it is nested more than {MOST_LEVELS} levels deep")


def _is_beyond(value: object) -> bool:
    if isinstance(value, float):
        return not math.isfinite(value)
    return isinstance(value, int) and abs(value) >= MOST_NUMBER


def _check_id(content: dict[str, Any]) -> None:
    """Make sure that a record which has an id is as it was written; version 1 had none."""
    if content.get("schema") == SCHEMA and content.get("id") != id_of(content):
        raise _ChangedError


def _told(error: Exception) -> str:
    """What is wrong with a file, in a few words; nothing of it is shown that is longer."""
    match error:
        case ValidationError():
            first = error.errors(include_url=False, include_input=False)[0]
            said = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
        case json.JSONDecodeError():
            said = f"it is no JSON: line {error.lineno}, column {error.colno}: {error.msg}"
        case UnicodeError():
            said = "it is no UTF-8"
        case RecursionError():
            said = f"it is nested more than {MOST_LEVELS} levels deep"
        case MemoryError():
            said = "it takes more memory than there is"
        case _:
            said = str(error)
    return said if len(said) <= _SHOWN else f"{said[:_SHOWN]}…"
