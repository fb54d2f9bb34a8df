"""A selection of the rules of a suite, by id, table, severity and dimension."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from logsyn.expectations.rule import Rule
    from logsyn.expectations.suite import Suite


class SelectionError(Exception):
    """Nothing is left of a suite, or a rule is named that it does not have; the message lists what there is."""


@dataclass(frozen=True)
class RuleSelection:
    """What a rule must be to be run: one of each kind that is given. Nothing given: every rule."""

    rules: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()
    dimensions: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is asked."""
        return bool(self.rules or self.tables or self.severities or self.dimensions)

    def takes(self, rule: Rule) -> bool:
        """Whether a rule is selected."""
        asked = (
            (self.rules, rule.id),
            (self.tables, rule.table),
            (self.severities, rule.severity),
            (self.dimensions, rule.dimension),
        )
        return all(not wanted or value in wanted for wanted, value in asked)


def select(suite: Suite, selection: RuleSelection) -> Suite:
    """The suite with the selected rules only, in its order.

    Raises:
        SelectionError: an unknown rule id, or no rule is left.
    """
    known = [rule.id for rule in suite.rules]
    for name in selection.rules:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise SelectionError(f"the suite {suite.name} has no rule {name!r}.{hint}\n{_listed(suite.rules)}")
    rules = tuple(rule for rule in suite.rules if selection.takes(rule))
    if not rules:
        raise SelectionError(f"no rule of the suite {suite.name} is all of what was asked.\n{_listed(suite.rules)}")
    return replace(suite, rules=rules)


def _listed(rules: Sequence[Rule]) -> str:
    width = max((len(rule.id) for rule in rules), default=0)
    lines = [f"  {rule.id:<{width}}  {rule.table:<6}  {rule.severity:<8}  {rule.dimension}" for rule in rules]
    return "\n".join(["Its rules (id, table, severity, dimension):", *lines])
