"""Small groups taken out of an audit: the one place where a figure of a group is put away, over all that is published together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.validator.consequence import far_ends, split, two_clocks
from logsyn.validator.disclosure.size import is_small
from logsyn.validator.disclosure.tens import in_tens, roughly
from logsyn.validator.findings import agreed, breakdown_cells, horizon, horizon_cells, label_use, registration
from logsyn.validator.findings.acceptance import protect_acceptance
from logsyn.validator.record import Consequence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from logsyn.validator.disclosure.cells import Cell
    from logsyn.validator.record import Arc, Audit, Comparison, Finding, Registration, Ties, TwoClocks, Verdict


def without_small_groups(audit: Audit, visible: AbstractSet[Cell]) -> Audit:
    """The audit as it may be published.

    Args:
        audit: with all figures in it.
        visible: the cells that may be shown.
    """
    findings = [_finding(one, visible) for one in audit.findings]
    few_left = {one.rule for one in findings if one.acceptance and one.acceptance.hidden}
    return audit.model_copy(
        update={
            "findings": [_without_what_is_left(one) if one.rule in few_left else one for one in findings],
            "verdict": _without_obstacles(audit.verdict, few_left),
            "registration": _registration(audit.registration, visible),
            "agreed": None if audit.agreed is None else agreed.withheld(audit.agreed, visible),
        }
    )


def _finding(finding: Finding, visible: AbstractSet[Cell]) -> Finding:
    shown = {
        "breakdowns": breakdown_cells.withheld(finding.breakdowns, finding.rule, visible),
        "consequence": _consequence(finding, visible),
    }
    return protect_acceptance(finding.model_copy(update=shown))


def _without_what_is_left(finding: Finding) -> Finding:
    """A finding of which few are left that are not accepted, or few are accepted: what those that are left do to the analysis tells how many they are."""
    known = finding.consequence
    told = {"observed": known.observed, "as_if": known.as_if, "remedy": known.remedy}
    return finding.model_copy(update={"consequence": Consequence.model_validate(told)})


def _without_obstacles(verdict: Verdict, rules: AbstractSet[str]) -> Verdict:
    """The verdict, in which these rules stand in the way without the figures of what they do."""
    questions = [
        one.model_copy(
            update={
                "obstacles": [
                    obstacle.model_copy(update={"share": None, "cases": None}) if obstacle.rule in rules else obstacle
                    for obstacle in one.obstacles
                ]
            }
        )
        for one in verdict.questions
    ]
    return verdict.model_copy(update={"questions": questions})


def _consequence(finding: Finding, visible: AbstractSet[Cell]) -> Consequence:
    known = finding.consequence
    moved = next((one.cases.count for one in known.doubts if one.question == "throughput-time" and one.cases), 0)
    few = is_small(finding.cases_affected) or is_small(moved)
    shown = {
        "comparison": None if known.comparison is None else _comparison(known.comparison, few=few),
        "far_ends": None if known.far_ends is None else far_ends.withheld(known.far_ends, visible, few=few),
        "ties": None if known.ties is None else _ties_in_tens(known.ties),
        "split": None if known.split is None else split.withheld(known.split, visible),
    }
    return known.model_copy(update=shown)


def _comparison(told: Comparison, *, few: bool) -> Comparison:
    """A comparison with its arcs in tens: the arcs of a label less those of what it is split into would tell of the parts that few cases walk.

    ``few``: few cases change. The mean duration after it is left out then: the difference of two means is what these have.
    """
    after = told.after.model_copy(update={"mean_duration_seconds": None}) if few else told.after
    return told.model_copy(
        update={"after": after, "gained": _arcs_in_tens(told.gained), "lost": _arcs_in_tens(told.lost)}
    )


def _ties_in_tens(told: Ties) -> Ties:
    """Steps at one time in tens, pair by pair, like the arcs that a comparison gains or loses."""
    pairs = [
        one.model_copy(update={"events": one.events and roughly(one.events), "reversed": one.reversed and roughly(one.reversed)})
        for one in told.pairs
    ]
    return told.model_copy(update={"pairs": pairs})


def _arcs_in_tens(arcs: Sequence[Arc]) -> list[Arc]:
    counts = in_tens([arc.events for arc in arcs])
    told = [arc.model_copy(update={"events": count}) for arc, count in zip(arcs, counts, strict=True)]
    return sorted(told, key=lambda arc: (-arc.events, arc.source, arc.target))


def _registration(told: Registration, visible: AbstractSet[Cell]) -> Registration:
    overall = [] if told.lag_overall is None else registration.withheld([told.lag_overall], "overall", visible)
    shown = {
        "lag_overall": next(iter(overall), None),
        "lag_by_activity": registration.withheld(told.lag_by_activity, "activity", visible),
        "lag_by_team": registration.withheld(told.lag_by_team, "team", visible),
        "lag_by_activity_and_team": registration.withheld(told.lag_by_activity_and_team, "activity_and_team", visible),
        "overloaded": [label_use.withheld(label, visible) for label in told.overloaded],
        "two_clocks": None if told.two_clocks is None else _two_clocks(told.two_clocks, visible),
        "horizon_by_activity": horizon.withheld(told.horizon_by_activity, horizon_cells.ACTIVITIES, visible),
        "horizon_by_activity_and_team": horizon.withheld(
            told.horizon_by_activity_and_team, horizon_cells.PAIRS, visible
        ),
    }
    return told.model_copy(update=shown)


def _two_clocks(told: TwoClocks, visible: AbstractSet[Cell]) -> TwoClocks:
    shown = two_clocks.withheld(told, visible)
    return shown.model_copy(update={"comparison": _comparison(shown.comparison, few=is_small(shown.comparison.cases_changed))})
