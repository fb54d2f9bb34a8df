"""What is changed in a module of Python: one comparison, bound, constant, condition or call at a time, and the SQL in its strings."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from benchmarks.mutate.sql_mutations import sql_mutations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_RECKONED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Div, ast.Mod: ast.Mult,
}  # fmt: skip
_UNSEEN = {"strict", "frozen", "slots", "kw_only", "repr"}
"""Arguments that no input can show: they help whoever writes the code."""
_SQL = re.compile(r"\b(SELECT|FROM|WHERE|CASE|WHEN|AND|OR|NOT|NULL|OVER|BETWEEN|JOIN)\b")
_QUANTIFIER = re.compile(r"(?<=[\])\w.}])[+*?](?![+*?])|(?<=\{)\d+(?=[,}])|(?<=,)\d+(?=\})")


def python_mutations(source: str) -> Iterator[tuple[int, str, str, Callable[[], str]]]:
    """Every mutation of a module: its line, what was there, what is there then, and how to write the module with it.

    What is written for readers and for mypy is left alone: docstrings, annotations, decorators, what stands under ``TYPE_CHECKING``.
    A mutation is written before the next one is asked for.
    """
    tree = ast.parse(source)
    for parent, field, index, node in _places(tree):
        for other in _others(node, parent):
            before = _short(node)
            _put(parent, field, index, other)
            yield (
                getattr(node, "lineno", 0),
                before,
                _short(other),
                lambda: ast.unparse(ast.fix_missing_locations(tree)) + "\n",
            )
            _put(parent, field, index, node)


def _places(node: ast.AST) -> Iterator[tuple[ast.AST, str, int | None, ast.AST]]:
    for field, value in ast.iter_fields(node):
        if field in {"annotation", "returns", "decorator_list"}:
            continue
        for index, child in enumerate(value) if isinstance(value, list) else ((None, value),):
            if isinstance(child, ast.AST) and not _for_readers(child):
                yield node, field, index, child
                yield from _places(child)


def _for_readers(node: ast.AST) -> bool:
    text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    typing = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    return (
        text
        or typing
        or isinstance(node, ast.Import | ast.ImportFrom)
        or (isinstance(node, ast.keyword) and node.arg in _UNSEEN)
    )


def _put(parent: ast.AST, field: str, index: int | None, node: ast.AST) -> None:
    if index is None:
        setattr(parent, field, node)
    else:
        getattr(parent, field)[index] = node


def _others(node: ast.AST, parent: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Constant):
        yield from map(ast.Constant, _constants(node.value, parent))
    else:
        yield from _operators(node)
        yield from _statements(node)


def _operators(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Compare(left=left, ops=[op, *more], comparators=comparators) if type(op) in _COMPARED:
            yield ast.Compare(left, [_COMPARED[type(op)](), *more], comparators)
        case ast.BoolOp(op=op, values=values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _RECKONED:
            yield ast.BinOp(left, _RECKONED[type(op)](), right)
        case ast.IfExp(test=test, body=body, orelse=orelse):
            yield ast.IfExp(test, orelse, body)


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.If(test=test, body=body, orelse=orelse):
            yield ast.If(ast.UnaryOp(ast.Not(), test), body, orelse)
        case ast.Expr(value=ast.Call()):
            yield ast.Pass()
        case ast.Break() | ast.Continue():
            yield ast.Continue() if isinstance(node, ast.Break) else ast.Break()


def _constants(value: object, parent: ast.AST) -> Iterator[bool | float | str]:
    match value:
        case bool():
            yield not value
        case int() | float():
            yield value + 1
        case str() if _SQL.search(value):
            yield from sql_mutations(value)
        case str() if isinstance(parent, ast.Call) and ast.unparse(parent.func) == "re.compile":
            for found in _QUANTIFIER.finditer(value):
                other = str(int(found[0]) + 1) if found[0].isdigit() else {"+": "*", "*": "+", "?": ""}[found[0]]
                yield f"{value[: found.start()]}{other}{value[found.end() :]}"


def _short(node: ast.AST) -> str:
    if isinstance(node, ast.If):
        return f"if {ast.unparse(node.test)}:"
    return ast.unparse(ast.fix_missing_locations(node)) if not isinstance(node, ast.Constant) else repr(node.value)
