"""Whether a column holds personal data, and why: the judgement that descriptions, drafts and exports tell."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from logsyn.expectations.text import Text
from logsyn.validator.record.base import Record

PersonalAnswer = Literal["no", "yes", "sensitive", "criminal"]
"""``sensitive``: special categories (GDPR article 9), whatever else there is. ``criminal``: criminal matters (article 10), and none of those."""


class PersonalData(Record):
    """The answer for one column, and the reasons for it, the weightiest first; there is always one. No value of the column is among them."""

    answer: PersonalAnswer
    title: Text
    reasons: Annotated[list[Text], Field(min_length=1)]
