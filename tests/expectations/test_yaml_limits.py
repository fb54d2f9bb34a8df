"""YAML that is too much, or not what a declaration is made of: one error with file and line, at once."""

import time

import pytest

from logsyn.expectations import suite
from logsyn.expectations.accepted import load_accepted
from logsyn.expectations.declaration import read_yaml
from logsyn.expectations.errors import DeclarationError
from logsyn.expectations.judgement import load_judgement
from logsyn.expectations.practice import load_practice
from logsyn.expectations.remedies import load_remedies
from logsyn.expectations.scope import load_scope
from logsyn.expectations.source import load_source
from logsyn.expectations.suite import MOST_LEVELS, Suite, load_suite
from logsyn.expectations.yaml_reader import MAX_BYTES, MAX_DEPTH, MAX_NODES, MAX_TEXT

LOADERS = {
    "suite": lambda path: load_suite(str(path)),
    "practice": lambda path: load_practice(str(path)),
    "source": lambda path: load_source(str(path)),
    "judgement": lambda path: load_judgement(str(path)),
    "accepted": lambda path: load_accepted(path, Suite("s", ())),
    "remedies": load_remedies,
    "scope": load_scope,
}
LAUGHS = "a: &a0 [x, x]\n" + "".join(f"b{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 40))
LAUGHING_MAPPINGS = "a0: &a0 {x: y}\n" + "".join(
    f"a{n}: &a{n} {{{', '.join(f'k{at}: *a{n - 1}' for at in range(9))}}}\n" for n in range(1, 40)
)
LAUGHING_MERGES = "a0: &a0 {x: y}\n" + "".join(
    f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}], k{n}: 1}}\n" for n in range(1, 40)
)
TOO_MUCH = {
    "aliases within aliases": (LAUGHS, 7, "keys and values"),
    "mappings within mappings": (LAUGHING_MAPPINGS, 7, "keys and values"),
    "merged mappings": (LAUGHING_MERGES, None, "keys and values"),
    "a long text, often": ("a: &a " + "x" * MAX_TEXT + "\nb: [" + "*a, " * 5_000 + "]\n", 2, "keys and values"),
    "an alias of itself": ("a: &a [1, *a]\n", 1, "stands for nothing"),
    "an alias of nothing": ("a: *b\n", 1, "stands for nothing"),
    "nested brackets": ("a: 1\nb: " + "[" * 5_000 + "]" * 5_000, 2, "nesting depth"),
    "nested braces": ("a: " + "{a: " * 5_000, 1, "within each other"),
    "nested dashes": ("a:\n " + "- " * 5_000, 2, "within each other"),
    "nested keys": ("".join(f"{' ' * n}a:\n" for n in range(200)), MAX_DEPTH + 1, "within each other"),
    "a long comment": ("a: 1\n#" + "x" * 10_000_000, None, "is larger"),
    "a long text": ("a: 1\nb: " + "x" * 1_000_000, 2, "a text of 1,000,000 characters"),
    "a very long text": ("a: 1\nb: '" + "x" * 10_000_000 + "'", None, "is larger"),
    "very many values": ("a: [" + "1, " * 1_000_000 + "]", 1, "keys and values"),
    "a number of many digits": ("a: 1\nb: " + "9" * 5_000, 2, "larger number"),
    "a number beyond 64 bits": ("a: 9223372036854775808\n", 1, "larger number"),
}
NOT_PLAIN = {
    "a key twice": ("a: 1\nb: 2\na: 3\n", 3, "duplicate key 'a'"),
    "a number as key twice": ("a: {1: x, 1.0: y}\n", 1, "duplicate key 1.0"),
    "a tab as indentation": ("a:\n\tb: 1\n", 2, "not valid YAML"),
    "NUL": ("a: 1\nb: x\0y\n", 2, "U+0000"),
    "NUL, written out": ('a: 1\nb: "x\\0y"\n', 2, "NUL"),
    "half of a pair": ('a: 1\nb: "\\ud800"\n', 2, ""),
    "bool": ("a: !!bool x\n", 1, "'!!bool' has no place"),
    "Python": ("a: 1\nb: !!python/object/apply:os.system [ls]\n", 2, "has no place"),
    "binary": ("a: !!binary aGVq\n", 1, "has no place"),
    "set": ("a: !!set {x, y}\n", 1, "has no place"),
    "own tag": ("a: !Person x\n", 1, "has no place"),
    "two documents": ("a: 1\n---\nb: 1\n", 2, "a second document"),
    "nothing": ("", 1, "is empty"),
    "only a comment": ("# nothing\n", 1, "is empty"),
    "a list": ("- a\n", 1, "a mapping of keys"),
    "a word": ("suite\n", 1, "a mapping of keys"),
    "a list as key": ("a: 1\n? [x, y]\n: 1\n", 2, "where a key is expected"),
    "an alias of a mapping as key": ("a: &a {x: y}\n*a : 1\n", 2, "where a key is expected"),
    "year 0": ("a: 1\nb: 0000-01-01\n", 2, "no day or time"),
    "31 April": ("a: 2023-04-31\n", 1, "no day or time"),
    "25 o'clock": ("a: 2023-04-30 25:00:00\n", 1, "no day or time"),
    "infinite": ("a: .inf\n", 1, "no number"),
    "a power that is infinite": ("a: 1e999\n", 1, "no number"),
    "not a number": ("a: .nan\n", 1, "no number"),
    "what cannot be merged": ("a: 1\nb: {<<: [1]}\n", 2, "takes a mapping"),
}
BYTES = {
    "UTF-16": ("suite: æ\n".encode("utf-16"), 1, "UTF-16"),
    "Latin-1": ("suite: x\ntitle: æ\n".encode("latin-1"), 2, "not UTF-8 (byte 0xe6)"),
    "UTF-8 cut off": ("suite: x\ntitle: æ".encode()[:-1], 2, "not UTF-8"),
    "half of a pair in bytes": (b"suite: \xed\xa0\x80\n", 1, "not UTF-8"),
    "an archive": (b"PK\x03\x04\xff\xfe", 1, "not UTF-8"),
}
ALL = {
    name: (text.encode() if isinstance(text, str) else text, line, says)
    for name, (text, line, says) in (TOO_MUCH | NOT_PLAIN | BYTES).items()
}


