"""Owns the two languages of the pages: Danish is read from its .po file, English is the text in the source."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, Literal

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

if TYPE_CHECKING:
    from logsyn.validator.record import Text

Lang = Literal["da", "en"]
DOMAIN = "logsyn"
LOCALES: dict[Lang, str] = {"da": "da_DK", "en": "en_GB"}


@cache
def translations_of(lang: Lang) -> NullTranslations:
    """The gettext translations of a language, built in memory from its .po file; English needs none."""
    if lang == "en":
        return NullTranslations()
    source = files("logsyn.reports") / "locale" / lang / "LC_MESSAGES" / f"{DOMAIN}.po"
    catalogue, compiled = read_po(BytesIO(source.read_bytes()), locale=lang), BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled, domain=DOMAIN)


class Language:
    """One language: its texts, and the choice between the two texts of a finding."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang
        self.locale = Locale.parse(LOCALES[lang])
        self.translations = translations_of(lang)

    def gettext(self, message: str, **values: str) -> str:
        """The text in this language, with ``%(name)s`` filled in."""
        return str(self.translations.gettext(message)) % values

    def ngettext(self, singular: str, plural: str, count: int, **values: str) -> str:
        """The text in this language in the number that ``count`` asks for, with ``%(name)s`` filled in."""
        return str(self.translations.ngettext(singular, plural, count)) % values

    def pick(self, text: Text) -> str:
        """The text of a finding in this language."""
        return text.da if self.lang == "da" else text.en


def N_(message: str) -> str:  # noqa: N802, the name that gettext tools look for
    """Mark a text for translation; whoever shows it translates it."""
    return message
