"""Extracts the texts of the pages anew from templates and code: the truth that the Danish catalogue is held against."""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import logsyn.reports

FOLDER = Path(logsyn.reports.__file__).parent
METHODS = [("**/templates/**.j2", "jinja2"), ("**.py", "python")]
OPTIONS = {"**/templates/**.j2": {"trimmed": "true", "silent": "false"}}
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}


def extracted() -> Catalog:
    """All texts that templates and code mark for translation."""
    catalogue = Catalog(locale="da", domain="logsyn")
    for file, line, message, comments, context in extract_from_dir(FOLDER, METHODS, OPTIONS, keywords=KEYWORDS):
        catalogue.add(message, locations=[(file, line)], auto_comments=comments, context=context)
    return catalogue


def danish() -> Catalog:
    """The Danish catalogue as it is in the package."""
    with (FOLDER / "locale" / "da" / "LC_MESSAGES" / "logsyn.po").open("rb") as file:
        return read_po(file, locale="da")
