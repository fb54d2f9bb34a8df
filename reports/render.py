"""Renders records into pages, in one language. The same record gives the same bytes."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from logsyn.reports.labels import must_break, visible, visible_code
from logsyn.reports.views.compare import compare_page
from logsyn.reports.views.description import description
from logsyn.reports.views.guide import guide_page
from logsyn.reports.views.index import index_page
from logsyn.reports.views.practice import practice_page
from logsyn.reports.views.quality import quality_page
from logsyn.reports.views.remedy import remedy_page
from logsyn.reports.wording import Wording

if TYPE_CHECKING:
    from logsyn.expectations.practice import Practice
    from logsyn.reports.described import Described
    from logsyn.reports.language import Lang
    from logsyn.validator.record import Audit, RunFacts, Succession

PAGES: Final = ("index.html", "practice.html", "quality.html")


def render(audit: Audit, lang: Lang, run: RunFacts | None = None) -> dict[str, str]:
    """The three pages of an audit as complete HTML documents, by file name.

    Args:
        audit: the record of the audit; all figures are from it.
        lang: ``da`` or ``en``.
        run: with what it was made, which the page for BI consultants names.
    """
    wording, templates = Wording(lang), environment(lang)
    pages = (index_page(audit, wording), practice_page(audit, wording), quality_page(audit, wording, run))
    return {
        name: templates.get_template(f"{name}.j2").render(vars(page)) for name, page in zip(PAGES, pages, strict=True)
    }


def render_guide(practice: Practice, lang: Lang) -> str:
    """The registration guide of a practice as a complete HTML document."""
    page = guide_page(practice, Wording(lang))
    return environment(lang).get_template("guide.html.j2").render(vars(page))


def render_remedy(before: Audit, after: Audit, lang: Lang) -> str:
    """The page of two audits side by side, of which the second is one of a remedied log, as a complete HTML document."""
    page = remedy_page(before, after, Wording(lang))
    return environment(lang).get_template("remedy.html.j2").render(vars(page))


def render_description(it: Described, audit: Audit | None, practice: Practice | None, lang: Lang) -> str:
    """The draft of a data description as one HTML document that a word processor opens and people go on writing in."""
    fields = description(it, audit, practice, Wording(lang))
    return environment(lang).get_template(f"description/{lang}.html.j2").render(fields)


def render_succession(comparison: Succession, lang: Lang) -> str:
    """The page of a comparison of audits as a complete HTML document, in ``da`` or ``en``."""
    page = compare_page(comparison, Wording(lang))
    return environment(lang).get_template("compare.html.j2").render(vars(page))


@cache
def environment(lang: Lang) -> Environment:
    """The templates with the texts of one language; everything they show is escaped."""
    made = Environment(
        loader=PackageLoader("logsyn.reports", "templates"),
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
