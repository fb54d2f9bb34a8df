"""Draws every kind of declaration: from the pydantic models themselves, the catalogue and the table of stock expectations.

A new kind, key, parameter or argument whose values this module cannot draw raises ``NoGenerator`` with a sentence that says
what to add here; nothing is left out in silence.
"""

from __future__ import annotations

import types
from datetime import date
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt, MaxLen, MinLen
from hypothesis import strategies as st
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from logsyn.expectations.accepted import AcceptedFile, AcceptedFinding
from logsyn.expectations.catalogue import load_catalogue
from logsyn.expectations.condition import OPERATORS
from logsyn.expectations.judgement import Criterion, Judgement, QuestionLimits
from logsyn.expectations.practice import Practice, Resource
from logsyn.expectations.remedies import KeepFirst, MapLabels, Relabel, Remedies, RemoveColumn, UseTime, _ChosenStep
from logsyn.expectations.remedies import _RemedyStep as RemedyStep
from logsyn.expectations.scope import KeepRows, LeaveOutRows, Occurrence, Scope, _Cases
from logsyn.expectations.source import SourceProfile, Timestamps
from logsyn.expectations.stock_arguments import TYPES
from logsyn.expectations.stock_table import STOCK
from logsyn.expectations.suite import AskedRule, SuiteFile
from logsyn.expectations.text import Text

KINDS: dict[str, type[BaseModel]] = {
    "suite": SuiteFile,
    "practice": Practice,
    "source": SourceProfile,
    "judgement": Judgement,
    "accepted": AcceptedFile,
    "remedies": Remedies,
    "scope": Scope,
}
COLUMNS = [
    "case_id",
    "activity",
    "timestamp",
    "registered_at",
    "planned_end",
    "team",
    "resource",
    "status",
    "Amount",
    "Note",
]
ABSENT = ["end_timestamp", "planned_start", "source", "text", "nowhere", 'a "quoted" name', "order", "æ ø"]
LABELS = [
    "Samtale (anden)",
    "CV-samtale",
    "Jobmål",
    "Ferie",
    "",
    "x'y",
    "<b>",
    "{{ x }}",
    "nan",
    "None",
    "%d",
    "æøå 😀",
]
TEAMS = ["Jobklub", "Nord", "*", "da", "en"]
RULE_IDS = ["missing-activity", "missing-case-id", "r0", "r1", "backdated-registration", "no-such-rule"]

signs = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=12)
words = st.one_of(st.sampled_from([*LABELS, *TEAMS, *COLUMNS]), signs)
some_column = st.sampled_from([*COLUMNS, *COLUMNS, *ABSENT])
numbers = st.one_of(
    st.integers(0, 20), st.sampled_from([0, 1, -1, 0.5, 0.95, 1.0, 36_500, 1e9, 1e30, 1e-300, 2**62]), st.floats(0, 100)
)
days = st.one_of(
    st.dates(date(2022, 1, 1), date(2024, 12, 31)),
    st.sampled_from([date(1, 1, 1), date(9999, 12, 31), date(1970, 1, 1)]),
)
spans = st.one_of(
    st.sampled_from(["0s", "15min", "2h", "7d", "1.5d", "36500d", "1w", 3]), st.integers(0, 400).map("{}d".format)
)
regexes = st.sampled_from(["^Sam", "a|b", "(?i)SAMTALE", "[0-9]{2}", ".", "\\d+$", "^$", "\\p{L}", "'"])
scalars = st.one_of(words, numbers, days, st.booleans())
DRAWN_OPERATORS = ("starts_with", "ends_with", "contains", "matches", "gt", "ge", "lt", "le", "not", "missing")
operators = st.one_of(
    st.fixed_dictionaries({}, optional={name: words.filter(bool) for name in ("starts_with", "ends_with", "contains")}),
    st.fixed_dictionaries({"matches": regexes}),
    st.fixed_dictionaries({}, optional=dict.fromkeys(("gt", "ge", "lt", "le"), st.one_of(numbers, days))),
    st.fixed_dictionaries({"not": st.one_of(scalars, st.lists(scalars, min_size=1, max_size=3))}),
    st.fixed_dictionaries({"missing": st.booleans()}),
).filter(bool)
wanted = st.one_of(scalars, st.lists(scalars, min_size=1, max_size=3), operators)
conditions = st.dictionaries(some_column, wanted, min_size=1, max_size=3)
texts = st.fixed_dictionaries({"da": st.sampled_from(LABELS), "en": st.sampled_from(LABELS)})
places = st.one_of(*(st.fixed_dictionaries({end: wanted}) for end in ("first", "last")))


class NoGenerator(AssertionError):  # noqa: N818 - it fails a test
    """Something can be declared that nothing here draws."""


