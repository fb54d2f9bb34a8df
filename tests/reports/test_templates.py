"""The view models hold exactly what the templates use: no field too many, none too few."""

from __future__ import annotations

import dataclasses
from importlib import import_module
from pkgutil import iter_modules

import pytest
from jinja2 import nodes
from jinja2.meta import find_undeclared_variables

import logsyn.reports.views
from logsyn.reports import charts
from logsyn.reports.render import environment
from logsyn.reports.views.compare import ComparePage
from logsyn.reports.views.guide import GuidePage
from logsyn.reports.views.index import IndexPage
from logsyn.reports.views.page import Sheet
from logsyn.reports.views.practice import PracticePage
from logsyn.reports.views.quality import QualityPage
from logsyn.reports.views.remedy import RemedyPage

TEMPLATES = environment("da")
GIVEN = {"gettext", "ngettext", "_", "_trans", "caller"}
MODULES = [import_module(f"logsyn.reports.views.{module.name}") for module in iter_modules(logsyn.reports.views.__path__)]


def tree(name):
    return TEMPLATES.parse(TEMPLATES.loader.get_source(TEMPLATES, name)[0])


def bound(template):
    """Names that a template gives itself: macros and what it sets."""
    imported = {name for node in template.find_all(nodes.FromImport) for name in node.names}
    own = {node.name for node in template.find_all(nodes.Macro)}
    return imported | own | {node.name for node in template.find_all(nodes.Name) if node.ctx == "store"}


def fields(model):
    return {field.name for field in dataclasses.fields(model)}


def nested():
    """View models below the pages; ``Look`` is how a table is made, not what it shows."""
    models = {
        value for module in [*MODULES, charts] for value in vars(module).values() if dataclasses.is_dataclass(value)
    }
    return {model for model in models if not issubclass(model, Sheet) and model.__name__ != "Look"}


@pytest.mark.parametrize(
    ("page", "model"),
    [("index", IndexPage), ("practice", PracticePage), ("quality", QualityPage), ("remedy", RemedyPage)],
)
def test_page_uses_exactly_its_fields(page, model):
    templates = [tree(f"{page}.html.j2"), tree("base.html.j2")]
    used = {name for template in templates for name in find_undeclared_variables(template) - bound(template)}
    assert used - GIVEN == fields(model), f"each field of {model.__name__} is shown by a template, and nothing else"


def outside(template, others):
    """A template without the blocks that another one fills itself."""
    filled = {block.name for block in others.find_all(nodes.Block)}
    for block in template.find_all(nodes.Block):
        if block.name in filled:
            block.body = []
    return template


@pytest.mark.parametrize(("page", "model"), [("guide", GuidePage), ("compare", ComparePage)])
def test_page_outside_a_report_uses_exactly_its_fields(page, model):
    guide = tree(f"{page}.html.j2")
    templates = [guide, outside(tree("base.html.j2"), guide)]
    used = {name for template in templates for name in find_undeclared_variables(template) - bound(template)}
    assert used - GIVEN - {"self", "super"} == fields(model)


def test_templates_use_exactly_the_fields_of_the_view_models():
    found = [node for name in TEMPLATES.list_templates() for node in tree(name).find_all(nodes.Getattr)]
    used = {node.attr for node in found if not (isinstance(node.node, nodes.Name) and node.node.name == "loop")}
    assert used == {name for model in nested() for name in fields(model)}


def test_what_a_template_does_not_know_is_an_error():
    with pytest.raises(Exception, match="is undefined"):
        TEMPLATES.get_template("index.html.j2").render({})
