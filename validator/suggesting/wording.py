"""Numbers and notes of drafts in the language of the reader."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class NoteWording:
    """Writes notes in ``da`` or ``en``."""

    lang: str

    def __call__(self, da: str, en: str, **values: object) -> str:
        """One note, with its values put in."""
        return (da if self.lang == "da" else en).format(**values)

    def count(self, number: int) -> str:
        """A whole number with separators."""
        text = f"{number:,}"
        return text.replace(",", ".") if self.lang == "da" else text

    def days(self, number: float) -> str:
        """Days with one decimal where there is one."""
        text = f"{number:.1f}".removesuffix(".0")
        return text.replace(".", ",") if self.lang == "da" else text

    def share(self, part: float, whole: float) -> str:
        """A share in per cent, never 0 or 100 when it is not."""
        per_cent = 100 * part / whole if whole else 0.0
        if 0 < per_cent < 1:
            return "<1 %"
        if 99 < per_cent < 100:
            return ">99 %"
        return f"{per_cent:.0f} %"
