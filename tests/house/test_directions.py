"""Who imports whom: every direction between packages is in the picture of docs/architecture.md, and none leads back."""

import ast
import re
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PICTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
LINE = re.compile(r"^\| `([a-z_]+)` \| [^|]+ \| ([^|]*) \|$", re.MULTILINE)


def room_of(module):
    """The package of a module as the picture names it; a module of its own in ``validator`` is named as it is."""
    _, package, *rest = [*module.split("."), "logsyn"] if module == "logsyn" else module.split(".")
    return rest[0] if package == "validator" and rest else package


def names_in(text, own):
    """The modules of ours that a module's text imports: at the top, in a function, for types, relative to it or by a name in a string."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom):
            around = own.split(".")[: -node.level] if node.level else []
            base = ".".join([*around, *([node.module] if node.module else [])])
            yield from (f"{base}.{alias.name}" if base == "logsyn" else base for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in {
            "import_module",
            "__import__",
        }:
            yield from (one.value for one in node.args if isinstance(one, ast.Constant))


def imports():
    """Package → the packages that it imports; ``logsyn`` itself, the front door, is a package like any other."""
    found = {}
    for folder in ("validator", "expectations", "reports"):
        for path in (ROOT / folder).rglob("*.py"):
            module = ".".join(("logsyn", *path.relative_to(ROOT).with_suffix("").parts))
            own = room_of(module.removesuffix(".__init__"))
            names = [
                name for name in names_in(path.read_text(encoding="utf-8"), module) if name.split(".")[0] == "logsyn"
            ]
            found.setdefault(own, set()).update(room_of(name) for name in names)
    return {own: others - {own} for own, others in found.items() if own != "validator"}


def told():
    return {own: set(re.findall(r"[a-z_]+", others)) for own, others in LINE.findall(PICTURE)}


def test_the_picture_shows_every_direction_and_no_other():
    wrong = {own: sorted(told().get(own, set()) ^ others) for own, others in imports().items() if told().get(own) != others}
    assert not wrong, f"put into or take out of the table of docs/architecture.md, with a reason: {wrong}"
    assert set(told()) == set(imports())


def test_no_direction_leads_back():
    order = [*TopologicalSorter(imports()).static_order()]
    assert order.index("record") < order.index("reports") < order.index("interface")


@pytest.mark.parametrize("own", ["expectations", "errors", "record", "request"])
def test_what_all_rests_on_imports_next_to_nothing(own):
    assert imports()[own] <= {"expectations"}


@pytest.mark.parametrize(
    ("text", "room"),
    [
        ("import logsyn", "logsyn"),
        ("from logsyn import audit", "audit"),
        ("def f():\n    from logsyn.validator.run import audit", "run"),
        ("from ..run import audit", "run"),
        ("from importlib import import_module\nimport_module('logsyn.validator.run.audit')", "run"),
        ("import logsyn.reports.render as pages", "reports"),
    ],
)
def test_no_way_to_import_is_overlooked(text, room):
    found = [room_of(name) for name in names_in(text, "logsyn.validator.record.base") if name.startswith("logsyn")]
    assert found == [room]
