"""Suggests: reads an extract, drafts source profile, practice and suite, and holds a declaration against them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from logsyn.expectations.practice import load_practice
from logsyn.expectations.source import load_source
from logsyn.expectations.suite import load_suite
from logsyn.validator.database.connection import open_plain_database
from logsyn.validator.database.memory import agreement
from logsyn.validator.database.wall import wall_in
from logsyn.validator.derive.columns import RESERVED_NAMES
from logsyn.validator.derive.tables import derive
from logsyn.validator.findings.persons import personal_data
from logsyn.validator.reading.audited import same_extract
from logsyn.validator.reading.extract import read_extract
from logsyn.validator.reading.written import how_written
from logsyn.validator.recorded import load_audit
from logsyn.validator.suggesting.against import Deviation, differences, kind_of, table
from logsyn.validator.suggesting.practice import draft_practice
from logsyn.validator.suggesting.remedies import draft_remedies
from logsyn.validator.suggesting.source import draft_source
from logsyn.validator.suggesting.suite import draft_suite
from logsyn.validator.suggesting.wording import NoteWording
from logsyn.validator.writing.scratch import scratch_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    import duckdb

    from logsyn.validator.reading.extract import Reading
    from logsyn.validator.suggesting.draft import Draft

SUITE = "base"
"""What a drafted suite extends, and what decides which labels are said to carry several meanings."""

OVERLOADED = "SELECT activity FROM labels WHERE overload_way IS NOT NULL ORDER BY activity"


@dataclass(frozen=True)
class DraftRequest:
    """What drafts are made of, and for whom. ``against``: a declaration that is held against the draft of its kind.

    ``audit``: the report folder of an audit of this extract, of which remedies are drafted. ``memory``: bytes that all of it
    may hold at its peak.
    """

    extract: Sequence[Path]
    source: str | None
    practice: str | None
    as_of: date
    lang: str
    against: Path | None = None
    audit: Path | None = None
    memory: int | None = None


@dataclass(frozen=True)
class Suggested:
    """The drafts, and the differences to the declaration that they were held against (None: none was given)."""

    drafts: list[Draft]
    differences: list[Deviation] | None = None


def suggest(asked: DraftRequest, folder: Path, tell: Callable[[str], None]) -> Suggested:
    """Draft a source profile, a practice and a suite into ``folder``; remedies from an audit; ``against.md`` when a declaration is given.

    Raises:
        AuditError: the extract cannot be read, or the audit is not one of this extract.
        DeclarationError: the profile, or what the drafts are held against, cannot be read.
    """
    kind = kind_of(asked.against) if asked.against else None
    say = NoteWording(asked.lang)
    drafts = _drafts(asked, say, tell)
    for draft in drafts:
        (folder / draft.file).write_text(draft.text(), encoding="utf-8")
    if asked.against is None:
        return Suggested(drafts)
    found = differences(asked.against, next(draft for draft in drafts if draft.kind == kind), say)
    (folder / "against.md").write_text(table(found, asked.against, say), encoding="utf-8")
    return Suggested(drafts, found)


def _drafts(asked: DraftRequest, say: NoteWording, tell: Callable[[str], None]) -> list[Draft]:
    profile = load_source(asked.source) if asked.source else None
    audit = load_audit(asked.audit) if asked.audit else None
    with scratch_folder() as scratch, open_plain_database(scratch, agreement(asked.memory)) as connection:
        reading = read_extract(connection, asked.extract, profile, scratch, tell, reserved=RESERVED_NAMES)
        wall_in(connection)
        if audit is not None:
            same_extract(audit, reading)
        tell("deriving")
        have = _derive(connection, asked, reading)
        tell("drafting")
        overloaded = [label for (label,) in connection.execute(OVERLOADED).fetchall()]
        drafts = [
            draft_source(reading, personal_data(connection, reading.columns), say),
            draft_practice(connection, have, overloaded, say),
            draft_suite(connection, reading, have, SUITE, say),
            draft_remedies(audit, say) if audit is not None else None,
        ]
        return [draft for draft in drafts if draft is not None and draft.says_something]


def _derive(connection: duckdb.DuckDBPyConnection, asked: DraftRequest, reading: Reading) -> frozenset[str]:
    return derive(
        connection,
        mapped=frozenset(column.name for column in reading.columns),
        written=how_written(reading.columns),
        texts=[],
        formats=[],
        zone=reading.timezone,
        practice=load_practice(asked.practice) if asked.practice else None,
        as_of=asked.as_of,
        rules=load_suite(SUITE).rules,
        named=("overload_way",),
    )["events"]
