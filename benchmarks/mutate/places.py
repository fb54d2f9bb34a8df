"""Where the effect of a mutation is seen: the lines of its statement or, where that runs only at import, the lines that speak of what it defines."""

from __future__ import annotations

import ast
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PACKAGES = ("validator", "expectations", "reports")
_STEPS = 3
"""How often a name may be passed on by others before what uses them says nothing any more."""


def places(root: Path, file: str, line: int) -> list[set[tuple[str, int]]]:
    """Sets of (file, line), the nearest first: a test that executes none of them cannot notice a change of the line.

    For a line of a function: its statement. For a constant, a default, a field: whatever names it, then what names that.
    """
    tree = _tree(root / file)
    statement, inside = _statement(tree, line)
    own = {(file, number) for number in _header(statement, line)}
    if inside:
        return [own]
    names = _defined(statement) if not isinstance(statement, ast.Module) else set()
    found = [own | _bodies(file, statement)]
    for _ in range(_STEPS):
        lines, names = _named(root, file, frozenset(names))
        found.append(lines)
    return [lines for lines in found if lines]


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _statement(tree: ast.Module, line: int) -> tuple[ast.AST, bool]:
    """The innermost statement of a line, and whether a call of a function executes it; a default is of the function's own."""
    found, inside, deeper = tree, False, True
    node: ast.AST = tree
    while deeper:
        deeper = False
        for child in _statements(node):
            if child.lineno <= line <= (child.end_lineno or child.lineno):
                inside = inside or (isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and child in node.body)
                found = node = child
                deeper = True
                break
    return found, inside


def _statements(node: ast.AST) -> Iterator[ast.stmt]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt):
            yield child
        elif isinstance(child, ast.ExceptHandler | ast.match_case):
            yield from _statements(child)


def _header(statement: ast.AST, line: int) -> range:
    """The lines of a statement without those of statements within it."""
    if isinstance(statement, ast.Module):
        return range(line, line + 1)
    first, last = statement.lineno, statement.end_lineno or statement.lineno
    within = [child.lineno for child in _statements(statement)]
    return range(first, max(first, min(within) - 1) + 1 if within else last + 1)


def _bodies(file: str, statement: ast.AST) -> set[tuple[str, int]]:
    """What is executed by calls of a function or of the methods of a class."""
    return {
        (file, number)
        for node in ast.walk(statement)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for child in node.body
        for number in _header(child, child.lineno)
    }


def _defined(statement: ast.AST) -> set[str]:
    """Names that a statement gives: a constant, a field, a function, a class."""
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return {name}
        case ast.Assign(targets=targets):
            return {node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)}
        case ast.AnnAssign(target=ast.Name(id=name)) | ast.AugAssign(target=ast.Name(id=name)):
            return {name}
    return set()


def _named(root: Path, file: str, names: frozenset[str]) -> tuple[set[tuple[str, int]], set[str]]:
    """Lines of functions that speak of the names, in this file and in those that take them from it, and names that are defined with them elsewhere."""
    lines, passed_on = set(), set()
    private = all(name.startswith("_") for name in names)
    for path in [root / file] if private else _files(root):
        place = path.relative_to(root).as_posix()
        for line in sorted(set().union(*(_lines_by_name(path).get(name, set()) for name in names))):
            statement, inside = _statement(_tree(path), line)
            if inside:
                lines |= {(place, number) for number in _header(statement, line)}
            else:
                passed_on |= _defined(statement)
    return lines, passed_on - names


@cache
def _files(root: Path) -> list[Path]:
    return sorted(path for package in _PACKAGES for path in (root / package).rglob("*.py"))


@cache
def _lines_by_name(path: Path) -> dict[str, set[int]]:
    """Name → the lines that speak of it, as a name, an attribute or an argument."""
    found: dict[str, set[int]] = {}
    for node in ast.walk(_tree(path)):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.keyword(arg=str(name)):
                found.setdefault(name, set()).add(node.lineno)
    return found
