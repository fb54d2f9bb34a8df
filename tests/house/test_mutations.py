"""What ``make mutate`` changes, which tests it runs for that, and that nothing is changed in the checkout."""

import ast
import io
import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from benchmarks.mutate import __main__ as mutate
from benchmarks.mutate import measured, order, running, trial
from benchmarks.mutate.chosen import chosen as picked
from benchmarks.mutate.concerned import concerned
from benchmarks.mutate.executed import Contexts
from benchmarks.mutate.measured import Executed, together
from benchmarks.mutate.mutation import Mutation, all_mutations, draw, mutated
from benchmarks.mutate.order import chosen
from benchmarks.mutate.places import places
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


MODULE = """LIMIT = 3
_OWN = (
    LIMIT + 1,
    2,
)


class Bound:
    most: int = 3

    def past(self, value=5):
        if value > self.most:
            return LIMIT
        return [
            _OWN,
            value,
        ]
"""


@pytest.mark.parametrize(
    ("line", "seen_in"),
    [
        (12, [{("validator/a.py", 12)}]),  # the condition, not what it guards
        (16, [{("validator/a.py", line) for line in range(14, 18)}]),  # a statement of several lines
        (1, [{("validator/a.py", 1)}, {("validator/a.py", 13), ("validator/b.py", 5)}, {("validator/a.py", line) for line in range(14, 18)}]),
        (4, [{("validator/a.py", line) for line in range(2, 6)}, {("validator/a.py", line) for line in range(14, 18)}]),
        (9, [{("validator/a.py", 9)}, {("validator/a.py", 12)}]),
        (11, [{("validator/a.py", line) for line in (11, 12, 14, 15, 16, 17)}, {("validator/b.py", 5)}]),
    ],
)  # fmt: skip
def test_a_change_is_seen_where_its_statement_runs_or_where_its_name_is_used(tmp_path, line, seen_in):
    (tmp_path / "validator").mkdir()
    (tmp_path / "validator" / "a.py").write_text(MODULE, encoding="utf-8")
    other = "from logsyn.validator.a import LIMIT\n\n\ndef f(one):\n    return one.past(LIMIT)\n"
    (tmp_path / "validator" / "b.py").write_text(other, encoding="utf-8")
    assert places(tmp_path, "validator/a.py", line) == seen_in


def executed(**lines):
    seconds = {"tests/reading/test_a.py::slow": 9, "tests/reading/test_a.py::quick": 1, "tests/run/test_b.py::first": 0}
    shared = {name: ["fixture"] for name in seconds if "test_a" in name}
    return Executed(seconds, {"validator/reading/times.py": dict(enumerate(lines.values(), 1))}, shared, {"fixture": 0.5})


@pytest.mark.parametrize(("most", "run", "left_out"), [(100, 3, 0), (10.5, 3, 0), (10.4, 2, 1), (1.5, 2, 1), (1.4, 1, 2), (0, 1, 2)])
def test_tests_of_the_package_come_first_the_quickest_before_others_as_far_as_time_goes(
    monkeypatch, most, run, left_out
):
    monkeypatch.setattr(order, "places", lambda *_: [{("validator/reading/times.py", 1)}])
    told = chosen(
        ROOT, Mutation("validator/reading/times.py", 0, 1, "", ""), executed(first=list(executed().seconds)), most
    )
    likeliest = ["tests/reading/test_a.py::quick", "tests/reading/test_a.py::slow", "tests/run/test_b.py::first"]
    fit = {3: likeliest, 2: [likeliest[0], likeliest[2]], 1: [likeliest[2]]}
    assert (told.tests, told.left_out) == (fit[run], left_out)


@pytest.mark.parametrize(
    ("file", "first"),
    [
        ("expectations/catalogue/overlap.yaml", "tests/checking/test_cases.py::test_case[overlap-two]"),
        ("reports/templates/index.html.j2", "tests/reports/test_index.py::shown"),
    ],
)
def test_of_a_check_its_cases_come_first_and_of_a_template_what_makes_the_page(file, first):
    seconds = {"tests/checking/test_cases.py::test_case[order]": 0.0, first: 1.0}
    told = chosen(
        ROOT, Mutation(file, 0, 1, "", ""), Executed(seconds, {"reports/templates/index.html.j2": {0: [first]}}), 10
    )
    assert told.tests[0] == first


@pytest.mark.parametrize(("lines", "first"), [([1, 2], "tests/personal/test_cpr.py::looks"), ([1], "tests/personal/test_keys.py::runs")])
def test_of_a_constant_those_that_import_its_module_come_first(monkeypatch, lines, first):
    file = "validator/personal/characters.py"
    monkeypatch.setattr(order, "places", lambda *_: [{(file, line)} for line in lines])
    names = ["tests/personal/test_keys.py::runs", "tests/personal/test_cpr.py::looks", "tests/reading/test_csv.py::runs"]
    known = Executed(dict.fromkeys(names, 1.0), {file: {1: [names[0], names[2]], 2: [names[2]]}})
    assert chosen(ROOT, Mutation(file, 0, 1, "", ""), known, 100).tests[0] == first


def test_tests_written_since_the_measuring_are_run_whole_and_first():
    since = ("tests/reading/test_new.py", "tests/remedying/test_other.py")
    known = Executed(executed(a=[]).seconds, {}, changed=since)
    told = chosen(ROOT, Mutation("validator/reading/times.py", 0, 1, "", ""), known, 100)
    assert told.tests[0] == "tests/reading/test_new.py"
    assert "tests/remedying/test_other.py" not in told.tests


