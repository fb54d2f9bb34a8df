"""Whether two labels are the same words in another spelling: other signs, another order, joined or split, or another ending.

An ending is what stands behind most of a word. What stands before a word, or makes another word of it, makes another label: indmeldt and udmeldt,
gyldig and ugyldig, complete and incomplete are alike in their letters and the opposite of each other.
"""

from __future__ import annotations

import unicodedata

from rapidfuzz.distance import Postfix, Prefix

from logsyn.validator.derive.label_similarity import words

STEM_LETTERS = 4
"""So many letters at least two words have in common before they differ."""
ENDING_LETTERS = 3
"""So many letters at most differ, in each."""
SAME_SHARE = 0.8
"""So much of the longer one at least is the same, before and behind what differs."""
_WRITTEN_OUT = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def plain_words(label: str) -> list[str]:
    """The words of a label in small letters without accents; æ, ø and å are the same as ae, oe and aa."""
    return [
        "".join(filter(str.isalnum, unicodedata.normalize("NFD", word.translate(_WRITTEN_OUT))))
        for word in words(label)
    ]


def differ_in_spelling(one: list[str], other: list[str]) -> bool:
    """Whether two labels, as their ``plain_words``, differ in nothing but how they are written."""
    if sorted(one) == sorted(other) or "".join(one) == "".join(other):
        return True
    rest, others = ([word for word in a if word not in b] for a, b in ((one, other), (other, one)))
    if not rest or not others:
        return False
    if len(rest) == len(others) and all(map(_same_word, sorted(rest), sorted(others))):
        return True
    return _same_word("".join(rest), "".join(others))


def _same_word(one: str, other: str) -> bool:
    longer = max(len(one), len(other))
    before = Prefix.similarity(one, other)
    behind = Postfix.similarity(one[before:], other[before:])
    return (
        before >= STEM_LETTERS and longer - before - behind <= ENDING_LETTERS and before + behind >= SAME_SHARE * longer
    )
