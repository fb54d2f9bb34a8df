"""What a strptime format promises about the texts it reads: their form, length, precision, an offset or none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

DAY, MINUTE, SECOND, FINER = 1, 2, 3, 4

_WIDTHS = {"d": 2, "m": 2, "Y": 4, "y": 2, "H": 2, "I": 2, "M": 2, "S": 2, "b": 3, "a": 3, "j": 3, "p": 2}
_FRACTION = {"f", "n", "g"}
_FRACTION_DIGITS = 9
KEPT_DIGITS = 6
_SPECIFIER = re.compile(r"%-?([a-zA-Z%])")


@dataclass(frozen=True)
class Format:
    """One strptime format as DuckDB understands it."""

    text: str

    @cached_property
    def specifiers(self) -> list[str]:
        """The letters of its specifiers in order."""
        return [letter for letter in _SPECIFIER.findall(self.text) if letter != "%"]

    @cached_property
    def precision(self) -> int:
        """1 day, 2 minute, 3 second, 4 finer: what the text says, not what the clock shows."""
        has = set(self.specifiers)
        if has & _FRACTION:
            return FINER
        if has & {"S", "c", "X", "T", "s"}:
            return SECOND
        return MINUTE if has & {"M", "H", "I", "R"} else DAY

    @cached_property
    def masks(self) -> tuple[str, ...]:
        """LIKE patterns of the texts with all their leading zeros; none when their length is not known.

        A fraction counts with every number of digits, since systems differ and one column may mix them.
        """
        parts = re.split(r"(%-?[a-zA-Z%])", self.text)
        masks = [""]
        most = _FRACTION_DIGITS if self.ends_with_fraction else KEPT_DIGITS
        for part in parts:
            match = _SPECIFIER.fullmatch(part)
            letter = match[1] if match else ""
            if match is None or letter == "%":
                masks = [mask + re.sub(r"([_%\\])", r"\\\1", part if match is None else "%") for mask in masks]
            elif letter in _WIDTHS:
                masks = [mask + "_" * _WIDTHS[letter] for mask in masks]
            elif letter in _FRACTION:
                masks = [mask + "_" * digits for mask in masks for digits in range(1, most + 1)]
            elif letter == "z":
                masks = [mask + "_" * width for mask in masks for width in (6, 5, 3)]
            else:
                return ()
        return tuple(masks)

    @property
    def for_duckdb(self) -> str:
        """The format with its fraction in microseconds: nanoseconds would be of a type that ends in the year 2262."""
        return re.sub(r"%[ng]", "%f", self.text)

    @property
    def ends_with_fraction(self) -> bool:
        """Whether a fraction of a second is the last thing, so that what is beyond microseconds can be cut off."""
        return bool(re.search(r"%[fng]$", self.text))

    @property
    def has_offset(self) -> bool:
        """Whether its texts carry an offset from UTC."""
        return "z" in self.specifiers or self.is_utc

    @property
    def is_utc(self) -> bool:
        """Whether its texts end with a literal Z, which says that they are UTC."""
        return bool(re.search(r"%-?[MSfng]\s?Z$", self.text))

    @property
    def is_packed(self) -> bool:
        """Whether numbers stand side by side, so that every digit must be there: 2023112 is no date."""
        return bool(re.search(r"%[dmYyHMS]%[dmYyHMS]", self.text))

    def with_z(self) -> Format | None:
        """The same format for texts that end with Z instead of an offset in digits: another one to DuckDB."""
        return Format(self.text.replace("%z", "Z")) if self.text.endswith("%z") else None
