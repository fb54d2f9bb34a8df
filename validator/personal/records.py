"""What is recorded, shown or handed on, with every text in it masked: the one place through which all records pass."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel

from logsyn.validator.personal.cpr import MASK, is_cpr_as_number
from logsyn.validator.personal.masking import Masks, masked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from logsyn.expectations.rule import Rule

R = TypeVar("R", bound=BaseModel)

EXACT = frozenset({"sha256", "fingerprint", "version"})
"""Fields that hold no text of an extract or of people, and whose digits must stay as they are."""

SENTENCES = frozenset({"da", "en", "params", "reason", "why"})
"""Fields with sentences, or with what was declared: they may be longer than a name or a value."""

_IN_SQL = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*\"|(?<![\w.])(?P<number>\d{9,10}(?:\.0)?)(?![\w.])""")


def protected(record: R, mask: Masks | None = None) -> R:
    """A record with every text in it masked, and texts that are masked alike numbered apart.

    Args:
        record: of an audit, an export, a comparison, or something declared.
        mask: of texts; a new ``Masks`` unless given.
    """
    return _model(record, mask or Masks())


def shown_ids(rules: Iterable[Rule], masks: Masks) -> list[str]:
    """What rules are called in an audit and beside it: the same, if their ids are the first texts that are masked."""
    return [masks(rule.id) for rule in rules]


def _model(record: R, mask: Masks) -> R:
    changed = {}
    for name in type(record).model_fields:
        value = getattr(record, name)
        new = value if name in EXACT else _value(value, name, mask)
        if new is not value:
            changed[name] = new
    return record.model_copy(update=changed) if changed else record


def _value(value: Any, name: str, mask: Masks) -> Any:
    """A value of a field with its texts masked; the very same when there is nothing to mask."""
    if isinstance(value, str):
        return _text(value, name, mask)
    if name == "params" and isinstance(value, int | float) and is_cpr_as_number(value):
        return MASK
    if isinstance(value, BaseModel):
        return _model(value, mask)
    if isinstance(value, Mapping):
        pairs = {_value(key, name, mask): _value(one, name, mask) for key, one in value.items()}
        same = all(key is was and pairs[key] is value[was] for key, was in zip(pairs, value, strict=True))
        return value if same else pairs
    if isinstance(value, list | tuple):
        items = [_value(one, name, mask) for one in value]
        return value if all(new is one for new, one in zip(items, value, strict=True)) else type(value)(items)
    return value


def _text(text: str, name: str, mask: Masks) -> str:
    if name == "sql":
        new = _IN_SQL.sub(_masked_in_sql, text)
    else:
        new = mask.sentence(text) if name in SENTENCES else mask(text)
    return text if new == text else new


def _masked_in_sql(part: re.Match[str]) -> str:
    """A quoted text with its masks, or a number; of numbers only CPR numbers are masked, since spans are numbers, too."""
    if part["number"] is None:
        return masked(part[0])
    return f"'{MASK}'" if is_cpr_as_number(float(part["number"])) else part[0]
