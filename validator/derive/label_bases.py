"""The base label of a label: what it says without ids, running numbers and additions behind a sign.

``Afgørelse_kopi1`` and ``Afgørelse (rettet)`` are additions to ``Afgørelse`` where the log has that label, too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from logsyn.validator.derive.label_similarity import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from logsyn.validator.derive.label_templates import Template

_NUMBERED = re.compile(r"(.*[^\W\d_])[\s_\-#/.(]*(\d{1,2})\)?")
# A hyphen without spaces joins a word (CV-samtale); the other signs, and a dash between spaces, add to one.
_ADDITION = re.compile(r"\s*(?:[_:;/|(\[#@]|\s[-\u2013])")


def base_labels(labels: Sequence[str], templates: Mapping[str, Template]) -> dict[str, str]:
    """The base of each label, folded to words without case, so that labels of one base are equal."""
    fixed = {label: templates[label].fixed if label in templates else label for label in labels}
    stems = fixed | _unnumbered(fixed)
    known = {key(label) for label in labels}
    return {label: _shortened(stem, known) for label, stem in stems.items()}


def key(label: str) -> str:
    """A label as its words in small letters."""
    return " ".join(words(label))


def _unnumbered(texts: Mapping[str, str]) -> dict[str, str]:
    """The text without its number of those labels that are numbered from 0 or 1 on: two at least, and few are missing."""
    numbers: dict[str, set[int]] = defaultdict(set)
    stems: dict[str, str] = {}
    for label, text in texts.items():
        match = _NUMBERED.fullmatch(text)
        if match:
            stems[label] = match[1]
            numbers[key(match[1])].add(int(match[2]))
    return {label: stem for label, stem in stems.items() if _runs(numbers[key(stem)])}


def _runs(numbers: set[int]) -> bool:
    return len(numbers) > 1 and min(numbers) <= 1 and max(numbers) <= 2 * len(numbers)


def _shortened(text: str, known: set[str]) -> str:
    """The shortest beginning, ending before a sign, that is a label of the log itself; else the whole."""
    beginnings = (key(text[: match.start()]) for match in _ADDITION.finditer(text))
    return next((beginning for beginning in beginnings if beginning and beginning in known), key(text))
