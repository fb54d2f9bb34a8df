"""Examples of rules about labels: a label that enough cases have, with what is known of it; of the others their common template at most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.validator.disclosure.size import is_small
from logsyn.validator.findings.common_names import common_activities, common_teams, common_templates
from logsyn.validator.findings.plain import plain
from logsyn.validator.record import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import duckdb

    from logsyn.validator.findings.candidates import Candidate
    from logsyn.validator.record import Value

OTHER_LABELS = frozenset({"distorted_of", "synonym_of", "differs_by_case_from", "base_label"})
"""What names another label of the log."""

TEMPLATE, TEAM = "label_template", "overload_team"
OF_TEMPLATE = frozenset({TEMPLATE, "label_variants"})
COUNTS = ("_events", "_cases")
"""How the names of counts end that are not shown when they are small."""


def label_examples(
    connection: duckdb.DuckDBPyConnection, of_rules: Mapping[int, list[Candidate]], most: int
) -> dict[int, list[Evidence]]:
    """Examples of rules about labels, by the rule's number: facts of a label that at least five cases have, and of no row of it.

    A label of fewer cases is not shown, nor what resembles it: where it is one of several that are made alike, with an id or a name in
    them, their template is, if at least five cases have one of those.
    """
    told = [(one, one.told()) for own in of_rules.values() for one in own]
    labels = _texts([values.get(name) for _, values in told for name in OTHER_LABELS] + [one.row["activity"] for one, _ in told])
    activities = common_activities(connection, labels)
    templates = common_templates(connection, _texts(values.get(TEMPLATE) for _, values in told))
    teams = common_teams(connection, _texts(values.get(TEAM) for _, values in told))

    def may_be_shown(name: str, value: object) -> bool:
        if name in OTHER_LABELS:
            return value in activities
        if name in (TEMPLATE, TEAM):
            return value in (templates if name == TEMPLATE else teams)
        return not (name.endswith(COUNTS) and isinstance(value, int) and is_small(value))

    def example(one: Candidate) -> Evidence:
        shown: dict[str, Value] = {
            name: plain(value) for name, value in one.told().items() if may_be_shown(name, value)
        }
        if one.row["activity"] in activities:
            return Evidence(activity=one.row["activity"], values=shown)
        return Evidence(values={name: value for name, value in shown.items() if name in OF_TEMPLATE and TEMPLATE in shown})

    return {number: _different([example(one) for one in own])[:most] for number, own in of_rules.items()}


def _texts(values: Iterable[object]) -> list[str]:
    return [value for value in values if isinstance(value, str)]


def _different(examples: list[Evidence]) -> list[Evidence]:
    return [one for at, one in enumerate(examples) if one != Evidence() and one not in examples[:at]]
