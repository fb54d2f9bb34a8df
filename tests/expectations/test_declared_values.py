"""What is declared and cannot be run is told when it is read: patterns by the engine, numbers beyond what it holds, names."""

import duckdb
import pytest

from logsyn.expectations.catalogue import load_catalogue
from logsyn.expectations.errors import DeclarationError
from logsyn.expectations.practice import load_practice
from logsyn.expectations.remedies import load_remedies
from logsyn.expectations.rule import rule_from_check
from logsyn.expectations.scope import load_scope
from logsyn.expectations.source import load_source
from logsyn.expectations.suite import load_suite

LOADERS = {
    "suite": lambda path: load_suite(str(path)),
    "practice": lambda path: load_practice(str(path)),
    "source": lambda path: load_source(str(path)),
    "remedies": load_remedies,
    "scope": load_scope,
}
PLACES = {
    "where": ("suite", "suite: s\nrules:\n- check: missing-activity\n  where: {activity: {matches: %}}\n", 3),
    "parameter": ("suite", "suite: s\nrules:\n- check: conditional-activity\n  activities: [a]\n  where: {x: {matches: %}}\n", 3),
    "stock": ("suite", "suite: s\nrules:\n- expect: expect_column_values_to_match_regex\n  args: {column: a, regex: %}\n", 4),
    "stock list": (
        "suite",
        "suite: s\nrules:\n- expect: expect_column_values_to_not_match_regex_list\n  args: {column: a, regex_list: [a, %]}\n",
        4,
    ),
    "remedies": ("remedies", "remedies: r\nsteps:\n- do: drop-rows\n  where: {activity: {matches: %}}\n", 4),
    "scope rows": ("scope", "scope: s\nsteps:\n- keep: rows\n  where: {activity: {matches: %}}\n", 4),
    "scope cases": ("scope", "scope: s\nsteps:\n- keep: cases\n  contain: {matches: %}\n", 4),
    "scope place": ("scope", "scope: s\nsteps:\n- keep: rows\n  from: {first: {matches: %}}\n", 4),
}  # fmt: skip
PATTERNS = {
    "'^(?!Jobklub)'": "look-aheads and look-behinds do not exist here",
    "'(?<=x)y'": "look-aheads and look-behinds do not exist here",
    "'('": "missing )",
    "'x{1000}{1000}'": "bad repetition",
    "'(x{1000}){1000}'": "invalid repetition size",
    "'(?:\\pL{900}){1}'": "too large",
    "'(a)\\1'": "back references do not exist here",
    "'a''('": "missing )",
}


def told(kind, text, tmp_path):
    path = tmp_path / f"{kind}.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DeclarationError) as fault:
        LOADERS[kind](path)
    return str(fault.value).removeprefix(f"{path}:")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_regular_expression_that_cannot_run_is_told_with_its_line(tmp_path, place, pattern):
    kind, text, line = PLACES[place]
    says = told(kind, text.replace("%", pattern), tmp_path)
    assert says.startswith(f"{line}: ")
    assert "has a regular expression that the engine cannot run" in says
    assert PATTERNS[pattern] in says


@pytest.mark.parametrize("place", PLACES)
def test_a_regular_expression_of_the_engine_is_taken(tmp_path, place):
    kind, text, _ = PLACES[place]
    (tmp_path / "declared.yaml").write_text(text.replace("%", "'(?i)^\\p{L}+ [[:alpha:]]\\z'"), encoding="utf-8")
    LOADERS[kind](tmp_path / "declared.yaml")


@pytest.mark.parametrize("form", ["%Q", "%d-%", "", "%H:%k"])
def test_a_format_of_times_that_is_none_is_told_with_its_line(tmp_path, form):
    assert told("source", f"source: s\ntimestamps:\n  formats: ['%d-%m-%Y', '{form}']\n", tmp_path).startswith("3: ")
    own = f"source: s\ntimestamps:\n  columns:\n    timestamp: ['{form}']\n"
    assert "is no format of times" in told("source", own, tmp_path)
    stock = f"suite: s\nrules:\n- expect: expect_column_values_to_match_strftime_format\n  args: {{column: a, strftime_format: '{form}'}}\n"
    assert told("suite", stock, tmp_path).startswith("4: ")


NUMBERS = [
    (check.check, name, kind)
    for check in load_catalogue().values()
    for name, kind in check.parameters.items()
    if kind.kind in ("number", "span", "counts")
]


def ruled(check, name, value):
    catalogue = load_catalogue()
    needed = {
        other: {"condition": {"a": 1}, "span": "1d", "choice": next(iter(kind.choices), None)}.get(kind.kind, "a")
        for other, kind in catalogue[check].parameters.items()
        if kind.required
    }
    return rule_from_check(catalogue[check], "r", needed | {name: value}, {}).given[name]


