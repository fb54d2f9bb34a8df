"""What remedies work on: the columns of an audited log, the rules that were run, the day and the key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from logsyn.validator.checking.check import Checked


@dataclass(frozen=True)
class Material:
    """A log that has been audited: ``rows``, ``event_facts`` and ``violations`` are in the database.

    ``mapped``: the columns of ``rows`` that the extract filled. ``texts``: those of them that hold text. ``have``: the columns of ``events``
    that mean something. ``rules``: number by id of the rules that were run. ``key``: of the hashes of values and of pseudonyms;
    None: no value is hashed. ``persons``: the columns that hold employees.
    """

    mapped: frozenset[str]
    texts: tuple[str, ...]
    have: frozenset[str]
    rules: Mapping[str, int]
    as_of: date
    key: bytes | None
    persons: frozenset[str] = frozenset()


def rules_run(checked: list[Checked]) -> dict[str, int]:
    """Number by id of the rules that were run and did not break."""
    return {one.rule.id: one.number for one in checked if one.result and one.result.outcome != "error"}
