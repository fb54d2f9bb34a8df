"""What masks a text before anybody sees it, and keeps apart what looks alike afterwards."""

from __future__ import annotations

from validator.personal.contacts import masked_contacts
from validator.personal.cpr import masked_cpr


def masked(text: str) -> str:
    """A text with everything masked that has the form of a CPR number, valid or not; and e-mail addresses and phone numbers."""
    return masked_contacts(masked_cpr(text))


class Masks:
    """Masks texts, and numbers apart those that are masked alike: ``Note ######-####``, ``Note ######-#### (2)``."""

    def __init__(self) -> None:
        self._masks: dict[str, str] = {}
        self._taken: set[str] = set()

    def __call__(self, text: str) -> str:
        """The mask of a text: the same as long as this object lives, and of no other text."""
        if text not in self._masks:
            mask = masked(text)
            self._masks[text] = mask if mask == text else self._apart(mask)
        return self._masks[text]

    def _apart(self, mask: str) -> str:
        name, number = mask, 1
        while name in self._taken:
            number += 1
            name = f"{mask} ({number})"
        self._taken.add(name)
        return name
