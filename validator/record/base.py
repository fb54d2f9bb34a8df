"""What all records of an audit share: closed and frozen, texts in two languages, the words of a judgement."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

Outcome = Literal["passed", "failed", "not_evaluated", "nothing_checked", "error"]
"""``not_evaluated``: a column that the rule needs is not there. ``nothing_checked``: it looked at no row. Only ``passed`` is a pass."""
Fitness = Literal["fit", "fit_with_reservations", "not_fit"]
Usability = Literal["usable", "with_reservations", "not_usable"]
Count = Annotated[int, Field(ge=0, le=2**127 - 1)]
"""How many of something there are; the largest whole number of the engine at most, since what lies between two ids is counted, too."""


def _is_day(text: str) -> str:
    if date.fromisoformat(text).isoformat() != text:  # it also reads weeks and days without dashes
        raise ValueError("must be a day such as 2023-11-30")
    return text


Day = Annotated[str, AfterValidator(_is_day)]
"""An ISO date."""

Value = bool | str | int | float | None
"""What a value of a row becomes in the record: ``validator/findings/plain.py``."""


class Record(BaseModel):
    """Base of all records of an audit: closed and frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