@pytest.mark.parametrize("name", ALL)
def test_what_is_too_much_or_not_plain_is_one_error_at_once(tmp_path, name):
    content, line, says = ALL[name]
    path = tmp_path / "declared.yaml"
    path.write_bytes(content)
    began = time.process_time()
    with pytest.raises(DeclarationError) as told:
        read_yaml(path)
    assert time.process_time() - began < 2  # seconds; before, minutes or no end
    assert says in str(told.value)
    assert len(str(told.value)) < 600
    assert str(told.value).startswith(f"{path}:{line}: " if line else f"{path}")


@pytest.mark.parametrize("kind", LOADERS)
@pytest.mark.parametrize("name", ["aliases within aliases", "nested braces", "a tab as indentation", "half of a pair"])
def test_every_kind_of_declaration_is_read_within_the_limits(tmp_path, kind, name):
    path = tmp_path / "declared.yaml"
    path.write_bytes(ALL[name][0])
    with pytest.raises(DeclarationError, match=r"declared\.yaml:\d+: "):
        LOADERS[kind](path)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{yes: no, on: off}", {"yes": "no", "on": "off"}),
        ("[~, null, '', '~', True, FALSE, 'true']", [None, None, "", "~", True, False, "true"]),
        ("[017, 0o17, 0x1F, -3, +4, 1_000, 12:30:45]", [17, 15, 31, -3, 4, "1_000", "12:30:45"]),
        ("[1.5, 1e3, .5, '1', !!str 2, ! 3, -, n/a]", [1.5, 1000.0, 0.5, "1", "2", "3", "-", "n/a"]),
        ("{x: &a [1, 2], y: *a}", {"x": [1, 2], "y": [1, 2]}),
        ("{x: &a {p: 1, q: 2}, y: {<<: *a, q: 3}}", {"x": {"p": 1, "q": 2}, "y": {"p": 1, "q": 3}}),
        ("{x: &a {p: 1}, y: {<<: [*a, {p: 2, r: 4}]}, '<<': 1}", {"x": {"p": 1}, "y": {"p": 1, "r": 4}, "<<": 1}),
        ('"\\U0001F600 æ \\u2028"', "\U0001f600 æ \u2028"),
    ],
)
def test_plain_words_aliases_and_merges_are_read(tmp_path, text, value):
    path = tmp_path / "declared.yaml"
    path.write_text(f"\ufeffa: {text}\n", encoding="utf-8")
    assert read_yaml(path) == {"a": value}


def test_what_is_just_within_the_limits_is_read(tmp_path):
    path = tmp_path / "declared.yaml"
    lists = "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1)
    path.write_text(f"a: {lists}\nb: {'x' * MAX_TEXT}\nc: 9223372036854775807\nd: [{'1, ' * (MAX_NODES // 2)}]\n#")
    with path.open("a") as file:
        file.write("x" * (MAX_BYTES - path.stat().st_size))
    assert len(read_yaml(path)["d"]) == MAX_NODES // 2


def test_suites_that_extend_each_other_twice_are_read_once(tmp_path):
    for number in range(MOST_LEVELS - 1):
        text = f"suite: s\nextends: [s{number + 1}.yaml, ./s{number + 1}.yaml]\nrules: [{{check: missing-activity}}]\n"
        (tmp_path / f"s{number}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / f"s{MOST_LEVELS - 1}.yaml").write_text("suite: s\n", encoding="utf-8")
    assert len(load_suite(str(tmp_path / "s0.yaml")).rules) == 1


def test_a_long_chain_of_suites_and_too_many_rules_are_told(tmp_path, monkeypatch):
    monkeypatch.setattr(suite, "MOST_RULES", 99)
    for number in range(MOST_LEVELS + 5):
        (tmp_path / f"s{number}.yaml").write_text(f"suite: s\nextends: s{number + 1}.yaml\n", encoding="utf-8")
    with pytest.raises(DeclarationError, match="the suite of a suite"):
        load_suite(str(tmp_path / "s0.yaml"))
    rules = "".join(f"- {{check: missing-activity, id: r{number}}}\n" for number in range(100))
    (tmp_path / "many.yaml").write_text("suite: s\nrules:\n" + rules, encoding="utf-8")
    with pytest.raises(DeclarationError, match=r"has 100 rules; the most is 99"):
        load_suite(str(tmp_path / "many.yaml"))


@pytest.mark.parametrize("name", ["", ".", "x" * 5_000, "a/../..", "\udce6.yaml", "no\0name"])
def test_a_name_that_no_file_can_have_is_told(name):
    for load in (load_suite, load_practice, load_source, load_judgement):
        with pytest.raises(DeclarationError, match="no such file"):
            load(name)


def test_an_error_moves_no_cursor_and_stays_one_line(tmp_path):
    path = tmp_path / "suite.yaml"
    path.write_text('suite: s\n"\\e[2J\\nfake: all is well\\u202e": 1\n', encoding="utf-8")
    with pytest.raises(DeclarationError) as told:
        load_suite(str(path))
    first, *rest = str(told.value).split("\n")
    assert first.isprintable()
    assert all(line.startswith("  ") and line.isprintable() for line in rest)
