"""Rows of answers are read by the names of their columns: no row that was fetched is taken apart by position.

Rows of one column may be, and rows of two, such as a label and its number. Whoever needs more columns has ``records`` and ``record``.
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FETCHED = {"fetchall": "rows", "fetchmany": "rows", "fetchone": "row"}
SAME_ROWS = {"list", "tuple", "sorted", "reversed"}
HARMLESS = {"dict", "len", "bool"}
"""What may be given rows: they do not look at the third column."""

EXCEPTIONS = {"validator/database/answers.py"}
"""Where rows get their names."""


def kind(node, known):
    """Whether an expression gives fetched ``rows`` or one ``row``; None: neither."""
    if isinstance(node, ast.Name):
        return known.get(node.id)
    if isinstance(node, ast.BoolOp):
        return next((found for one in node.values if (found := kind(one, known))), None)
    if isinstance(node, ast.Subscript) and kind(node.value, known) == "rows":
        return "rows" if isinstance(node.slice, ast.Slice) else "row"
    if isinstance(node, ast.Call):
        return kind_of_call(node, known)
    if isinstance(node, (ast.GeneratorExp, ast.ListComp)):
        return "row" if kind(node.generators[0].iter, known) == "row" else None
    return None


def kind_of_call(node, known):
    if isinstance(node.func, ast.Attribute):
        return FETCHED.get(node.func.attr)
    same = isinstance(node.func, ast.Name) and node.func.id in SAME_ROWS and node.args
    return kind(node.args[0], known) if same else None


def bindings(function):
    """What is bound to what: each target with the expression, and whether the target is one element of it."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            yield from ((target, node.value, False) for target in node.targets)
        elif isinstance(node, (ast.AnnAssign, ast.NamedExpr)) and node.value is not None:
            yield node.target, node.value, False
        elif isinstance(node, (ast.For, ast.comprehension)):
            yield node.target, node.iter, True


def bound(value, known, *, element):
    found = kind(value, known)
    return ("row" if found == "rows" else None) if element else found


def taken_apart(target):
    """Whether a target has more than two names, or any number of them."""
    leaves = [node for node in ast.walk(target) if isinstance(node, (ast.Name, ast.Attribute))]
    starred = any(isinstance(node, ast.Starred) for node in ast.walk(target))
    return isinstance(target, (ast.Tuple, ast.List)) and (starred or len(leaves) > 2)


def by_position(node, known):
    """Whether an expression hands fetched rows on as they are, or picks another column than the first of one."""
    if isinstance(node, (ast.Return, ast.Starred, ast.Yield)) and node.value is not None:
        return kind(node.value, known) is not None
    if isinstance(node, ast.Call):
        name = node.func.id if isinstance(node.func, ast.Name) else None
        return name not in SAME_ROWS | HARMLESS and any(kind(given, known) for given in node.args)
    if isinstance(node, ast.Subscript) and kind(node.value, known) == "row":
        return not (isinstance(node.slice, ast.Constant) and node.slice.value == 0)
    return False


def found_in(source):
    """The lines of a module in which rows that were fetched are taken apart by position."""
    lines = set()
    for function in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)):
        pairs, known = list(bindings(function)), {}
        for _ in range(3):  # a row of a slice of rows
            known |= {
                target.id: found
                for target, value, element in pairs
                if isinstance(target, ast.Name) and (found := bound(value, known, element=element))
            }
        lines |= {t.lineno for t, value, element in pairs if bound(value, known, element=element) and taken_apart(t)}
        lines |= {node.lineno for node in ast.walk(function) if by_position(node, known)}
    return sorted(lines)


@pytest.mark.parametrize(
    ("line", "is_found"),
    [
        ("a, b, c = connection.execute(query).fetchone()", True),
        ("a, b, c = connection.execute(query).fetchall()[0]", True),
        ("a, *b = connection.execute(query).fetchall()[0]", True),
        ("for a, b, c in connection.execute(query).fetchall(): pass", True),
        ("rows = connection.execute(query).fetchall()[:9]; found = [a + c for a, b, c in rows]", True),
        ("found = [Use(*row) for row in connection.execute(query).fetchall()]", True),
        ("part = Part(*answer.fetchall()[0])", True),
        ("found = {row[:-1]: row[-1] for row in answer.fetchall()}", True),
        ("row = answer.fetchone(); third = row[2]", True),
        ("found = {step: counts for step, *counts in answer.fetchall()}", True),
        ("found = zip(names, answer.fetchone(), strict=True)", True),
        ("return answer.fetchall()", True),
        ("return tuple(int(count) for count in answer.fetchall()[0])", True),
        ("told(answer.fetchall())", True),
        ("a, b, c = record(answer)['a'], 2, 3", False),
        ("((a,),) = answer.fetchall()", False),
        ("found = {a for (a,) in answer.fetchall()}", False),
        ("found = dict(answer.fetchall())", False),
        ("found = int(answer.fetchall()[0][0])", False),
        ("found = [row['a'] for row in records(answer)]", False),
    ],
)
def test_what_is_taken_apart_by_position_is_seen(line, is_found):
    assert bool(found_in(f"def asked(connection, query):\n    {line}")) is is_found


def test_no_row_of_an_answer_is_taken_apart_by_position():
    paths = [path for package in ("validator", "expectations", "reports") for path in (ROOT / package).rglob("*.py")]
    found = {str(path.relative_to(ROOT)): lines for path in paths if (lines := found_in(path.read_text("utf-8")))}
    assert {name: lines for name, lines in found.items() if name not in EXCEPTIONS} == {}
    assert found.keys() == EXCEPTIONS