PARAMETERS: dict[str, Any] = {
    "number": numbers,
    "span": spans,
    "column": some_column,
    "columns": st.lists(some_column, min_size=1, max_size=3),
    "texts": st.lists(words, min_size=1, max_size=3),
    "dates": st.lists(days, min_size=1, max_size=3),
    "condition": conditions,
    "counts": st.dictionaries(words, st.integers(0, 9), min_size=1, max_size=3),
    "flag": st.booleans(),
    "bound": st.one_of(numbers, days),
}
"""How a parameter of the catalogue is drawn, by its kind; a choice is drawn from its choices."""

ARGUMENTS: dict[str, Any] = {
    "column": some_column,
    "columns": st.lists(some_column, min_size=2, max_size=3, unique=True),
    "values": st.lists(scalars, min_size=1, max_size=4),
    "pairs": st.lists(st.lists(st.one_of(st.none(), scalars), min_size=2, max_size=2), min_size=1, max_size=3),
    "bound": st.one_of(numbers, days),
    "number": numbers,
    "count": st.integers(0, 100),
    "share": st.floats(0, 1),
    "flag": st.booleans(),
    "regex": regexes,
    "regexes": st.lists(regexes, min_size=1, max_size=3),
    "pattern": st.sampled_from(["S%", "_a%", "%", "'", "100\\%"]),
    "patterns": st.lists(st.sampled_from(["S%", "_a%", "%"]), min_size=1, max_size=3),
    "character": st.sampled_from(["%", "_", "'", "e"]),
    "format": st.sampled_from(["%d-%m-%Y", "%Y-%m-%d %H:%M", "%j", "%%"]),
    "type": st.sampled_from([name for names in TYPES.values() for name in names]),
    "types": st.lists(st.sampled_from(["INTEGER", "VARCHAR", "date"]), min_size=1, max_size=3),
    "ranges": st.just({"quantiles": [0.1, 0.5], "value_ranges": [[0, 10], [None, 1e9]]}),
    "weights": st.just({"values": ["Nord", "x"], "weights": [0.25, 0.75]}),
}
"""How an argument of a stock expectation is drawn, by its kind; a choice is drawn from its choices."""


def of_parameter(kind: Any) -> Any:
    """Values of a parameter of the catalogue, or of an argument of a stock expectation."""
    if kind.kind == "choice":
        several = isinstance(kind.default, list)
        return st.sampled_from(list(kind.choices)) if not several else st.sampled_from([*kind.choices, kind.default])
    known = PARAMETERS if hasattr(kind, "about") else ARGUMENTS
    if kind.kind == "number" and known is PARAMETERS:
        whole = st.integers(int(kind.least), int(min(kind.most, 30)))
        return st.one_of(
            whole, whole, st.floats(kind.least, kind.most), numbers, st.sampled_from([kind.least, kind.most])
        )
    if kind.kind not in known:
        raise NoGenerator(f"say in tests/whole_runs/drawn_kinds.py how a value of the kind {kind.kind!r} is drawn")
    return known[kind.kind]


def _mapping(needed: dict[str, Any], optional: dict[str, Any]) -> Any:
    return st.fixed_dictionaries(needed, optional={key: value for key, value in optional.items() if key not in needed})


