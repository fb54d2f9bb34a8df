"""A request from what people name: built-in names, files, or what is loaded already."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from logsyn.expectations.accepted import load_accepted
from logsyn.expectations.judgement import Judgement, load_judgement
from logsyn.expectations.practice import Practice, load_practice
from logsyn.expectations.scope import Scope, load_scope
from logsyn.expectations.selection import select
from logsyn.expectations.source import SourceProfile, load_source
from logsyn.expectations.suite import Suite, load_suite
from logsyn.validator.request import Limits, Request

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from logsyn.expectations.selection import RuleSelection

Loaded = TypeVar("Loaded", SourceProfile, Suite, Practice, Judgement, Scope)

NO_RULES = Suite("none", ())
"""Where no rule will be run."""


def request_of(
    extract: Sequence[Path],
    *,
    source: str | Path | SourceProfile | None = None,
    suite: str | Path | Suite = NO_RULES,
    practice: str | Path | Practice | None = None,
    as_of: date | None = None,
    database: Path | None = None,
    judgement: str | Path | Judgement = "default",
    accepted: Path | None = None,
    selection: RuleSelection | None = None,
    consequence: bool = True,
    scope: Path | Scope | None = None,
    limits: Limits | None = None,
) -> Request:
    """What is asked for: each declaration by its built-in name, by its file, or as it was loaded. ``as_of``: today unless given.

    Raises:
        DeclarationError: a source profile, suite, practice, judgement, accepted finding or scope cannot be used.
        TypeError: what was given for one of them is neither a name nor a file nor a loaded one.
        SelectionError: the selection leaves no rule.
    """
    suite = _loaded(suite, Suite, lambda name: load_suite(str(name))) or NO_RULES
    if selection:
        select(suite, selection)  # one that leaves nothing is told before anything is read
    return Request(
        extract=extract,
        source=_loaded(source, SourceProfile, lambda name: load_source(str(name))),
        suite=suite,
        practice=_loaded(practice, Practice, lambda name: load_practice(str(name))),
        as_of=as_of or date.today(),  # noqa: DTZ011 - the day where the user is
        database=database,
        judgement=_loaded(judgement, Judgement, lambda name: load_judgement(str(name), suite)),
        accepted=load_accepted(accepted, suite) if accepted else (),
        selection=selection or None,
        consequence=consequence,
        scope=_loaded(scope, Scope, lambda name: load_scope(Path(name))),
        limits=limits or Limits(),
    )


def _loaded(given: str | Path | Loaded | None, kind: type[Loaded], load: Callable[[str | Path], Loaded]) -> Loaded | None:
    """What was given, loaded if it is a name or a file; None where nothing was."""
    if given is None or isinstance(given, kind):
        return given
    if isinstance(given, str | Path):
        return load(given)
    raise TypeError(f"{given!r:.60} is no {kind.__name__}: give a built-in name, a YAML file, or a loaded {kind.__name__}")
