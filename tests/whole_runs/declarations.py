"""Drawn practices, remedies and scopes, all of them valid: what is wrong in YAML is drawn elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from logsyn.expectations.source import TIME_COLUMNS
from tests.whole_runs.values import HOSTILE, USUAL_LABELS

if TYPE_CHECKING:
    from collections.abc import Sequence

DAYS = st.one_of(st.sampled_from([0, 0.5, 1, 36500]), st.fixed_dictionaries({"Jobklub": st.just(3), "*": st.just(1)}))
WORDS = st.sampled_from(["Borgeren møder", "<i>x</i>", "{% raw %}", "%(x)s", "Å" * 300])


@st.composite
def practices(draw: st.DrawFn) -> dict[str, Any]:
    """What is agreed for some usual labels, odd ones, and labels that the log does not have."""
    activity = st.fixed_dictionaries(
        {},
        optional={
            "meaning": st.one_of(WORDS, st.fixed_dictionaries({"Jobklub": WORDS, "*": WORDS})),
            "planned_end_within_days": DAYS,
            "period": st.booleans(),
            "planned": st.booleans(),
            "registered_by": st.one_of(WORDS, st.fixed_dictionaries({"Andre": WORDS})),
            "about": WORDS,
            "why": WORDS,
        },
    )
    limits = st.one_of(
        st.just({}),
        st.fixed_dictionaries({"register_within_days": DAYS}),
        st.fixed_dictionaries({"register_within_working_days": st.sampled_from([0, 2, 25_000, {"Jobklub": 3, "*": 1}])}),
    )
    either = st.tuples(activity, limits).map(lambda parts: parts[0] | parts[1])
    labels = st.sampled_from([*USUAL_LABELS, *(text for text in HOSTILE if text.isprintable()), "findes ikke"])
    return {
        "practice": "drawn",
        "default": draw(st.sampled_from([{"register_within_days": 1}, {"register_within_days": {"Jobklub": 36500}}, {"register_within_working_days": 1}])),
        "days_off": draw(st.sampled_from([[], ["12-24", "02-29"]])),
        "activities": draw(st.dictionaries(labels, either, max_size=5)),
    }


def remedies(columns: Sequence[str]) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Up to four steps on the canonical columns that the log has."""
    times = [name for name in columns if name in TIME_COLUMNS]
    where = st.sampled_from(
        [{"activity": "Jobmål"}, {"activity": {"starts_with": "J"}}, {"activity": {"missing": True}}]
    )
    steps: list[st.SearchStrategy[dict[str, Any]]] = [
        st.fixed_dictionaries({"do": st.sampled_from(["drop-rows", "drop-cases"]), "where": where}),
        st.fixed_dictionaries({"do": st.just("keep-first"), "same": st.sampled_from(["all", ["case_id", "activity"]])}),
        st.fixed_dictionaries({"do": st.just("relabel"), "to": st.sampled_from(["Nyt navn", "<b>"]), "where": where}),
        st.just({"do": "map-labels", "tidy": True}),
        st.fixed_dictionaries({"do": st.just("end-date"), "set": st.sampled_from(["clip", "open"]), "columns": st.just(times[-1:])}),
        st.fixed_dictionaries({"do": st.just("use-time"), "column": st.just("timestamp"), "from": st.sampled_from(times)}),
        st.fixed_dictionaries({"do": st.just("merge-rows")}, optional={"to": st.just("Samlet")}),
        st.fixed_dictionaries({"do": st.just("blank"), "columns": st.just(list(columns[-1:])), "where": where}),
        st.just({"do": "pseudonymise", "columns": ["case_id"]}),
        st.just({"do": "mask-cpr"}),
    ]  # fmt: skip
    return st.lists(st.one_of(steps), min_size=1, max_size=4)


def scopes() -> st.SearchStrategy[dict[str, Any]]:
    """A scope of one or two steps; some leave nothing."""
    step = st.one_of(
        st.fixed_dictionaries({"keep": st.just("cases"), "contain": st.sampled_from([*USUAL_LABELS, "findes ikke"])}),
        st.fixed_dictionaries({"drop": st.just("cases"), "start_with": st.sampled_from(USUAL_LABELS)}),
        st.fixed_dictionaries({"keep": st.just("cases"), "start_between": st.sampled_from([["0001-01-01", "9999-12-31"], [None, "2023-03-01"]])}),
        st.fixed_dictionaries({"keep": st.just("rows"), "from": st.just({"first": "Jobmål"}), "to": st.just("end")}),
    )  # fmt: skip
    return st.fixed_dictionaries({"scope": st.just("drawn"), "steps": st.lists(step, min_size=1, max_size=2)})
