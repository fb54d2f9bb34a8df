"""Labels that look like a slip of the keyboard for another, more frequent one.

Method: optimal string alignment distance (Damerau, "A technique for computer detection and correction of spelling errors",
CACM 7(3), 1964; Boytsov, "Indexing methods for approximate dictionary searching", JEA 16, 2011) between labels folded to their
letters and digits. Only labels with the same digits and about the same length are compared, and only with more frequent ones.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

LONG = 12
"""From so many characters on two slips are allowed, else one."""
SHORT_WORD = 3
REGULAR_EVENTS = 20
"""A label that so many events carry is no slip when all that differs is a short word, such as OK and NOK."""
PAIRS_AT_ONCE = 4_000_000
_WORD = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class Distorted:
    """What a label may be a distortion of: the most frequent label within the distance.

    ``ratio``: how many times as frequent ``of`` is. ``distance``: in characters, after folding.
    """

    activity: str
    of: str
    distance: int
    ratio: float


def fold(label: str) -> str:
    """A label without case, space and punctuation."""
    return "".join(words(label))


def words(label: str) -> list[str]:
    """The runs of letters and digits of a label, without case; a letter is the same composed or decomposed."""
    return _WORD.findall(unicodedata.normalize("NFKC", label).casefold())


def find_distorted(labels: Sequence[str], events: Sequence[int], least_ratio: float = 1.0) -> list[Distorted]:
    """For each label the most frequent label of which it may be a distortion.

    Args:
        labels: distinct labels.
        events: how many events carry each.
        least_ratio: how many times as frequent the other label must be.

    Returns:
        One record for each label that has one, in the order of the labels.
    """
    folded = np.array([fold(label) for label in labels], dtype=object)
    counts = np.asarray(events, dtype=np.int64)
    best: dict[int, tuple[int, int]] = {}
    for of_digits in _same_digits(folded):
        for asked, frequent in _comparable(folded, counts, of_digits, least_ratio):
            _keep_best(best, labels, folded, counts, asked, frequent, least_ratio)
    return [
        Distorted(labels[at], labels[other], distance, float(counts[other] / counts[at]))
        for at, (other, distance) in sorted(best.items())
    ]


def _same_digits(folded: NDArray[np.object_]) -> Iterator[NDArray[np.int64]]:
    """The places of labels with the same digits in the same order; labels that are alone with theirs are left out."""
    digits: dict[str, list[int]] = {}
    for at, text in enumerate(folded):
        if text:
            digits.setdefault("".join(_DIGITS.findall(text)), []).append(at)
    yield from (np.array(places) for places in digits.values() if len(places) > 1)


def _comparable(
    folded: NDArray[np.object_], counts: NDArray[np.int64], places: NDArray[np.int64], least_ratio: float
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Labels of one length, in pieces, beside those within two characters of it that may be frequent enough."""
    lengths = np.array([len(text) for text in folded[places]])
    for length in np.unique(lengths):
        asked = places[lengths == length]
        asked = asked[np.argsort(counts[asked], kind="stable")]
        near = places[np.abs(lengths - length) <= (2 if length >= LONG - 2 else 1)]
        for piece in np.array_split(asked, -(-len(asked) * len(near) // PAIRS_AT_ONCE)):
            frequent = near[counts[near] >= least_ratio * counts[piece].min()]
            if len(frequent):
                yield piece, frequent


def _keep_best(
    best: dict[int, tuple[int, int]],
    labels: Sequence[str],
    folded: NDArray[np.object_],
    counts: NDArray[np.int64],
    asked: NDArray[np.int64],
    frequent: NDArray[np.int64],
    least_ratio: float,
) -> None:
    distances = cdist(folded[asked], folded[frequent], scorer=OSA.distance, score_cutoff=2, dtype=np.uint8)
    own = np.array([len(text) for text in folded[asked]])[:, np.newaxis]
    other = np.array([len(text) for text in folded[frequent]])[np.newaxis, :]
    allowed = np.where(np.maximum(own, other) >= LONG, 2, 1)
    often_enough = counts[frequent][np.newaxis, :] >= least_ratio * counts[asked][:, np.newaxis]
    rows, columns = np.nonzero(
        (distances <= allowed) & often_enough & (asked[:, np.newaxis] != frequent[np.newaxis, :])
    )
    # The most frequent first, then the nearest, then by name: the first that is no code is kept.
    names = np.array([labels[at] for at in frequent[columns]], dtype=object)
    order = np.lexsort((names.astype(str), distances[rows, columns], -counts[frequent[columns]], rows))
    for row, column in zip(rows[order], columns[order], strict=True):
        at, target = int(asked[row]), int(frequent[column])
        if at not in best and not _is_code(labels[at], labels[target], int(counts[at])):
            best[at] = (target, int(distances[row, column]))


def _is_code(label: str, other: str, events: int) -> bool:
    """Whether what differs is a code and no slip: a single letter of its own, or a short word in a label of regular use."""
    one, two = words(label), words(other)
    if len(one) != len(two):
        return False
    differing = [(a, b) for a, b in zip(one, two, strict=True) if a != b]
    if len(differing) != 1:
        return False
    longest = max(map(len, differing[0]))
    return longest == 1 or (longest <= SHORT_WORD and events >= REGULAR_EVENTS)
