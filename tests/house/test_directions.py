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
    _, package, *rest = module.split(".")
    return rest[0] if package == "validator" and rest else package


def imports():
    """Package → the packages that it imports, wherever the import stands: at the top, in a function, for types."""
    found = {}
    for folder in ("validator", "expectations", "reports"):
        for path in (ROOT / folder).rglob("*.py"):
            own = room_of(".".join(("logsyn", *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__"))
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                names = [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
                names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                found.setdefault(own, set()).update(room_of(name) for name in names if name.startswith("logsyn."))
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
