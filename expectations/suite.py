"""The suite: which checks, how strict; loaded with everything it extends into the rules that the audit runs."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from logsyn.expectations.catalogue import Dimension, Table, load_catalogue
from logsyn.expectations.declaration import (
    Declared,
    DeclaredText,
    Name,
    as_model,
    is_built_in,
    is_there,
    line_of,
    locate,
    read_yaml,
)
from logsyn.expectations.errors import DeclarationError, shown
from logsyn.expectations.rule import Rule, rule_from_check
from logsyn.expectations.severity import Severity
from logsyn.expectations.stock import stock_rule

if TYPE_CHECKING:
    from collections.abc import Container
    from pathlib import Path

MOST_RULES = 20_000
"""Of one suite, with what it inherits."""

MOST_LEVELS = 20
"""So many suites may extend one another in a chain."""

_RULE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,79}")


class AskedRule(Declared):
    """One entry of a suite: ``check`` with its parameters as further keys, or ``expect`` with ``args``.

    ``when_mapped``: an extract without the columns that it needs is no finding, so that a suite can speak of columns that few logs have.
    """

    model_config = ConfigDict(extra="allow", frozen=True)

    check: str | None = None
    expect: str | None = None
    id: str | None = None
    table: Table = "events"
    args: dict[str, Any] = {}
    title: DeclaredText | None = None
    severity: Severity | None = None
    dimension: Dimension | None = None
    mostly: Annotated[float, Field(gt=0, le=1)] | None = None
    where: dict[str, Any] = {}
    when_mapped: bool = False

    def overrides(self) -> dict[str, Any]:
        """What the suite says in place of the catalogue: severity, dimension, mostly, where, title."""
        return {name: getattr(self, name) for name in ("severity", "dimension", "mostly", "where", "title")}

    @model_validator(mode="after")
    def _one_kind(self) -> AskedRule:
        if (self.check is None) == (self.expect is None):
            message = "give either `check` (from the catalogue) or `expect` (a stock expectation)"
            raise ValueError(message)
        return self


class SuiteFile(Declared):
    """The YAML of a suite. ``without`` leaves out rules, by id, of what it extends."""

    suite: Name
    title: DeclaredText | None = None
    extends: Annotated[list[str], BeforeValidator(lambda value: value if isinstance(value, list) else [value])] = []
    without: list[str] = []
    rules: list[AskedRule] = []


@dataclass(frozen=True)
class Suite:
    """A suite with everything it extends: rule ids are unique, the order is that of the files."""

    name: str
    rules: tuple[Rule, ...]


def load_suite(name_or_path: str) -> Suite:
    """A built-in suite by its name, or one from a YAML file, with the suites that it extends.

    A rule with the id of an inherited one takes its place.

    Raises:
        DeclarationError: not found, not valid, a circle of extensions, an unknown check or parameter; with file and line.
    """
    return _load(locate(name_or_path, "suites"), (), {})


def _load(path: Path, above: tuple[Path, ...], loaded: dict[Path, Suite]) -> Suite:
    """A suite with what it extends; each file is read once, however many others extend it."""
    file = path.resolve()
    if file in loaded:
        return loaded[file]
    if file in above:
        raise DeclarationError("extends itself, by way of " + " → ".join(step.name for step in above), path=path)
    if len(above) >= MOST_LEVELS:
        raise DeclarationError(f"is the suite of a suite, and so on, more than {MOST_LEVELS} times", path=path)
    content = read_yaml(path)
    declared = as_model(content, SuiteFile, path)
    rules: dict[str, Rule] = {}
    for number, base in enumerate(declared.extends):
        rules |= {rule.id: rule for rule in _load(_base(base, path, content, number), (*above, file), loaded).rules}
    for number, rule_id in enumerate(declared.without):
        if rules.pop(rule_id, None) is None:
            line = line_of(content, ["without", number])
            raise DeclarationError(f"leaves out {shown(rule_id)}, which it does not inherit", path=path, line=line)
    rules |= _own_rules(declared, content, path)
    if len(rules) > MOST_RULES:
        hint = "Divide it into several suites, and audit with each."
        raise DeclarationError(f"has {len(rules):,} rules; the most is {MOST_RULES:,}", path=path, hint=hint)
    loaded[file] = Suite(name=declared.suite, rules=tuple(rules.values()))
    return loaded[file]


def _own_rules(declared: SuiteFile, content: Any, path: Path) -> dict[str, Rule]:
    own: dict[str, Rule] = {}
    is_users = not is_built_in(path, "suites")
    for number, asked in enumerate(declared.rules):
        try:
            rule = _as_rule(asked)
            _judge_id(rule.id, own)
        except ValueError as error:
            line = line_of(content, ["rules", number, *getattr(error, "where", ())])
            raise DeclarationError(str(error), path=path, line=line) from error
        place = f"{path.name}:{line_of(content, ['rules', number])}"
        own[rule.id] = replace(rule, place=place, when_mapped=asked.when_mapped, own=is_users)
    return own


def _base(name_or_path: str, path: Path, content: Any, number: int) -> Path:
    beside = path.parent / name_or_path
    if is_there(beside):
        return beside
    try:
        return locate(name_or_path, "suites")
    except DeclarationError as error:
        line = line_of(content, ["extends", number])
        raise DeclarationError(
            f"extends {shown(name_or_path)}, which is not there", path=path, line=line, hint=error.hint
        ) from error


def _as_rule(asked: AskedRule) -> Rule:
    extra = asked.model_extra or {}
    if asked.expect is not None:
        return stock_rule(asked.expect, asked.id, asked.table, asked.args, extra, asked.overrides())
    catalogue = load_catalogue()
    if asked.check not in catalogue:
        message = f"no check is called {shown(asked.check)}; the catalogue has: {', '.join(catalogue)}"
        raise ValueError(message)
    check = catalogue[asked.check]
    if asked.args:
        message = f"`args` goes with `expect`; the parameters of {check.check} are keys of their own"
        raise ValueError(message)
    return rule_from_check(check, asked.id or check.check, extra, asked.overrides())


def _judge_id(rule_id: str, own: Container[str]) -> None:
    if not _RULE_ID.fullmatch(rule_id):
        message = f"the rule id {shown(rule_id)} must be letters, digits and - _ . : (at most 80)"
        raise ValueError(message)
    if rule_id in own:
        message = f"the rule id {shown(rule_id)} stands twice; give one of the rules an `id` of its own"
        raise ValueError(message)
