"""The arguments of stock expectations: what each may be, judged when the suite is read."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Literal

from logsyn.expectations.condition import as_bound
from logsyn.expectations.engine_patterns import judge_regex, judge_time_format

ArgumentKind = Literal[
    "column", "columns", "values", "pairs", "bound", "number", "count", "share", "flag", "choice", "regex", "regexes",
    "pattern", "patterns", "character", "format", "type", "types", "ranges", "weights",
]  # fmt: skip
"""``values``: texts, numbers, dates or truth values; ``pairs``: two of them each, either may be null; ``bound``: a number or a
date; ``count``: a whole number from 0; ``pattern``: of SQL's LIKE; ``character``: one; ``format``: of strptime; ``type``: a name of
a type; ``ranges``: ``quantiles`` with ``value_ranges``; ``weights``: ``values`` with their expected ``weights``."""

TYPES: Mapping[str, tuple[str, ...]] = {
    "whole number": ("INTEGER", "INT", "BIGINT", "SMALLINT", "TINYINT", "INT32", "INT64"),
    "number": ("NUMBER", "NUMERIC", "DECIMAL", "FLOAT", "DOUBLE", "REAL", "FLOAT64"),
    "date": ("DATE",),
    "time": ("TIMESTAMP", "DATETIME", "DATETIME64"),
    "truth value": ("BOOLEAN", "BOOL"),
    "text": ("VARCHAR", "TEXT", "STRING", "STR", "OBJECT"),
}
"""The names by which ``type_`` knows what a value can be read as, in capitals."""


@dataclass(frozen=True)
class Argument:
    """One argument that an expectation takes. ``choices``: for a choice."""

    kind: ArgumentKind
    required: bool = False
    default: Any = None
    choices: tuple[str, ...] = ()


def judged_argument(name: str, argument: Argument, value: Any) -> Any:
    """An argument as the engine takes it: dates as ISO text, types as what they mean.

    Raises:
        ValueError: it is not of its kind; the sentence says what is expected.
    """
    try:
        return _JUDGES[argument.kind](value, argument)
    except (TypeError, ValueError) as error:
        raise ValueError(f"argument {name!r} {error}") from error


def type_named(name: object) -> str:
    """What a type such as ``INTEGER`` or ``float64`` means, as in ``TYPES``.

    Raises:
        ValueError: no type is called that.
    """
    for meaning, names in TYPES.items():
        if isinstance(name, str) and name.upper() in names:
            return meaning
    known = ", ".join(name for names in TYPES.values() for name in names)
    raise ValueError(f"must name a type, one of {known} (got {name!r})")


def is_number(value: object) -> bool:
    """Whether a YAML value is a finite number, and no truth value."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _text(value: Any, _: Argument) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError(f"must be a text (got {value!r})")
    if "\0" in value:
        raise ValueError("must not contain a NUL character")
    return value


def _texts(value: Any, argument: Argument) -> list[str]:
    if not isinstance(value, list) or not value:
        raise ValueError(f"must be a list of texts, with one at least (got {value!r})")
    return [_text(item, argument) for item in value]


def _regex(value: Any, argument: Argument) -> str:
    pattern = _text(value, argument)
    judge_regex(pattern)
    return pattern


def _columns(value: Any, argument: Argument) -> list[str]:
    names = _texts(value, argument)
    if len(names) < len("AB") or len(set(names)) < len(names):
        raise ValueError(f"must be a list of two columns at least, each once (got {value!r})")
    return names


def _value(value: Any) -> Any:
    if isinstance(value, date):
        return as_date(value)
    if isinstance(value, bool | str) or is_number(value):
        return _text(value, Argument("regex")) if isinstance(value, str) else value
    raise ValueError(f"must be texts, numbers, dates or truth values (got {value!r})")


def as_date(value: date) -> date:
    """A date or time of YAML as Python's own class, without an offset.

    Raises:
        ValueError: it has an offset.
    """
    if getattr(value, "tzinfo", None) is not None:
        raise ValueError("must be local times, without an offset")
    return value


def _values(value: Any, _: Argument) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise ValueError(f"must be a list of values, with one at least (got {value!r})")
    return [_value(item) for item in value]


def _pairs(value: Any, _: Argument) -> list[tuple[Any, Any]]:
    if not isinstance(value, list) or not value or not all(isinstance(pair, list) and len(pair) == 2 for pair in value):
        raise ValueError(f"must be a list of pairs, with one at least (got {value!r})")
    return [(None if a is None else _value(a), None if b is None else _value(b)) for a, b in value]


