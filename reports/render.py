"""Renders an audit into its three pages, and a practice into its guide, in one language. The same input gives the same bytes."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from reports.labels import must_break, visible, visible_code
from reports.views.guide import guide_page
from reports.views.index import index_page
from reports.views.practice import practice_page
from reports.views.quality import quality_page
from reports.wording import Wording

if TYPE_CHECKING:
    from expectations.practice import Practice
    from reports.language import Lang
    from validator.findings.model import Audit

PAGES: Final = {"index.html": index_page, "practice.html": practice_page, "quality.html": quality_page}


def render(audit: Audit, lang: Lang) -> dict[str, str]:
    """The three pages of an audit as complete HTML documents, by file name.

    Args:
        audit: the record of the audit; nothing else is read.
        lang: ``da`` or ``en``.
    """
    wording, templates = Wording(lang), environment(lang)
    return {
        name: templates.get_template(f"{name}.j2").render(vars(page_of(audit, wording)))
        for name, page_of in PAGES.items()
    }


def render_guide(practice: Practice, lang: Lang) -> str:
    """The registration guide of a practice as a complete HTML document."""
    page = guide_page(practice, Wording(lang))
    return environment(lang).get_template("guide.html.j2").render(vars(page))


@cache
def environment(lang: Lang) -> Environment:
    """The templates with the texts of one language; everything they show is escaped."""
    made = Environment(
        loader=PackageLoader("reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_translations(Wording(lang).translations, newstyle=True)  # type: ignore[attr-defined]
    made.filters.update(must_break=must_break, visible=visible, visible_code=visible_code)
    return made
