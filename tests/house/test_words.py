"""One word, one thing: no two classes have one name, and what all agree about is made in one place."""

import ast
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = [path for folder in ("validator", "expectations", "reports", "logsyn") for path in sorted((ROOT / folder).rglob("*.py"))]


@cache
def nodes():
    """Every node of the code with the file that it stands in."""
    return [
        (str(path.relative_to(ROOT)), node)
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    ]


def test_no_two_classes_have_one_name():
    places = defaultdict(list)
    for path, node in nodes():
        if isinstance(node, ast.ClassDef):
            places[node.name.lstrip("_")].append(path)
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


def test_no_import_gives_a_class_another_name():
    assert {
        (path, alias.name)
        for path, node in nodes()
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("logsyn.")
        for alias in node.names
        if alias.asname not in (None, alias.name) and alias.name[:1].isupper()
    } <= {("logsyn/__init__.py", "Log")}  # logsyn.open


def ordered(node):
    """The texts of a list, a tuple, or the keys of a mapping; of a name in brackets, such as ``Literal[…]``, what stands within."""
    elements = node.keys if isinstance(node, ast.Dict) else getattr(node, "elts", [])
    return [one.value for one in elements if isinstance(one, ast.Constant)]


def test_severities_stand_in_order_in_one_place_and_beside_that_have_words_only():
    every = {"critical", "warning", "info"}
    assert {path for path, node in nodes() if every <= {str(one) for one in ordered(node)}} == {
        "expectations/severity.py",
        "reports/names.py",  # what they are called on pages
        "validator/judging/rule_of_judgement.py",  # and in sentences
    }


@pytest.mark.parametrize(("name", "place"), [
    ("identifier", "validator/database/sql.py"), ("literal", "validator/database/sql.py"),
    ("masked_cpr", "validator/personal/cpr.py"), ("cut", "validator/personal/cutting.py"),
    ("text_of", "expectations/text.py"), ("gravity", "expectations/severity.py"), ("_offset", "validator/derive/zone.py"),
])  # fmt: skip
def test_what_all_use_is_defined_once(name, place):
    assert [path for path, node in nodes() if isinstance(node, ast.FunctionDef) and node.name == name] == [place]


@pytest.mark.parametrize(("text", "place"), [("######", "validator/personal/cpr.py"), ('""', "validator/database/sql.py")])
def test_a_mask_and_a_doubled_quote_are_written_once(text, place):
    found = {path for path, node in nodes() if isinstance(node, ast.Constant) and isinstance(node.value, str)
             and node.value.startswith(text) and len(node.value) < len("######-#####")}  # fmt: skip
    assert found == {place}


GLOSSARY = re.findall(r"^\| ([a-z ]+?)(?: \(\*.+?\*\))? \| ([^|]+) \| ([^|]+) \|$",
                      (ROOT / "docs/architecture.md").read_text(encoding="utf-8").split("## Words")[1].split("\n## ")[0], re.MULTILINE)  # fmt: skip


def names():
    """All that a word can stand for in the code: classes, functions, constants, and tables and columns as texts name them."""
    for _, node in nodes():
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_the_glossary_has_each_word_once_in_one_sentence_and_in_the_code():
    rows = GLOSSARY[1:]  # below the heading
    known = set(names())
    assert len({word for word, _, _ in rows}) == len(rows) >= 30
    assert [word for word, meaning, _ in rows if not re.fullmatch(r"[^.]+(?:\.[^ .]+)*[^.]*\.", meaning)] == []
    assert [name for _, _, code in rows for name in re.findall("`([^`]+)`", code) if name not in known] == []
    assert all("`" in code for _, _, code in rows)
