"""What ``make mutate`` changes, which tests it tries first, and that nothing is changed in the checkout."""

import ast
from pathlib import Path

import pytest

from benchmarks.mutate import __main__ as mutate
from benchmarks.mutate.concerned import concerned
from benchmarks.mutate.mutation import all_mutations, draw, mutated
from benchmarks.mutate.python_mutations import python_mutations
from benchmarks.mutate.sql_mutations import catalogue_mutations, sql_mutations, template_mutations

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def mutations():
    return all_mutations(ROOT)


@pytest.mark.parametrize(
    ("written", "changed"),
    [
        ("a = b <= c", ["a = b < c"]),
        ("a = b if c else d", ["a = d if c else b"]),
        ("if a and b:\n    f()", ["if not (a and b):\n    f()", "if a or b:\n    f()", "if a and b:\n    pass"]),
        ("a = f'x {b} WHERE c < {d}'", ["a = f'x {b} WHERE c <= {d}'"]),
        ("a = re.compile('b{3}c+')", ["a = re.compile('b{4}c+')", "a = re.compile('b{3}c*')"]),
        ("a: int = 3", ["a: int = 4"]),
        ("@dataclass(frozen=True)\nclass A:\n    'Told 3 times.'", []),
        ("for a in b:\n    break", ["for a in b:\n    continue"]),
    ],
)
def test_one_thing_of_python_is_changed_at_a_time(written, changed):
    assert [write().strip() for *_, write in python_mutations(written)] == changed


@pytest.mark.parametrize(
    ("sql", "changed"),
    [
        ("a < 3 AND b", ["a <= 3 AND b", "a < 4 AND b", "a < 3 OR b"]),
        ("max(a1) IS NOT NULL", ["min(a1) IS NOT NULL", "max(a1) IS NULL"]),
        ("'2 of them' {3} x", []),
    ],
)
def test_one_thing_of_sql_is_changed_at_a_time(sql, changed):
    assert list(sql_mutations(sql)) == changed


def test_of_a_check_only_the_sql_and_the_defaults_are_changed_and_of_a_template_the_conditions():
    check = 'check: a\n  default: 3\nvalue: >-\n  a < 1\ntitle: {en: "a < 1"}\n'
    assert [(line, after) for line, _, after, _ in catalogue_mutations(check)] == [
        (2, "default: 4"),
        (4, "a <= 1"),
        (4, "a < 2"),
    ]
    assert [write() for *_, write in template_mutations("{% if a %}b{% endif %}")] == ["{% if not (a) %}b{% endif %}"]


def test_all_packages_are_drawn_from_and_the_same_seed_draws_the_same(mutations):
    drawn = draw(mutations, 150, 3)
    assert {one.package for one in drawn} == {one.package for one in mutations}
    assert len(set(drawn)) == 150
    assert drawn == draw(mutations, 150, 3) != draw(mutations, 150, 4)


def test_what_is_drawn_is_a_module_that_can_be_run_with_one_change(mutations):
    for one in draw([one for one in mutations if one.file.endswith(".py")], 40, 5):
        tree, whole = ast.parse(mutated(ROOT, one)), ast.parse((ROOT / one.file).read_text(encoding="utf-8"))
        assert ast.dump(tree) != ast.dump(whole), one
        compile(tree, one.file, "exec")


@pytest.mark.parametrize(
    ("file", "first"),
    [
        ("validator/reading/times.py", "tests/reading/test_times.py"),
        ("validator/database/sql.py", "tests/database/test_sql.py"),
        ("expectations/span.py", "tests/expectations/test_declarations.py"),
        ("expectations/catalogue/overlap.yaml", "tests/checking/test_cases.py"),
        ("reports/templates/index.html.j2", "tests/reports"),
    ],
)
def test_the_tests_of_the_package_are_tried_first(file, first):
    tests = concerned(ROOT, file)
    assert tests.index(first) < 3
    assert all((ROOT / test).exists() for test in tests)


def test_a_mutation_is_tried_in_the_copy_and_gone_afterwards(tmp_path, monkeypatch, mutations):
    one = next(one for one in mutations if one.file == "expectations/span.py")
    place = tmp_path / one.file
    place.parent.mkdir()
    place.write_text("whole", encoding="utf-8")
    monkeypatch.setattr(mutate, "_run", lambda *_: ("survived", place.read_text(encoding="utf-8")))
    tried = mutate._try(tmp_path, one)  # noqa: SLF001
    assert (tried.outcome, tried.by) == ("survived", mutated(ROOT, one))
    assert place.read_text(encoding="utf-8") == "whole"


def test_a_checkout_with_changes_that_are_not_committed_is_refused(monkeypatch):
    monkeypatch.setattr(mutate, "_git", lambda *_: " M validator/a.py")
    monkeypatch.setattr("sys.argv", ["mutate"])
    with pytest.raises(SystemExit, match="commit first"):
        mutate.main()