@pytest.mark.parametrize(("check", "name", "kind"), NUMBERS, ids=lambda value: str(value)[:30])
def test_every_number_of_the_catalogue_has_bounds(check, name, kind):
    wrap = {"counts": lambda value: {"a": value}}.get(kind.kind, lambda value: value)
    least, most = (0, 36_500) if kind.kind == "span" else (kind.least, kind.most)
    assert 0 <= least < most <= 1_000_000_000
    for beyond in (least - 1, -1e-300, most + 1, 1e30, 2**63 - 1, float("inf"), float("nan"), True, "x", None, [1]):
        if beyond is not None or kind.kind == "counts":
            with pytest.raises(ValueError, match=r"must be|span"):
                ruled(check, name, wrap(beyond))
    assert ruled(check, name, wrap(most)) in (wrap(most), str(most))
    assert ruled(check, name, wrap(least)) in (wrap(least), str(least))


@pytest.mark.parametrize(
    "span", ["99999999d", "36501d", "1e3d", "-1d", "٣d", "876001h", "1 d 2 h", "", [1], {"d": 1}, None]
)
def test_a_span_beyond_a_hundred_years_or_none_at_all_is_told(span):
    with pytest.raises(ValueError, match=r"not a span of time|longer than a span|must be given"):
        ruled("multi-registration", "within", span)


NOT_LISTS = ["activities: []", "activities: [1]", "activities: {a: b}", "activities: ['']", "activities: [[a]]"]


@pytest.mark.parametrize("given", NOT_LISTS)
def test_a_list_of_texts_has_one_at_least(tmp_path, given):
    text = f"suite: s\nrules:\n- check: incomplete-case\n  {given}\n"
    assert told("suite", text, tmp_path).startswith("3: parameter 'activities' must")


@pytest.mark.parametrize(
    "bound", ["2023-02-30", "2023-01-01 25:00", "2023-01-01T10:00:00+02:00", "0000-01-01", "٢٠٢٣-01-01", "soon"]
)
def test_a_bound_is_a_day_or_time_that_there_is(tmp_path, bound):
    text = f"suite: s\nrules:\n- check: missing-activity\n  where: {{x: {{ge: '{bound}'}}}}\n"
    assert "asks a number or a date" in told("suite", text, tmp_path)


@pytest.mark.parametrize("kind", LOADERS)
@pytest.mark.parametrize("name", ["''", "'" + "x" * 201 + "'", '"\\e[2J"', "3", "[a]", "null"])
def test_a_declaration_has_a_name_that_can_be_shown(tmp_path, kind, name):
    rest = {"practice": "default: {register_within_days: 1}", "remedies": "steps: [{do: merge-rows}]", "scope": "steps: [{drop: rows, where: {a: b}}]"}  # fmt: skip
    assert told(kind, f"{kind}: {name}\n{rest.get(kind, '')}\n", tmp_path).startswith(f"1: {kind}: ")


def test_a_title_that_moves_the_cursor_is_told(tmp_path):
    text = 'suite: s\nrules:\n- check: missing-activity\n  title: {da: "a\\e[2J", en: b}\n'
    assert told("suite", text, tmp_path).startswith("4: rules.0.title.da: has a control character")


@pytest.mark.parametrize(
    ("pattern", "escape"), [("abc!", "!"), ("!", "!"), ("a!!!", "!"), ("%\\", "\\"), ("50%", "%"), ("a_", "_")]
)
@pytest.mark.parametrize("negated", ["", "not_"])
def test_a_like_pattern_that_ends_with_its_escape_character_is_told_with_its_line(tmp_path, pattern, escape, negated):
    suite = f"suite: s\nrules:\n- expect: expect_column_values_to_{negated}match_like_pattern%\n  args:\n    column: a\n    escape: '{escape}'\n"
    says = told("suite", suite.replace("%\n", "\n") + f"    like_pattern: '{pattern}'\n", tmp_path)
    assert says.startswith("7: ")
    assert "ends with its escape character" in says
    listed = suite.replace("%\n", "_list\n") + f"    like_pattern_list:\n    - x{escape}{escape}\n    - '{pattern}'\n"
    assert told("suite", listed, tmp_path).startswith("9: ")


@pytest.mark.parametrize(
    ("pattern", "escape"), [("abc!!", "!"), ("a!%", "!"), ("!a", "!"), ("abc!", "?"), ("a%%", "%"), ("a!", None)]
)
def test_a_like_pattern_whose_escape_character_stands_for_something_is_taken(tmp_path, pattern, escape):
    escaped = f", escape: '{escape}'" if escape else ""
    suite = f"suite: s\nrules:\n- expect: expect_column_values_to_match_like_pattern\n  args: {{column: a, like_pattern: '{pattern}'{escaped}}}\n"
    (tmp_path / "declared.yaml").write_text(suite, encoding="utf-8")
    LOADERS["suite"](tmp_path / "declared.yaml")
    sql = f"SELECT value LIKE '{pattern}'" + (f" ESCAPE '{escape}'" if escape else "")
    duckdb.execute(f"{sql} FROM unnest(['', 'a', 'abc', 'abc!', 'a%', 'abc!x']) AS t(value)").fetchall()
