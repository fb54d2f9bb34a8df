"""Which tests concern a file: those in the folder of its package first, by name and by how few imports lie between, then others that import it."""

from __future__ import annotations

import ast
import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WIDE = ("tests/checking/test_cases.py", "tests/samples/test_sample.py")
"""Whole audits: what is tried after the tests of the package, and those that import the module."""


def concerned(root: Path, file: str) -> list[str]:
    """Files of tests, those first that most likely notice a change of ``file``."""
    if file.endswith(".yaml"):
        return ["tests/checking/test_cases.py", "tests/expectations", "tests/samples/test_sample.py", "tests/checking"]
    if file.endswith(".j2"):
        return ["tests/reports"]
    module = _module(file)
    folder = file.split("/")[1 if file.startswith("validator/") else 0]
    near = _tests_by_imports(root, module)
    words = set(re.split(r"[._]", module)[1:])
    named = [path for path in near if words & set(re.split(r"[/._]", path)[2:])]
    own = [path for path in near if path.startswith(f"tests/{folder}/")]
    direct = [path for path in near if near[path] == 1]
    by_likelihood = [
        *(path for path in own if path in named),
        *(path for path in own if path in direct),
        *own,
        *direct,
        *named,
        *(() if folder == "reports" else WIDE),
    ]
    return list(dict.fromkeys(by_likelihood))


def importing(root: Path, file: str) -> list[str]:
    """Files of tests that import a module itself."""
    return [path for path, far in _tests_by_imports(root, _module(file)).items() if far == 1]


def _module(file: str) -> str:
    return "logsyn." + file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _tests_by_imports(root: Path, module: str) -> dict[str, int]:
    """Files of tests that import the module, with how many imports lie between."""
    graph = _imports(root)
    distance, edge, steps = {module: 0}, {module}, 0
    while edge:
        steps += 1
        edge = {name for name, imported in graph.items() if name not in distance and imported & edge}
        distance |= dict.fromkeys(edge, steps)
    tests = {name.replace(".", "/") + ".py": far for name, far in distance.items() if ".test_" in name}
    return dict(sorted(tests.items(), key=lambda item: (item[1], item[0])))


@cache
def _imports(root: Path) -> dict[str, set[str]]:
    """Module → the modules of ours and of the tests that it imports, wherever in it."""
    files = [
        path for folder in ("validator", "expectations", "reports", "tests") for path in (root / folder).rglob("*.py")
    ]
    names = {_name(path.relative_to(root)): path for path in files}
    return {name: set(_imported(path)) & names.keys() for name, path in names.items()}


def _name(path: Path) -> str:
    dotted = path.with_suffix("").as_posix().removesuffix("/__init__").replace("/", ".")
    return dotted if dotted.startswith("tests") else f"logsyn.{dotted}"


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
