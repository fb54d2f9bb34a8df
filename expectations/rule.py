"""A rule: one check of the catalogue, or one stock expectation, as a suite asks for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from logsyn.expectations.condition import as_bound, judge_condition
from logsyn.expectations.errors import shown
from logsyn.expectations.grain import grain_with
from logsyn.expectations.source import TIME_COLUMNS
from logsyn.expectations.span import span_seconds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from logsyn.expectations.catalogue import Check, Dimension, Parameter, Table
    from logsyn.expectations.grain import Grain
    from logsyn.expectations.question import Question
    from logsyn.expectations.severity import Severity
    from logsyn.expectations.text import Text


@dataclass(frozen=True)
class Rule:
    """What the engine is to judge. ``value``, ``finds``, ``of``, ``applies``, ``tells``, ``needs``, ``expect``, ``args`` are as in the catalogue's Check.

    ``given`` are the parameters in force (defaults filled in); ``kinds`` says of each how it becomes SQL. ``where`` maps
    columns to the values that a row must have to be checked. ``grain``: that of the check with the parameters that are given;
    what the columns take that the suite names is added by ``logsyn.validator.checking.grain``. ``place``: file and line where a suite asks for it.
    ``when_mapped``: where the columns that it needs are not there, it is left out without a finding. ``own``: it stands in a file of
    the user's, not in a suite that comes with logsyn.
    """

    id: str
    check: str
    table: Table
    grain: Grain
    severity: Severity
    dimension: Dimension
    value: str | None
    needs: tuple[str, ...]
    expect: str
    args: Mapping[str, Any]
    mostly: float
    title: Text
    fails_when: Text
    why: Text
    ask: Text
    mend: Text
    given: Mapping[str, Any] = field(default_factory=dict)
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    where: Mapping[str, Any] = field(default_factory=dict)
    patterns: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    shows: tuple[str, ...] = ()
    only_with: Mapping[str, str] = field(default_factory=dict)
    masked: bool = False
    finds: str | None = None
    of: str = "1"
    tells: Mapping[str, str] = field(default_factory=dict)
    applies: str | None = None
    inapplicable: Text | None = None
    place: str = ""
    when_mapped: bool = False
    own: bool = False


def rule_from_check(check: Check, rule_id: str, asked: Mapping[str, Any], overrides: Mapping[str, Any]) -> Rule:
    """A check with the parameters that a suite gives it.

    ``overrides`` may carry ``severity``, ``mostly``, ``where``, ``title``.

    Raises:
        ValueError: a parameter that the check does not have, lacks, or cannot read; the sentence says which.
    """
    _refuse_unknown(check, asked)
    scope = overrides.get("where") or {}
    if "where" in check.parameters:  # the check itself says what it means by it
        asked, scope = {**asked, "where": scope or None}, {}
    if scope and check.table == "log":
        message = f"{check.check} looks at the log as a whole: `where` can choose no rows of it"
        raise ValueError(message)
    given = {name: _judged(name, kind, asked.get(name, kind.default)) for name, kind in check.parameters.items()}
    _refuse_no_times(check, given)
    needs = [*(_named(need, given) for need in check.needs), *_needed_unless_given(check, given)]
    return Rule(
        id=rule_id,
        check=check.check,
        table=check.table,
        grain=grain_with(check, given),
        severity=overrides.get("severity") or check.severity,
        dimension=check.dimension,
        value=check.value,
        needs=tuple(needs),
        expect=check.expect,
        args=check.args,
        mostly=check.mostly if overrides.get("mostly") is None else overrides["mostly"],
        title=overrides.get("title") or check.title,
        fails_when=check.fails_when,
        why=check.why,
        ask=check.ask,
        mend=check.mend,
        given=given,
        parameters=check.parameters,
        where=judge_condition(scope) if scope else {},
        patterns=tuple(check.patterns),
        questions=check.questions_with(given),
        shows=tuple(check.shows),
        only_with=check.only_with,
        masked=check.masked,
        finds=check.finds,
        of=check.of,
        tells=check.tells,
        applies=check.applies,
        inapplicable=check.inapplicable,
    )


def _refuse_unknown(check: Check, asked: Mapping[str, Any]) -> None:
    """Make sure that a check has the parameters that are given to it."""
    unknown = sorted(set(asked) - set(check.parameters))
    if unknown:
        known = ", ".join(check.parameters) or "none"
        message = f"{check.check} has no parameter {shown(unknown[0])} (it has: {known})"
        raise ValueError(message)


def _refuse_no_times(check: Check, given: Mapping[str, Any]) -> None:
    """Make sure that what is asked of how a time was written is asked of a time."""
    for name, value in given.items():
        forms = (f"{{{name}:parsed}}", f"{{{name}:precision}}")
        if value is not None and value not in TIME_COLUMNS and any(form in check.value for form in forms):
            message = (
                f"parameter {shown(name)} must be one of the times: {', '.join(TIME_COLUMNS)} (got {shown(value)})"
            )
            raise ValueError(message)


def _needed_unless_given(check: Check, given: Mapping[str, Any]) -> list[str]:
    named_columns = [
        value for name, value in given.items() if check.parameters[name].kind == "column" and value is not None
    ]
    named_columns += [
        column for name, value in given.items() if check.parameters[name].kind == "columns" for column in value or []
    ]
    named_columns += [
        column for name, value in given.items() if check.parameters[name].kind == "condition" for column in value or []
    ]
    named_columns += [
        need for name, kind in check.parameters.items() if kind.kind == "choice" for need in _chosen(kind, given[name])
    ]
    fallbacks = [
        kind.unless_given_needs
        for name, kind in check.parameters.items()
        if kind.unless_given_needs and given[name] is None
    ]
    return [*named_columns, *fallbacks]


def _named(need: str, given: Mapping[str, Any]) -> str:
    for name, value in given.items():
        need = need.replace(f"{{{name}}}", str(value))
    return need


def _chosen(kind: Parameter, given: str | list[str]) -> list[str]:
    """The columns that a choice needs; of several that may be taken, one column of each will do."""
    if isinstance(given, list):
        return ["|".join(needed_by_choice(kind, one)[0] for one in given)]
    return needed_by_choice(kind, given)


def needed_by_choice(kind: Parameter, choice: str) -> list[str]:
    """The columns without which a choice cannot be taken."""
    forms = kind.choices[choice]
    return [] if isinstance(forms, str) else list(forms.get("needs", []))


def _judged(name: str, kind: Parameter, value: Any) -> Any:
    if value is None:
        if kind.required:
            message = f"parameter {shown(name)} must be given"
            raise ValueError(message)
        return None
    if kind.kind == "choice" and isinstance(kind.default, list) and value == kind.default:
        return value
    reader = {
        "number": _number,
        "span": _span,
        "column": _text,
        "columns": _texts,
        "texts": _texts,
        "dates": _dates,
        "choice": _text,
        "condition": _condition,
        "counts": _counts,
        "flag": _flag,
        "bound": _bound,
    }
    judged = reader[kind.kind](name, value, kind)
    if kind.kind == "choice" and judged not in kind.choices:
        message = f"parameter {shown(name)} must be one of {', '.join(kind.choices)} (got {shown(value)})"
        raise ValueError(message)
    return judged


def _number(name: str, value: Any, kind: Parameter) -> float:
    problem = ""
    if isinstance(value, bool) or not isinstance(value, int | float):
        problem = "a number"
    elif not kind.least <= value <= kind.most:
        problem = f"from {kind.least:,g} to {kind.most:,.10g}"
    if problem:
        message = f"parameter {name!r} must be {problem} (got {shown(value)})"
        raise ValueError(message)
    return float(value) if isinstance(value, float) else int(value)


def _span(name: str, value: Any, _: Parameter) -> str:
    try:
        span_seconds(value)
    except ValueError as error:
        message = f"parameter {shown(name)}: {error}"
        raise ValueError(message) from error
    return str(value)


def _condition(name: str, value: Any, _: Parameter) -> dict[str, Any]:
    try:
        return judge_condition(value)
    except ValueError as error:
        message = f"parameter {shown(name)}: {error}"
        raise ValueError(message) from error


def _counts(name: str, value: Any, kind: Parameter) -> dict[str, float]:
    if not isinstance(value, dict) or not value:
        message = f"parameter {shown(name)} must be a mapping of name to number (got {shown(value)})"
        raise ValueError(message)
    return {_text(name, str(key), kind): _number(name, number, kind) for key, number in value.items()}


def _flag(name: str, value: Any, _: Parameter) -> bool:
    if not isinstance(value, bool):
        message = f"parameter {shown(name)} must be true or false (got {shown(value)})"
        raise ValueError(message)  # noqa: TRY004 - what is wrong with a YAML value is one kind of error
    return value


def _bound(name: str, value: Any, _: Parameter) -> float | str:
    bound = as_bound(value)
    if bound is None:
        message = f"parameter {shown(name)} must be a number or a date like 2023-01-31 (got {shown(value)})"
        raise ValueError(message)
    return bound


def _text(name: str, value: Any, _: Parameter) -> str:
    if not isinstance(value, str) or not value:
        message = f"parameter {shown(name)} must be a text (got {shown(value)})"
        raise ValueError(message)
    return value


def _texts(name: str, value: Any, kind: Parameter) -> list[str]:
    given = value if isinstance(value, list) else [value]
    if not given:
        message = f"parameter {name!r} must have one text at least"
        raise ValueError(message)
    return [_text(name, item, kind) for item in given]


def _dates(name: str, value: Any, _: Parameter) -> list[str]:
    try:
        return [date.fromisoformat(str(item)).isoformat() for item in (value if isinstance(value, list) else [value])]
    except ValueError as error:
        message = f"parameter {shown(name)} must be dates like 2099-12-31 ({error})"
        raise ValueError(message) from error
