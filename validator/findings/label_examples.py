"""Examples of rules about labels: a label that enough cases have, with what is known of it; of the others their common template at most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.validator.findings.common_names import common_activities, common_teams, common_templates
from logsyn.validator.findings.told_figures import told_figures
from logsyn.validator.findings.told_groups import ToldGroups
from logsyn.validator.record import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import duckdb

    from logsyn.validator.findings.candidates import Candidate

OTHER_LABELS = frozenset({"distorted_of", "synonym_of", "differs_by_case_from", "base_label"})
"""What names another label of the log."""

TEMPLATE, TEAM = "label_template", "overload_team"
OF_TEMPLATE = frozenset({TEMPLATE, "label_variants"})
COUNTS_OF_OTHERS = {"distorted_of": "distorted_of_events", "synonym_of": "synonym_of_events"}
"""Which other label a count is of."""


def label_examples(
    connection: duckdb.DuckDBPyConnection,
    of_rules: Mapping[int, list[Candidate]],
    groups: Mapping[int, ToldGroups],
    have: frozenset[str],
    most: int,
) -> dict[int, list[Evidence]]:
    """Examples of rules about labels, by the rule's number: facts of a label that at least five cases and employees have, and of no row of it.

    A label of fewer, or one whose figures the breakdown of its rule hides, is not shown, nor what resembles it: where it is one of several
    that are made alike, with an id or a name in them, their template is, if at least five cases have one of those.
    """
    told = [(one, one.told()) for own in of_rules.values() for one in own]
    labels = _texts([values.get(name) for _, values in told for name in OTHER_LABELS] + [one.row["activity"] for one, _ in told])
    activities = common_activities(connection, labels, have)
    templates = common_templates(connection, _texts(values.get(TEMPLATE) for _, values in told), have)
    teams = common_teams(connection, _texts(values.get(TEAM) for _, values in told), have)

    def example(one: Candidate, of_rule: ToldGroups) -> Evidence:
        values = one.told()
        others = {name for name in OTHER_LABELS if values.get(name) in activities and of_rule.may_name(str(values[name]))}
        may = others | ({TEMPLATE} if values.get(TEMPLATE) in templates else set()) | ({TEAM} if values.get(TEAM) in teams else set())
        shown = told_figures({name: value for name, value in values.items() if name not in (*OTHER_LABELS, TEMPLATE, TEAM) or name in may})
        for other, count in COUNTS_OF_OTHERS.items():
            if values.get(other) not in of_rule.activities or other not in others:
                shown.pop(count, None)  # told in the breakdown of the rule, or not at all
        if one.row["activity"] in activities and one.row["activity"] in of_rule.activities:
            return Evidence(activity=one.row["activity"], values=shown)
        return Evidence(values={name: value for name, value in shown.items() if name in OF_TEMPLATE and TEMPLATE in shown})

    return {
        number: _different([example(one, groups.get(number, ToldGroups())) for one in own])[:most]
        for number, own in of_rules.items()
    }


def _texts(values: Iterable[object]) -> list[str]:
    return [value for value in values if isinstance(value, str)]


def _different(examples: list[Evidence]) -> list[Evidence]:
    return [one for at, one in enumerate(examples) if one != Evidence() and one not in examples[:at]]
