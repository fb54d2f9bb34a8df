"""What masks a text before anybody sees it, and keeps apart what looks alike afterwards."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from logsyn.validator.personal.contacts import MAIL_MASK, masked_contacts
from logsyn.validator.personal.cpr import MASK, masked_cpr
from logsyn.validator.personal.cutting import MOST_OF_A_SENTENCE, MOST_SHOWN, cut, is_cut

if TYPE_CHECKING:
    from collections.abc import Callable

_MAY_BE_PERSONAL = re.compile(r"\d|@")


def masked(text: str) -> str:
    """A text with everything masked that has the form of a CPR number, valid or not; and e-mail addresses and phone numbers."""
    return masked_contacts(masked_cpr(text)) if _MAY_BE_PERSONAL.search(text) else text


def shown(text: str) -> str:
    """A name or a value as it may be shown: masked, and cut where it is long."""
    return cut(masked(text))


def is_mask(text: str) -> bool:
    """Whether something in a text seems to be a mask, or to have been cut."""
    return any(mask in text for mask in (MASK, MAIL_MASK, "##")) or is_cut(text)


class Masks:
    """Masks and cuts texts, and numbers apart those that are alike afterwards: ``Note ######-####``, ``Note ######-#### (2)``."""

    def __init__(self, mask: Callable[[str], str] = masked, most: int = MOST_SHOWN) -> None:
        """``most``: so many characters of a text are shown."""
        self._mask = mask
        self._most = most
        self._masks: dict[str, str] = {}
        self._taken: set[str] = set()

    def __call__(self, text: str) -> str:
        """The mask of a text: the same as long as this object lives, and of no other text."""
        if text not in self._masks:
            self._masks[text] = self._apart(cut(self._mask(text), self._most))
        return self._masks[text]

    def sentence(self, text: str) -> str:
        """The mask of a sentence, or of what was declared: a long one stays whole, and is not numbered apart."""
        return self(text) if len(text) <= self._most else cut(self._mask(text), MOST_OF_A_SENTENCE)

    def _apart(self, mask: str) -> str:
        name, number = mask, 1
        while name in self._taken:
            number += 1
            name = f"{mask} ({number})"
        self._taken.add(name)
        return name
