"""What is said when memory or disk do not suffice: how much is wanted, what there is, and what to do."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

import duckdb

from logsyn.validator.database.memory import LEAST, machine_memory, written
from logsyn.validator.errors import ShortageError
from logsyn.validator.writing.disks import mount_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from logsyn.validator.database.memory import Agreement

WANTED_OF_EXTRACT = 4.0
"""Memory and disk together that an audit with consequences takes, by the size of the extract: 3.8 times at 1 and at 5 million events."""

_OF_DISK = ("max_temp_directory_size", "No space left on device", "failed to offload")


def memory_of(connection: duckdb.DuckDBPyConnection) -> int:
    """The bytes that DuckDB may hold in memory."""
    query = "SELECT parse_formatted_bytes(current_setting('memory_limit'))"
    return int(connection.execute(query).fetchall()[0][0])


@contextmanager
def shortage_told(work: Path, memory: Agreement) -> Iterator[None]:
    """Within this block a lack of memory, or of disk for what does not fit into it, is told as such, whoever met it.

    Args:
        work: the folder of what is spilled.
        memory: what was agreed.

    Raises:
        ShortageError: what there is does not suffice.
    """
    try:
        yield
    except Exception as error:
        cause = lacking(error)
        if cause is None:
            raise
        raise _told(cause, work, memory) from error


def refuse_too_little_disk(sizes: int, work: Path, of_duckdb: int) -> None:
    """Make sure, before an extract is loaded, that the disk can hold what will not fit into memory.

    Args:
        sizes: bytes of the plain files of the extract.
        work: the folder of what is spilled.
        of_duckdb: bytes that DuckDB may hold in memory.

    Raises:
        ShortageError: the disk clearly cannot: it has less than half of what such an extract mostly wants.
    """
    wanted = int(WANTED_OF_EXTRACT * sizes) - of_duckdb
    if wanted <= 0:
        return
    free = shutil.disk_usage(work if work.exists() else work.parent).free
    if free < wanted // 2:
        raise ShortageError(
            f"the disk of {work.parent} does not suffice: an extract of {written(sizes)} wants some {written(wanted)} for temporary files, "
            f"and {written(free)} are free",
            "Let TMPDIR name a folder on a larger disk, or give more memory with --memory.",
        )


def lacking(error: BaseException) -> BaseException | None:
    """The lack of memory or of disk for spilled tables from which an error comes, whatever it was wrapped in; None: it comes from another cause."""
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        if isinstance(one, MemoryError | duckdb.OutOfMemoryException):
            return one
        if isinstance(one, duckdb.IOException) and "duckdb_temp" in str(one) and "No space left" in str(one):
            return one
        one = getattr(one, "orig", None) or one.__cause__ or one.__context__
    return None


def _told(cause: BaseException, work: Path, memory: Agreement) -> ShortageError:
    if any(mark in str(cause) for mark in _OF_DISK):
        return _of_disk(work)
    return _of_memory(memory)


def _of_memory(memory: Agreement) -> ShortageError:
    there, wanted = machine_memory(), max(2 * memory.total, 2 * LEAST)
    agreed = f"{written(memory.total)} {'were agreed' if memory.given else 'may be used, half of what there is'}"
    advice = (
        f"Give more, such as --memory {written(wanted).replace(' ', '')}."
        if wanted <= there
        else "Give all that can be spared with --memory, run it on a larger machine, or audit a part with --scope."
    )
    return ShortageError(
        f"memory does not suffice: {agreed}, more is wanted, and this machine lets a run have {written(there)}", advice
    )


def _of_disk(work: Path) -> ShortageError:
    free = shutil.disk_usage(work).free
    held = sum(file.stat().st_size for file in work.rglob("*") if file.is_file())
    return ShortageError(
        f"the disk at {mount_of(work)}, where temporary files go ({work.parent}), does not suffice: {written(held)} are used by this run, more is wanted, and {written(free)} are free",
        "Let TMPDIR name a folder on a larger disk, or give more memory with --memory, so that less is put on disk.",
    )
