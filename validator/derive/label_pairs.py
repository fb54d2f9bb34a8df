"""Pairs of labels that may be two names of one thing, by their words alone: one stem with other additions, or other spellings."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from logsyn.validator.derive.label_similarity import words
from logsyn.validator.derive.label_spelling import differ_in_spelling, plain_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Pair = tuple[int, int]
    Additions = tuple[list[str], list[str]]

ALIKE = 0.85
"""So alike the letters of two labels must be: twice the longest common subsequence, by both lengths."""
TAIL_WORDS = 3
LARGEST_STEM = 30
"""More labels with one stem than this are no synonyms: something varies there."""
ROWS_AT_ONCE = 512
_DIGITS = re.compile(r"\d+")
# What an addition behind a sign looks like: a dash between spaces, an underscore, a bracket and the like.
_SUFFIX = re.compile(r"(?P<stem>.*\w\W*?)\s*(?:\s[-\u2013]|[_/|,:;@(\[])\s*(?P<tail>\w.*)")
_A_WORD = re.compile(r"[^\W\d_]{3}")
"""A stem has a word of three letters at least: an initial, such as the W of W_Completeren, is none."""


def alike_in_words(labels: Sequence[str]) -> dict[Pair, Additions | None]:
    """Pairs of places of labels, the smaller place first, with what sets them apart.

    None where they differ in spelling only; else the words that each has behind a sign in addition to their common stem, none
    where it is the stem or goes on without a sign.
    """
    found: dict[Pair, Additions | None] = dict.fromkeys(_continued([words(label) for label in labels]), ([], []))
    found.update(_same_stem(labels))
    found.update(dict.fromkeys(_similar([plain_words(label) for label in labels])))
    return dict(sorted(found.items()))


def _same_stem(labels: Sequence[str]) -> Iterator[tuple[Pair, Additions]]:
    """One stem with different suffixes behind a sign, or one with and one without."""
    stems: dict[tuple[str, ...], list[tuple[int, list[str]]]] = defaultdict(list)
    for at, label in enumerate(labels):
        match = _SUFFIX.fullmatch(label.strip())
        if match and 0 < len(words(match["tail"])) <= TAIL_WORDS and _A_WORD.search(match["stem"]):
            stems[tuple(words(match["stem"]))].append((at, words(match["tail"])))
    for at, label in enumerate(labels):
        if (own := tuple(words(label))) in stems:
            stems[own].append((at, []))
    for additions in stems.values():
        if len(additions) <= LARGEST_STEM:
            yield from (
                ((one, other), (tail, other_tail))
                for one, tail in additions
                for other, other_tail in additions
                if one < other
            )


def _continued(tokens: list[list[str]]) -> Iterator[Pair]:
    """A label that goes on where another ends: at most two words more."""
    whole = {tuple(own): at for at, own in enumerate(tokens) if own and _A_WORD.search(" ".join(own))}
    for at, own in enumerate(tokens):
        for more in (1, 2):
            other = whole.get(tuple(own[:-more]))
            if other is not None:
                yield (min(at, other), max(at, other))


def _similar(tokens: list[list[str]]) -> Iterator[Pair]:
    groups: dict[str, list[int]] = defaultdict(list)
    for at, own in enumerate(tokens):
        groups[" ".join(_DIGITS.findall(" ".join(own)))].append(at)
    for places in groups.values():
        if len(places) > 1:
            for texts in (["".join(tokens[at]) for at in places], ["".join(sorted(tokens[at])) for at in places]):
                yield from _with_like_letters(tokens, places, np.array(texts, dtype=object))


def _with_like_letters(tokens: list[list[str]], places: list[int], texts: NDArray[np.object_]) -> Iterator[Pair]:
    order = np.argsort([len(text) for text in texts], kind="stable")
    lengths = np.array([len(text) for text in texts])[order]
    for start in range(0, len(order), ROWS_AT_ONCE):
        asked = order[start : start + ROWS_AT_ONCE]
        # Twice the shorter by the sum is the most that two lengths allow.
        longest = lengths[min(start + ROWS_AT_ONCE, len(order)) - 1] * (2 - ALIKE) / ALIKE
        others = order[start : np.searchsorted(lengths, longest, side="right")]
        alike = cdist(texts[asked], texts[others], scorer=Indel.normalized_similarity, score_cutoff=ALIKE)
        for row, column in zip(*np.nonzero(alike), strict=True):
            one, other = places[asked[row]], places[others[column]]
            if one != other and differ_in_spelling(tokens[one], tokens[other]):
                yield (min(one, other), max(one, other))
