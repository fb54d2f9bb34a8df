"""Whether what a label has in addition names a part of the organisation, such as Team Nord, afd. B or Dep3."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_UNIT = re.compile(
    r"(?:team|afd|afdeling|afsnit|dep|dept|department|enhed|unit|kontor|office|center|centre|centret|jobcenter|ydelsescenter|borgerservice|"
    r"sektion|section|gruppe|group|forvaltning|division|branch|filial|distrikt|district|region|site|lokation|location)\d*"
)


def names_a_unit(words: list[str], groups: Collection[str]) -> bool:
    """Whether an addition begins with a word for a unit.

    Args:
        words: the words of the addition, in small letters.
        groups: what the log itself calls its teams and sources, as words in small letters. Of these the rows tell whose label it is, and not
            its words: it may be the team to which a case is handed over.
    """
    text = f" {' '.join(words)} "
    return bool(words) and _UNIT.fullmatch(words[0]) is not None and not any(f" {group} " in text for group in groups)
