"""Labels with a variable part: a fixed text to which ids, dates, numbers or names are added, which makes each a label of its own.

The template of a label is its text with ``…`` for what varies. What varies is told by its form (dates, ids: ``label_marks``), by
how it is written (names are capitalised within a sentence), or by how fast it grows: a text that is continued in a new way nearly
each time that it is used. Log templates are found in a like way in system logs (He et al., "Drain: an online log parsing approach
with fixed depth tree", ICWS 2017); the pattern is "polluted label" of Suriadi et al. (2017).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from logsyn.validator.derive.label_marks import VARIES, Masked, mask, mask_names

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

REUSED = 10
"""A short number that comes back in so many events each, on average, names a kind and not a thing."""
NAMES_REUSED = 5
NAMES_AFTER_SIGN = 5
GROWN_VARIANTS = 10
GROWN_REUSED = 2
_LETTER = re.compile(r"[^\W\d_]")
_TOKEN = re.compile(r"\w+|[^\w\s]")
_EDGES = re.compile(rf"^[\s{VARIES}_\-:;,.#/|(\[@]+|[\s{VARIES}_\-:;,.#/|()\[\]@]+$")


@dataclass(frozen=True)
class Template:
    """``text`` is the label with ``…`` for what varies; so many labels of the log are ``variants`` of it."""

    text: str
    variants: int

    @property
    def fixed(self) -> str:
        """What does not vary, without the signs that joined the two."""
        return _EDGES.sub("", self.text)


def find_templates(labels: Sequence[str], events: Sequence[int], slips: Collection[str] = ()) -> dict[str, Template]:
    """The template of each label that has a variable part; a template has two variants at least.

    Args:
        labels: distinct labels.
        events: how many events carry each.
        slips: labels that are slips of the keyboard for others, and so no variants in their own right.
    """
    counts = dict(zip(labels, events, strict=True))
    found: dict[str, Template] = {}
    searches: tuple[Callable[[list[str], Mapping[str, int]], Iterable[tuple[str, list[str]]]], ...] = (
        _by_form,
        _by_name,
        _by_growth,
    )
    for search in searches:
        left = [label for label in labels if label not in found and (search is _by_form or label not in slips)]
        for text, variants in search(left, counts):
            template = Template(text, len(variants))
            if _LETTER.search(template.fixed):
                found |= dict.fromkeys(variants, template)
    return found


def _groups(masked: Iterable[tuple[str, Masked]]) -> list[list[tuple[str, Masked]]]:
    """Labels with the same template; those without a variable part, and templates of one label, are left out."""
    groups: dict[str, list[tuple[str, Masked]]] = defaultdict(list)
    for label, one in masked:
        if one.values:
            groups[one.text.casefold()].append((label, one))
    return [group for group in groups.values() if len(group) > 1]


def _by_form(labels: list[str], counts: Mapping[str, int]) -> Iterable[tuple[str, list[str]]]:
    for group in _groups((label, mask(label)) for label in labels):
        variants = [label for label, _ in group]
        if any(one.is_certain for _, one in group) or _are_free_numbers(group, counts):
            yield group[0][1].text, variants


def _are_free_numbers(group: list[tuple[str, Masked]], counts: Mapping[str, int]) -> bool:
    """Whether short numbers name things (case 4711) and neither steps (phase 1, phase 2) nor kinds that come back."""
    numbers = {int(value) for _, one in group for value in one.values}
    runs = max(numbers) <= 2 * len(numbers)
    return not runs and sum(counts[label] for label, _ in group) <= REUSED * len(group)


def _by_name(labels: list[str], counts: Mapping[str, int]) -> Iterable[tuple[str, list[str]]]:
    for group in _groups((label, mask_names(label)) for label in labels):
        variants = [label for label, _ in group]
        rarely = sum(counts[label] for label in variants) <= NAMES_REUSED * len(variants)
        full = sum(" " in value for _, one in group for value in one.values) >= 0.8 * len(variants)
        many = len(variants) >= NAMES_AFTER_SIGN
        certain = all(one.is_certain for _, one in group)
        if (rarely and (certain or many)) or (full and (rarely or many)):
            yield group[0][1].text, variants


def _by_growth(labels: list[str], counts: Mapping[str, int]) -> Iterable[tuple[str, list[str]]]:
    """Labels with the same beginning, else the same end, that hardly ever come back."""
    from_left = {label: [(at.end(), at.group()) for at in _TOKEN.finditer(label)] for label in labels}
    begun = {label: [label[:end].casefold() for end, _ in tokens[:-1]] for label, tokens in from_left.items()}
    taken: set[str] = set()
    for start, variants in _grown(begun, counts):
        taken.update(variants)
        yield variants[0][: len(start)] + " " + VARIES, variants
    ended = {
        label: [label[at.start() :].casefold() for at in reversed(list(_TOKEN.finditer(label)))][:-1]
        for label in labels
        if label not in taken
    }
    for end, variants in _grown(ended, counts):
        yield VARIES + " " + variants[0][len(variants[0]) - len(end) :], variants


def _grown(parts: Mapping[str, list[str]], counts: Mapping[str, int]) -> list[tuple[str, list[str]]]:
    """Parts with many variants of few events each: each label goes with the longest of its parts that has them."""
    labels_of: dict[str, list[str]] = defaultdict(list)
    for label, own in parts.items():
        for part in own:
            labels_of[part].append(label)
    growing = {part for part, labels in labels_of.items() if _grows(labels, counts) and re.search(r"\w{3}", part)}
    longest: dict[str, list[str]] = defaultdict(list)
    for label, own in parts.items():
        grown = [part for part in own if part in growing]
        if grown:
            longest[max(grown, key=len)].append(label)
    return [(part, labels) for part, labels in longest.items() if _grows(labels, counts)]


def _grows(labels: Sequence[str], counts: Mapping[str, int]) -> bool:
    return len(labels) >= GROWN_VARIANTS and sum(counts[label] for label in labels) <= GROWN_REUSED * len(labels)
