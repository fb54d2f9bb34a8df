"""Writes the READMEs of an export, in Danish and in English: what it is, how to import it, what is not in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

from logsyn.validator.handing_on.layout import UNKNOWN

if TYPE_CHECKING:
    from logsyn.validator.handing_on.record import Handover

README = {"da": "README.da.md", "en": "README.en.md"}
_LOCALES = {"da": "da_DK", "en": "en_GB"}
TOOLS = {
    "apromore": "Apromore",
    "power-automate": "Power Automate Process Mining",
    "xes": "XES (IEEE 1849)",
    "parquet": "Parquet",
    "csv": "CSV",
}


def readmes(record: Handover) -> dict[str, str]:
    """The two READMEs by file name."""
    return {name: _readme(record, "da" if lang == "da" else "en") for lang, name in README.items()}


def _readme(record: Handover, lang: Literal["da", "en"]) -> str:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - only who exports needs it

    environment = Environment(
        loader=PackageLoader("logsyn.validator.handing_on", "templates"),
        autoescape=False,  # noqa: S701 - Markdown: what comes from an extract passes through `code`
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(code=code, number=_number(lang))
    page = environment.get_template(f"{README[lang]}.j2").render(
        it=record,
        tool=TOOLS[record.target],
        unknown=UNKNOWN,
        files=len(record.files),
        steps=[one.remedy for one in record.beyond if one.remedy],
        left_out=sum(record.rows.left_out.values()),
        column={column.header: column for column in record.columns},
        set_apart=[column for column in record.columns if column.set_apart],
        filled=[column for column in record.columns if column.filled],
        formulas=sum(column.formulas for column in record.columns),
        persons=[column for column in record.columns if column.treatment == "pseudonym" and column.column != "case_id"],
        special=[
            f"`{column.header}`"
            for column in record.columns
            if column.personal is not None and column.personal.answer in ("sensitive", "criminal")
        ],
        masked=[column for column in record.columns if column.treatment == "masked"],
    )
    return re.sub(r"\n{3,}", "\n\n", page)


def code(text: str) -> str:
    """A text of an extract as a code span in a table: inert, on one line, whatever characters it has."""
    plain = re.sub(r"[\s\x00-\x1f\x7f]+", " ", text).replace("`", "'").replace("|", "¦").strip()
    return f"`{plain}`" if plain else "-"


def _number(lang: Literal["da", "en"]) -> Any:
    from babel.numbers import format_decimal  # noqa: PLC0415 - as above

    return lambda value: format_decimal(value, locale=_LOCALES[lang])