def test_one_test_of_each_function_is_run_before_a_second_one(monkeypatch):
    monkeypatch.setattr(order, "places", lambda *_: [{("validator/reading/times.py", 1)}])
    names = [f"tests/reading/test_a.py::{name}" for name in ("one[1]", "one[2]", "two[1]", "one[3]", "two[2]")]
    known = Executed(dict.fromkeys(names, 1.0) | {names[0]: 0.5}, {"validator/reading/times.py": {1: names}})
    told = chosen(ROOT, Mutation("validator/reading/times.py", 0, 1, "", ""), known, 100)
    assert [name[-6:] for name in told.tests] == ["one[1]", "two[1]", "one[2]", "two[2]", "one[3]"]


def test_named_tests_run_in_the_order_of_the_names_and_files_named_whole_all():
    items = [SimpleNamespace(nodeid=name) for name in ("a.py::one", "a.py::two[x::y]", "b.py::three", "c.py::four")]
    assert [item.nodeid for item in picked(items, ["c.py", "a.py::two[x::y]", "a.py::gone", "a.py::one"])] == [
        "c.py::four", "a.py::two[x::y]", "a.py::one",
    ]  # fmt: skip


def test_what_was_made_for_one_test_belongs_to_every_test_that_uses_it():
    told = Contexts()
    by_line = {1: ["kept a", ""], 2: ["fixture b"], 3: ["second"], 4: [""]}
    data = SimpleNamespace(measured_files=lambda: [f"{ROOT}/validator/a.py"], contexts_by_lineno=lambda _: by_line)
    told.coverage = SimpleNamespace(switch_context=lambda _: None, get_data=lambda: data)
    told.tests = ["first", "second", "third"]
    with told.within("first"), told.within("fixture b"), told.within("kept a"):
        pass
    with told.within("second"):
        told.uses("kept a")
    first, second = ["first"], ["second"]
    assert told.tests_by_line() == {"validator/a.py": {1: first + second, 2: first, 3: second, 4: []}}


def test_tests_that_fail_without_a_mutation_notice_none(tmp_path, monkeypatch):
    told = {"seconds": {"a": 1, "b": 2}, "lines": {"f.py": {"1": [0, 1]}}, "failed": ["a"], "shared": {}, "costs": {}}
    monkeypatch.setattr(measured, "_KEPT", tmp_path)
    monkeypatch.setattr(measured, "_measure", lambda _: told)
    known = measured.measured(tmp_path)
    assert (known.seconds, known.tests({("f.py", 1)})) == ({"b": 2}, ["b"])
    monkeypatch.setattr(measured, "_measure", None)  # it is kept
    assert measured.measured(tmp_path) == known


def test_what_two_workers_measured_is_put_together():
    parts = [
        {"seconds": {"a": 1, "b": 2}, "lines": {"f": {"1": [0, 1]}}, "failed": [], "shared": {"a": ["x"]}, "costs": {"x": 1}},
        {"seconds": {"c": 3}, "lines": {"f": {"1": [0], "2": [0]}}, "failed": ["c"], "shared": {"c": ["x"]}, "costs": {"x": 2}},
    ]
    assert together(parts) == {
        "seconds": {"a": 1, "b": 2, "c": 3}, "lines": {"f": {"1": [0, 1, 2], "2": [2]}}, "failed": ["c"],
        "shared": {"a": ["x"], "c": ["x"]}, "costs": {"x": 2},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "said", "told"),
    [
        ("1\n", "FAILED tests/a.py::one[x y] - assert 1\n", (1, ["tests/a.py::one[x y]"])),
        ("2\n", "ERROR tests/a.py\n", (2, ["tests/a.py"])),
        ("0\n", "", (0, [])),
        ("5\n", "", (0, [])),  # none of the tests is there
        ("-24\n", "", (None, [])),  # more CPU seconds than it may take
        ("4\n", "ImportError while loading conftest", (4, [])),
    ],
)
def test_how_the_tests_end_is_told(tmp_path, monkeypatch, answer, said, told):
    process = SimpleNamespace(stdin=io.StringIO(), stdout=io.StringIO(answer))
    monkeypatch.setattr(running, "_ready", lambda _: process)
    (tmp_path / "said.txt").write_text(said, encoding="utf-8")
    assert running.pytest(tmp_path, ["-x"], 9, CHOSEN="c") == told
    asked = json.loads(process.stdin.getvalue())
    assert (asked["arguments"][-1], asked["cpu_seconds"], asked["environment"]) == ("-x", 9, {"CHOSEN": "c"})


def test_a_run_that_could_not_begin_is_no_mutation_noticed(tmp_path, monkeypatch):
    monkeypatch.setattr(running, "_ready", lambda _: SimpleNamespace(stdin=io.StringIO(), stdout=io.StringIO("3\n")))
    (tmp_path / "said.txt").write_text("no such plugin", encoding="utf-8")
    with pytest.raises(SystemExit, match="no such plugin"):
        running.pytest(tmp_path, [], 9)


def test_a_mutation_is_tried_in_the_copy_and_gone_afterwards(tmp_path, monkeypatch, mutations):
    one = next(one for one in mutations if one.file == "expectations/span.py")
    place = tmp_path / one.file
    place.parent.mkdir()
    place.write_text("whole", encoding="utf-8")
    monkeypatch.setattr(trial, "_run", lambda *_: place.read_text(encoding="utf-8"))
    assert trial.tried(tmp_path, one, Executed({}, {}), 1) == mutated(ROOT, one)
    assert place.read_text(encoding="utf-8") == "whole"


def test_a_checkout_with_changes_that_are_not_committed_is_refused(monkeypatch):
    monkeypatch.setattr(mutate, "_git", lambda *_: " M validator/a.py")
    monkeypatch.setattr("sys.argv", ["mutate"])
    with pytest.raises(SystemExit, match="commit first"):
        mutate.main()
