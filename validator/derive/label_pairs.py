"""Pairs of labels that may be two names of one thing, by their words alone: the same stem, or nearly the same words."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from logsyn.validator.derive.label_similarity import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Pair = tuple[int, int]

ALIKE = 0.85
"""So alike the letters of two labels must be: twice the longest common subsequence, by both lengths."""
WORDS_ALIKE = 0.75
"""So alike must be what remains of two labels without the words that they share: it tells start from slut."""
TAIL_WORDS = 3
LARGEST_STEM = 30
"""More labels with one stem than this are no synonyms: something varies there."""
ROWS_AT_ONCE = 512
_DIGITS = re.compile(r"\d+")
# What an addition behind a sign looks like: a dash between spaces, an underscore, a bracket and the like.
_SUFFIX = re.compile(r"(?P<stem>.*\w\W*?)\s*(?:\s[-\u2013]|[_/|,:;@(\[])\s*(?P<tail>\w.*)")


def alike_in_words(labels: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of places of labels that differ by a suffix, or hardly in words; the smaller place first."""
    tokens = [words(label) for label in labels]
    pairs = {*_same_stem(labels, tokens), *_continued(tokens), *_similar(tokens)}
    return sorted((min(pair), max(pair)) for pair in pairs)


def _same_stem(labels: Sequence[str], tokens: list[list[str]]) -> Iterator[Pair]:
    """One stem with different suffixes behind a sign, or one with and one without."""
    stems: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, label in enumerate(labels):
        match = _SUFFIX.fullmatch(label.strip())
        if match and 0 < len(words(match["tail"])) <= TAIL_WORDS:
            stems[tuple(words(match["stem"]))].append(at)
    for at, own in enumerate(tokens):
        if tuple(own) in stems:
            stems[tuple(own)].append(at)
    for places in stems.values():
        if len(places) <= LARGEST_STEM:
            yield from ((one, other) for one in places for other in places if one < other)


def _continued(tokens: list[list[str]]) -> Iterator[Pair]:
    """A label that goes on where another ends: at most two words more."""
    whole = {tuple(own): at for at, own in enumerate(tokens) if own}
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
            if one < other and _rest_is_alike(tokens[one], tokens[other]):
                yield (one, other)
            elif other < one and _rest_is_alike(tokens[one], tokens[other]):
                yield (other, one)


def _rest_is_alike(one: list[str], other: list[str]) -> bool:
    """Whether what two labels do not share is alike; a word more on one side only, such as ikke, makes another label."""
    rest = ["".join(word for word in a if word not in b) for a, b in ((one, other), (other, one))]
    if not any(rest):
        return True
    return all(rest) and Indel.normalized_similarity(*rest) >= WORDS_ALIKE
