"""Rules drawn from the catalogue: any check, each of its parameters by its kind and within its bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from logsyn.expectations.catalogue import load_catalogue
from logsyn.expectations.source import TIME_COLUMNS
from tests.whole_runs.values import SENTINELS, USUAL_LABELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from logsyn.expectations.catalogue import Parameter

ACTIVITIES = st.lists(st.sampled_from([*USUAL_LABELS, "findes ikke"]), min_size=1, max_size=4, unique=True)
SPANS = st.sampled_from(["0s", "1s", "15min", "2h", "7d", "52w", "3000d"])
DAYS = st.sampled_from(["0001-01-01", "1900-01-01", "2023-03-01", "9999-12-31", "2023-03-01 10:00"])


def conditions(columns: Sequence[str]) -> st.SearchStrategy[dict[str, Any]]:
    """What ``where`` takes, on one of the columns."""
    wanted = st.one_of(
        ACTIVITIES,
        st.just("Jobmål"),
        st.fixed_dictionaries({"starts_with": st.sampled_from(["J", "%", "'"])}),
        st.fixed_dictionaries({"matches": st.sampled_from(["^J", "[0-9]+", "."])}),
        st.fixed_dictionaries({"missing": st.booleans()}),
        st.fixed_dictionaries({"not": st.just("Jobmål")}),
        st.fixed_dictionaries({"gt": st.one_of(st.integers(-5, 5), DAYS)}),
    )
    return st.dictionaries(st.sampled_from(columns), wanted, min_size=1, max_size=2)


def parameter(kind: Parameter, columns: Sequence[str]) -> st.SearchStrategy[Any]:
    """A value of a parameter, by its kind."""
    most = min(kind.most, 10_000)
    by_kind: dict[str, st.SearchStrategy[Any]] = {
        "number": st.one_of(st.sampled_from([kind.least, most]), st.integers(int(kind.least), int(most))),
        "span": SPANS,
        "column": st.sampled_from(
            [name for name in columns if name in TIME_COLUMNS] if kind.default in TIME_COLUMNS else columns
        ),
        "columns": st.lists(st.sampled_from(columns), min_size=1, max_size=3, unique=True),
        "texts": ACTIVITIES,
        "dates": st.lists(
            st.sampled_from([day for day in SENTINELS if day[:4].isdigit() and len(day) == 10]), min_size=1, max_size=3
        ),
        "choice": st.sampled_from(sorted(kind.choices) or [""]),
        "condition": conditions(columns),
        "counts": st.dictionaries(st.sampled_from(USUAL_LABELS), st.integers(int(kind.least), 5), min_size=1),
        "flag": st.booleans(),
        "bound": st.one_of(st.integers(-1000, 1000), DAYS),
    }
    return by_kind[kind.kind]


@st.composite
def rules(draw: st.DrawFn, columns: Sequence[str]) -> dict[str, Any]:
    """One rule on a check of the catalogue, with the parameters that it must have and some of the others."""
    check = load_catalogue()[draw(st.sampled_from(sorted(load_catalogue())))]
    given = {
        name: draw(parameter(kind, columns))
        for name, kind in check.parameters.items()
        if kind.required or draw(st.booleans())
    }
    if "where" not in check.parameters and check.table != "log" and draw(st.integers(0, 3)) == 0:
        given["where"] = draw(conditions(columns))
    if draw(st.booleans()):
        given["severity"] = draw(st.sampled_from(["critical", "warning", "info"]))
    if draw(st.integers(0, 3)) == 0:
        given["mostly"] = draw(st.sampled_from([0.001, 0.5, 0.95, 1.0]))
    return {"check": check.check, **given}
