"""A rule in error: the sentence about the fault, which has no value of the log, and the block in which a rule may raise one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Self

import duckdb

from logsyn.expectations.text import Text
from logsyn.validator.checking.result import RuleResult
from logsyn.validator.errors import NotReadableError

if TYPE_CHECKING:
    from types import TracebackType

LONGEST = 200

OUT_OF_MEMORY = Text(
    da="Der var ikke hukommelse nok til den. Giv mere med --memory, eller kør den for sig selv med --rule.",
    en="There was not enough memory for it. Give more with --memory, or run it by itself with --rule.",
)

_KINDS = (
    (r"Out of Memory|MemoryError|OutOfMemory", OUT_OF_MEMORY),
    (
        r"Conversion Error|Failed to cast|[Cc]ould not convert",
        Text(
            da="En værdi kan ikke læses som det, reglen sammenligner den med.",
            en="A value cannot be read as what the rule compares it with.",
        ),
    ),
    (
        r"Out of Range|Overflow|overflow",
        Text(da="Et tal er for stort til at regne med.", en="A number is too great to reckon with."),
    ),
    (r"division by zero|divide by zero", Text(da="Der divideres med nul.", en="Something is divided by zero.")),
)
"""What people can act on, by what the engine's sentence begins with or holds."""

# A quoted part of a message may be a value of the log, and an ENUM lists all of a column.
_QUOTED = re.compile(r"'|ENUM\(|`")
_NAMES = re.compile(r"(Binder|Catalog|Parser) Error")
_NUMBERS = re.compile(r"\d{4,}")
_ENGINE = re.compile(r"^\(duckdb\.[\w.]+\)\s*")

INTERRUPTED = "INTERRUPT Error"


def in_words(error: BaseException | str) -> Text:
    """The sentence about a fault: our own for known faults, else the first line of the engine's message without possible values."""
    first = (str(error).strip().splitlines() or [""])[0]
    said = _ENGINE.sub("", first)
    name = "" if isinstance(error, str) else type(error).__name__
    for pattern, text in _KINDS:
        if re.search(pattern, said) or re.search(pattern, name):
            return text
    if not isinstance(error, str | ValueError | duckdb.Error):
        said = f"{name}: {said}"
    masked = masked_fault(said) or name or "?"
    return Text(da=masked, en=masked)


def masked_fault(said: str) -> str:
    """A message cut where it quotes something, without long numbers; column names of the engine's binder stay."""
    end = _QUOTED.search(said)
    if end:
        said = said[: end.start()].rstrip() + " …"
    elif '"' in said and not _NAMES.match(said):
        said = said[: said.index('"')].rstrip() + " …"
    return _NUMBERS.sub("…", said)[:LONGEST]


class MayBreak:
    """A block in which one rule may break without ending the others: the exception becomes ``broken``.

    An interruption is no fault of a rule, and goes on; so does whatever is no ``Exception``.
    """

    def __init__(self, number: int) -> None:
        self.number = number
        self.broken: RuleResult | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if error is None or not isinstance(error, Exception) or isinstance(error, duckdb.InterruptException):
            return False
        text = error.text if isinstance(error, NotReadableError) else in_words(error)
        self.broken = RuleResult(self.number, "error", fault=text)
        return True
