"""What a choice is called in the texts of a check: ``{timestamp}`` becomes the words of the choice that is in force."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from logsyn.expectations.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from logsyn.expectations.catalogue import Parameter

_PLACE = re.compile(r"\{(\w+)\}")
_ELSE = {"da": ", ellers ", "en": ", else "}


def with_choices(text: Text, parameters: Mapping[str, Parameter], given: Mapping[str, Any]) -> Text:
    """A text of a check with the words of its choices in place.

    Args:
        text: names parameters as ``{name}``; what is no choice with words of its own (``said``) stays as it is.
        parameters: those of the check.
        given: the choices in force; of one that nobody made, all that may be taken, in their order.
    """
    return Text(da=_filled(text.da, "da", parameters, given), en=_filled(text.en, "en", parameters, given))


def _filled(text: str, lang: str, parameters: Mapping[str, Parameter], given: Mapping[str, Any]) -> str:
    def words(match: re.Match[str]) -> str:
        name = match[1]
        choices = parameters[name].choices if name in parameters else {}
        chosen = given.get(name)
        said = [_said(choices.get(str(one)), lang) for one in (chosen if isinstance(chosen, list) else [chosen])]
        return _ELSE[lang].join(filter(None, said)) or match[0]

    return _PLACE.sub(words, text)


def _said(choice: str | dict[str, Any] | None, lang: str) -> str:
    return str(choice.get("said", {}).get(lang, "")) if isinstance(choice, dict) else ""