def _asked(kinds: dict[str, Any], own: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    needed = {name: of_parameter(kind) for name, kind in kinds.items() if kind.required}
    return needed | own, {name: of_parameter(kind) for name, kind in kinds.items() if not kind.required}


def rules_of_catalogue() -> list[Any]:
    """One strategy for each check of the catalogue."""
    common = {
        name: of_field(AskedRule, name) for name in ("severity", "dimension", "mostly", "title", "when_mapped")
    } | {"where": conditions}
    drawn = []
    for check in load_catalogue().values():
        needed, optional = _asked(dict(check.parameters), {"check": st.just(check.check)})
        drawn.append(_mapping(needed, {**common, **optional} if "where" not in check.parameters else optional))
    return drawn


def rules_of_stock() -> list[Any]:
    """One strategy for each stock expectation that may be asked for."""
    drawn = []
    for kind in STOCK.values():
        if kind.refused:
            continue
        needed, optional = _asked(dict(kind.arguments), {})
        needed |= {name: of_parameter(kind.arguments[name]) for name in kind.one_of[:1]}
        own = {"expect": st.just(kind.name), "args": _mapping(needed, optional)}
        drawn.append(_mapping(own, {"where": conditions, "severity": of_field(AskedRule, "severity"), "title": texts}))
    return drawn


def of_suite() -> Any:
    """Suites: rules of the catalogue and of the stock, each with an id of its own."""
    known = {
        "check",
        "expect",
        "id",
        "table",
        "args",
        "when_mapped",
        "title",
        "severity",
        "dimension",
        "mostly",
        "where",
    }
    if strange := {*AskedRule.model_fields} - known:
        raise NoGenerator(f"say in tests/whole_runs/drawn_kinds.py how {min(strange)!r} of a rule is drawn")
    if strange := {*OPERATORS} - {*DRAWN_OPERATORS}:
        raise NoGenerator(f"say in tests/whole_runs/drawn_kinds.py how the operator {min(strange)!r} is drawn")

    def numbered(rules: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{**rule, "id": f"r{number}"} for number, rule in enumerate(rules)]

    rules = st.lists(st.one_of(*rules_of_catalogue(), *rules_of_stock()), min_size=1, max_size=8).map(numbered)
    bases = st.sampled_from([[], "base", ["base"]])
    return _mapping(
        {"suite": of_field(SuiteFile, "suite"), "rules": rules},
        {"title": texts, "extends": bases, "without": st.just([])},
    )


SPECIAL: dict[tuple[type[BaseModel], str], Any] = {
    (AskedRule, "mostly"): st.sampled_from([0.5, 0.95, 1, 1.0, 5e-324, 0, 1.5]),
    (RemedyStep, "where"): conditions,
    (_ChosenStep, "where"): conditions,
    (_ChosenStep, "rule"): st.sampled_from(RULE_IDS[:2]),
    (RemedyStep, "rule"): st.sampled_from(RULE_IDS[:3]),
    (RemoveColumn, "columns"): st.lists(st.sampled_from(["team", "Amount", "status"]), min_size=1, max_size=2),
    (KeepFirst, "where"): conditions,
    (MapLabels, "tidy"): st.sampled_from([True]),
    (Practice, "default"): st.sampled_from(["register_within_days", "register_within_working_days"]).flatmap(
        lambda unit: st.fixed_dictionaries({unit: st.integers(0, 9)})
    ),
    (Practice, "days_off"): st.lists(st.one_of(st.sampled_from(["12-24", "02-29", "05-01"]), days), max_size=3),
    (AcceptedFinding, "scope"): st.dictionaries(
        st.sampled_from(["team", "activity", "month"]), st.sampled_from(["Nord", "2023-04", None, ["Jobmål", None]]), max_size=2
    ),
    (KeepFirst, "same"): st.one_of(st.just("all"), st.lists(some_column, min_size=1, max_size=3)),
    (Remedies, "suite"): st.sampled_from(["base", "momentum"]),
    (Remedies, "practice"): st.just("jobcenter"),
    (MapLabels, "labels"): st.dictionaries(words, words, min_size=1, max_size=3),
    (Relabel, "to"): words.filter(bool),
    (UseTime, "from_"): st.sampled_from(["registered_at", "planned_end"]),
    (_Cases, "where"): conditions,
    (_Cases, "contain"): wanted,
    (_Cases, "start_with"): wanted,
    (_Cases, "end_with"): wanted,
    (_Cases, "start_between"): st.lists(st.one_of(st.none(), days), min_size=2, max_size=2),
    (KeepRows, "where"): conditions,
    (KeepRows, "from_"): st.one_of(st.just("start"), places),
    (KeepRows, "to"): st.one_of(st.just("end"), places),
    (LeaveOutRows, "where"): conditions,
    (Occurrence, "first"): wanted,
    (Occurrence, "last"): wanted,
    (AcceptedFinding, "rule"): st.sampled_from(RULE_IDS[:2]),
    (AcceptedFinding, "expires"): days,
    (AcceptedFinding, "owner"): st.sampled_from(["Afdelingslederen", "Jobklub", "Ledelsen", "Nord", "x", "x@y.dk"]),
    (Timestamps, "formats"): st.lists(st.sampled_from(["%d-%m-%Y %H:%M", "%d-%m-%Y", "%Y", "%H:%M"]), max_size=3),
    (Timestamps, "columns"): st.dictionaries(st.sampled_from(COLUMNS[2:5]), st.just(["%d-%m-%Y %H:%M"]), max_size=2),
    (Timestamps, "timezone"): st.sampled_from(["Europe/Copenhagen", "UTC", "Pacific/Apia", "Mars/Olympus", ""]),
    (SourceProfile, "columns"): st.dictionaries(
        st.sampled_from([*COLUMNS[:8], "text"]), st.one_of(some_column, st.lists(some_column, min_size=1, max_size=2)), max_size=5
    ),
    (Resource, "system"): st.sampled_from([True]),
    (Practice, "version"): st.one_of(numbers, words),
    (QuestionLimits, "counts"): st.lists(st.sampled_from(RULE_IDS[:2]), max_size=3),
    (Criterion, "checks"): st.lists(st.sampled_from(sorted(load_catalogue())), min_size=1, max_size=2),
}  # fmt: skip
"""Fields that are of any form to pydantic, or that few drawn values would pass: how they are drawn."""


ONE_OF: dict[type[BaseModel], tuple[tuple[str, ...], ...]] = {
    _Cases: (("contain",), ("start_with",), ("end_with",), ("start_between",), ("where",)),
    KeepRows: (("where",), ("from_", "to"), ("from_",), ("to",)),
    Occurrence: (("first",), ("last",)),
    Relabel: (("to", "where"), ("by", "where"), ("to", "rule")),
    Criterion: (("measure", "at_least"), ("checks", "at_most")),
    _ChosenStep: (("where",), ("rule",), ("where", "rule")),
    KeepFirst: ((), ("where",)),
    RemoveColumn: ((),),
    MapLabels: (("labels",), ("tidy",), ("labels", "tidy")),
    Practice: (("activities",), ("default",), ("activities", "default")),
}
"""Models of which exactly one of several groups of keys is to be given."""


def of_kind(kind: str) -> Any:
    """Declarations of one kind, as plain values."""
    return of_suite() if kind == "suite" else of_model(KINDS[kind])


def of_model(model: type[BaseModel]) -> Any:
    """Mappings with the keys of a model: all that must be there, and some of the others."""
    groups = next((groups for owner, groups in ONE_OF.items() if issubclass(model, owner)), ((),))
    grouped = {name for group in groups for name in group}
    fields = {name: (field.alias or name, of_field(model, name)) for name, field in model.model_fields.items()}
    needed = {name for name, field in model.model_fields.items() if field.is_required()}

    def of_group(group: tuple[str, ...]) -> Any:
        must = {*group, *needed}
        return _mapping(
            dict(fields[name] for name in fields if name in must),
            dict(fields[name] for name in fields if name not in must | grouped),
        )

    return st.one_of(*map(of_group, groups))


def of_field(model: type[BaseModel], name: str) -> Any:
    """Values for one field of a model."""
    for owner in model.__mro__:
        if (owner, name) in SPECIAL:
            return SPECIAL[owner, name]
    field = model.model_fields[name]
    return _of_type(field.annotation, field.metadata, f"{model.__name__}.{name}")


def _of_type(kind: Any, limits: list[Any], where: str) -> Any:
    origin, args = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _of_type(args[0], [*args[1:], *limits], where)
    if origin in (list, dict):
        return _of_several(origin, args, limits, where)
    if origin is Literal:
        return st.sampled_from(args)
    if origin in (Union, types.UnionType):
        return st.one_of(*(_of_type(one, [], where) for one in args))
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return texts if issubclass(kind, Text) else st.deferred(lambda: of_model(kind))
    return _of_scalar(kind, _flat(limits), where)


def _of_several(origin: type, args: tuple[Any, ...], limits: list[Any], where: str) -> Any:
    if origin is dict:
        return st.dictionaries(_of_type(args[0], [], where), _of_type(args[1], [], where), max_size=3)
    least = max([one.min_length for one in _flat(limits) if isinstance(one, MinLen)], default=0)
    return st.lists(_of_type(args[0], [], where), min_size=least, max_size=least + 2)


def _flat(limits: list[Any]) -> list[Any]:
    return [part for one in limits for part in (one.metadata if isinstance(one, FieldInfo) else [one])]


def _of_scalar(kind: Any, limits: list[Any], where: str) -> Any:
    if kind is str:
        least = max([one.min_length for one in limits if isinstance(one, MinLen)], default=0)
        most = min([one.max_length for one in limits if isinstance(one, MaxLen)], default=400)
        return st.one_of(
            st.sampled_from([word for word in [*LABELS, *TEAMS] if least <= len(word) <= most]),
            signs.filter(lambda text: least <= len(text) <= most),
        )
    if kind in (int, float):
        low = max([one.ge if isinstance(one, Ge) else one.gt for one in limits if isinstance(one, Ge | Gt)], default=0)
        high = min(
            [one.le if isinstance(one, Le) else one.lt for one in limits if isinstance(one, Le | Lt)], default=1e6
        )
        return (
            st.integers(int(low), int(high))
            if kind is int
            else st.one_of(st.floats(low, high), st.sampled_from([low, high]))
        )
    known = {bool: st.booleans(), date: days, type(None): st.none()}
    if kind not in known:
        raise NoGenerator(f"say in SPECIAL of tests/whole_runs/drawn_kinds.py how {where} is drawn (it is {kind})")
    return known[kind]