def _bound(value: Any, _: Argument) -> float | str:
    bound = as_bound(value)
    if bound is None or (not isinstance(bound, str) and not is_number(bound)):
        raise ValueError(f"must be a number or a date like 2023-01-31 (got {value!r})")
    return bound


def _number(value: Any, _: Argument) -> float:
    if not is_number(value):
        raise ValueError(f"must be a number (got {value!r})")
    return float(value)


def _count(value: Any, _: Argument) -> int:
    if not is_number(value) or value < 0 or value != int(value):
        raise ValueError(f"must be a whole number from 0 (got {value!r})")
    return int(value)


def _share(value: Any, _: Argument) -> float:
    if not is_number(value) or not 0 <= value <= 1:
        raise ValueError(f"must be a number from 0 to 1 (got {value!r})")
    return float(value)


def _flag(value: Any, _: Argument) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"must be true or false (got {value!r})")  # noqa: TRY004 - one kind of error for YAML
    return value


def _choice(value: Any, argument: Argument) -> str:
    if value not in argument.choices:
        raise ValueError(f"must be one of {', '.join(argument.choices)} (got {value!r})")
    return str(value)


def _character(value: Any, argument: Argument) -> str:
    if len(_text(value, argument)) != 1:
        raise ValueError(f"must be a single character (got {value!r})")
    return str(value)


def _format(value: Any, argument: Argument) -> str:
    text = _text(value, argument)
    if "%" not in text:
        raise ValueError(f"must be a format like %d-%m-%Y (got {value!r})")
    judge_time_format(text)
    return text


def _types(value: Any, _: Argument) -> list[str]:
    if not isinstance(value, list) or not value:
        raise ValueError(f"must be a list of types (got {value!r})")
    return [type_named(one) for one in value]


def _ranges(value: Any, argument: Argument) -> dict[str, list[Any]]:
    if not isinstance(value, Mapping) or set(value) != {"quantiles", "value_ranges"}:
        raise ValueError("must have `quantiles` and `value_ranges`, such as {quantiles: [0.5], value_ranges: [[1, 3]]}")
    shares, ranges = value["quantiles"], value["value_ranges"]
    if not isinstance(shares, list) or not isinstance(ranges, list) or not shares or len(shares) != len(ranges):
        raise ValueError("must have as many `value_ranges` as `quantiles`, one at least")
    quantiles = [_share(share, argument) for share in shares]
    if any(later <= earlier for earlier, later in pairwise(quantiles)):
        raise ValueError("must have `quantiles` that grow")
    if not all(isinstance(one, list) and len(one) == 2 and one != [None, None] for one in ranges):
        raise ValueError("must have a range of two numbers or dates for each quantile; one of the two may be null")
    return {
        "quantiles": quantiles,
        "value_ranges": [[None if end is None else _bound(end, argument) for end in one] for one in ranges],
    }


def _weights(value: Any, argument: Argument) -> dict[str, list[Any]]:
    if not isinstance(value, Mapping) or set(value) != {"values", "weights"}:
        raise ValueError("must have `values` and `weights`, such as {values: [ja, nej], weights: [0.7, 0.3]}")
    values, weights = _values(value["values"], argument), value["weights"]
    if not isinstance(weights, list) or len(weights) != len(values):
        raise ValueError("must have as many `weights` as `values`")
    shares = [_share(weight, argument) for weight in weights]
    if not math.isclose(math.fsum(shares), 1, abs_tol=1e-6):
        raise ValueError(f"must have `weights` that add up to 1 (they add up to {math.fsum(shares):g})")
    return {"values": [str(one) for one in values], "weights": shares}


_JUDGES: dict[ArgumentKind, Callable[[Any, Argument], Any]] = {
    "column": _text,
    "columns": _columns,
    "values": _values,
    "pairs": _pairs,
    "bound": _bound,
    "number": _number,
    "count": _count,
    "share": _share,
    "flag": _flag,
    "choice": _choice,
    "regex": _regex,
    "regexes": lambda value, argument: [_regex(one, argument) for one in _texts(value, argument)],
    "pattern": _text,
    "patterns": _texts,
    "character": _character,
    "format": _format,
    "type": lambda value, _: type_named(value),
    "types": _types,
    "ranges": _ranges,
    "weights": _weights,
}
