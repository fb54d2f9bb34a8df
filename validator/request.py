"""What is asked of a run: the one place for all that decides its figures, and for the limits that it keeps."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from logsyn.expectations.judgement import load_judgement
from logsyn.expectations.selection import select

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from logsyn.expectations.accepted import AcceptedFinding
    from logsyn.expectations.judgement import Judgement
    from logsyn.expectations.practice import Practice
    from logsyn.expectations.rule import Rule
    from logsyn.expectations.scope import Scope
    from logsyn.expectations.selection import RuleSelection
    from logsyn.expectations.source import SourceProfile
    from logsyn.expectations.suite import Suite


@dataclass(frozen=True)
class Limits:
    """What a run may take of the machine. ``memory``: bytes at the peak of all of it, half of the machine's unless given; ``threads``: of DuckDB, every core unless given."""

    memory: int | None = None
    threads: int | None = None


@dataclass(frozen=True)
class Request:
    """What is to be audited, and how.

    ``source``: None: the headers decide. ``database``: where the tables are kept when somebody
    wants to look into them. ``judgement``: None: the default one. ``selection``: run only these rules of ``suite``, which stays whole here.
    ``consequence``: work out what each finding means for the analysis. ``scope``: audit this part only.
    """

    extract: Sequence[Path]
    source: SourceProfile | None
    suite: Suite
    practice: Practice | None
    as_of: date
    database: Path | None = None
    judgement: Judgement | None = None
    accepted: Sequence[AcceptedFinding] = ()
    selection: RuleSelection | None = None
    consequence: bool = True
    scope: Scope | None = None
    limits: Limits = field(default_factory=Limits)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that are run."""
        return select(self.suite, self.selection).rules if self.selection else self.suite.rules

    @cached_property
    def judged_by(self) -> Judgement:
        """The judgement that was asked for, or the default one."""
        return self.judgement or load_judgement("default")
