"""A text in the two languages of the reports: what rules are called, why something could not be judged, what a step did."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Text(BaseModel):
    """One text in the two languages of the reports."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    da: str
    en: str

    def in_language(self, lang: str) -> str:
        """The text in ``da`` or ``en``."""
        return self.da if lang == "da" else self.en


def text_of(text: Text) -> Text:
    """The same text as a record holds it, without the checks of a declaration."""
    return Text(da=text.da, en=text.en)
