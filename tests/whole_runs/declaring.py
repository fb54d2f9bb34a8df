"""Loads what was drawn, and takes what loads through whole commands; anything but a declaration or one told fault fails."""

from __future__ import annotations

import io
import json
import re
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from ruamel.yaml import YAML
from typer.testing import CliRunner

from logsyn.expectations.accepted import load_accepted
from logsyn.expectations.errors import DeclarationError
from logsyn.expectations.judgement import load_judgement
from logsyn.expectations.practice import load_practice
from logsyn.expectations.remedies import load_remedies
from logsyn.expectations.scope import load_scope
from logsyn.expectations.source import load_source
from logsyn.expectations.suite import load_suite
from logsyn.validator.commands.main import app
from tests.whole_runs.drawn_kinds import KINDS, of_kind

if TYPE_CHECKING:
    from pathlib import Path

BASE = load_suite("base")
LOADERS: dict[str, Any] = {
    "suite": lambda path: load_suite(str(path)),
    "practice": lambda path: load_practice(str(path)),
    "source": lambda path: load_source(str(path)),
    "judgement": lambda path: load_judgement(str(path), BASE),
    "accepted": lambda path: load_accepted(path, BASE),
    "remedies": load_remedies,
    "scope": load_scope,
}
EXTRACT = """case_id;activity;timestamp;registered_at;planned_end;team;resource;status;Amount;Note
""" + "".join(
    f"{case};{label};{day:02}-03-2023 1{day % 10}:{case:02};{day + 1:02}-03-2023 09:00;{end};{team};R{case % 3};ok;{case * 100},5;n {day}\n"
    for case in range(1, 9)
    for day, label, team, end in (
        (1, "Samtale (anden)", "Nord", ""),
        (2, "CV-samtale", "Jobklub" if case % 2 else "Nord", "31-12-2099"),
        (5, "Jobmål", "Jobklub", "01-06-2023" if case % 3 else ""),
        (5, "Ferie", "", "06-03-2023"),
    )
)
ODD = [None, [], {}, "", 0, -1, 1e30, 2**62, True, "x" * 300, "\u202e", "\x07", date(1, 1, 1), "<script>", "'; DROP TABLE rows; --", {"a": {"b": {}}}, [[[[]]]], 0.1]  # fmt: skip
ONE_PLACE = re.compile(r"[^\n]*declared-\w+\.yaml(:\d+)?: [^\n]+(\n  [^\n]+)?")


@dataclass
class Tally:
    """What became of the declarations that were drawn."""

    loaded: dict[str, int] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)
    codes: dict[str, dict[int, int]] = field(default_factory=dict)
    told: dict[str, int] = field(default_factory=dict)


def written(value: Any) -> str:
    """A drawn declaration as YAML, written by another library than the one that reads it."""
    stream = io.StringIO()
    writer = YAML(typ="safe")
    writer.default_flow_style = False
    writer.dump(_plain(value), stream)
    return stream.getvalue()


def _plain(value: Any) -> Any:
    """A value of dicts and lists alone, each a copy of its own: a default of the catalogue still is what its reader made of it."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list) else value


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every mapping or list below a value, with each of its keys."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else []
    return [place for key in keys for place in [(value, key), *_places(value[key])]]


@st.composite
def near_misses(draw: Any, kind: str) -> str:
    """YAML of a declaration in which one thing is wrong or odd: a key, a value, a depth, a line twice."""
    value = deepcopy(draw(of_kind(kind)))
    owner, key = draw(st.sampled_from(_places(value)))
    way = draw(st.sampled_from(["key", "gone", "value", "value", "deep", "twice", "cut"]))
    if way == "key" and isinstance(owner, dict):
        owner[f"{key}s" if draw(st.booleans()) else str(key)[:-1]] = owner.pop(key)
    elif way == "gone":
        del owner[key]
    elif way in ("value", "key"):
        owner[key] = draw(st.sampled_from(ODD))
    elif way == "deep":
        for _ in range(draw(st.sampled_from([3, 40]))):
            owner[key] = [owner[key]]
    lines = written(value).splitlines()
    at = draw(st.integers(0, len(lines) - 1))
    if way == "twice":
        lines.insert(at, lines[at])
    return "\n".join(lines)[: at * 7 if way == "cut" else None] + "\n"


def any_text(kind: str) -> Any:
    """YAML of one kind, whole or nearly so."""
    return st.one_of(of_kind(kind).map(written), near_misses(kind))


def loads(kind: str, text: str, folder: Path, tally: Tally) -> Path | None:
    """The file of a declaration that loads; None when it is refused, in one error with its file.

    Raises:
        AssertionError: an error of another form.
    """
    path = folder / f"declared-{kind}.yaml"
    path.write_text(text, encoding="utf-8")
    try:
        LOADERS[kind](path)
    except DeclarationError as error:
        _judge_told(error)
        tally.refused[kind] = tally.refused.get(kind, 0) + 1
        return None
    tally.loaded[kind] = tally.loaded.get(kind, 0) + 1
    return path


def _judge_told(error: DeclarationError) -> None:
    assert ONE_PLACE.fullmatch(str(error)), str(error)
    assert error.line is not None, str(error)


def run(command: list[str], codes: tuple[int, ...], tally: Tally) -> int:
    """Run a command in this process; its exit code.

    Raises:
        AssertionError: a traceback, an internal error, or another exit code than was promised.
    """
    done = CliRunner().invoke(app, command)
    assert done.exception is None or isinstance(done.exception, SystemExit), (command, done.exception)
    assert "internal error" not in done.output, (command, done.output)
    assert done.exit_code in codes, (command, done.exit_code, done.output)
    if done.exit_code in (2, 3):
        said = done.output.strip().splitlines()[0][:160]
        tally.told[said] = tally.told.get(said, 0) + 1
    counted = tally.codes.setdefault(command[0], {})
    counted[done.exit_code] = counted.get(done.exit_code, 0) + 1
    return done.exit_code


def whole_runs(files: dict[str, Path], folder: Path, tally: Tally) -> list[str]:
    """Audit, guide and remedies with what was declared; the sentences of rules that ended in error."""
    extract = folder / "extract.csv"
    extract.write_text(EXTRACT, encoding="utf-8")
    options = [f"--{kind}={path}" for kind, path in files.items() if kind != "remedies"]
    out, key = folder / "report", folder / "pseudonym.key"
    key.write_text(sha256(b"tests").hexdigest() + "\n", encoding="ascii")
    key.chmod(0o600)
    command = ["audit", str(extract), *options, f"--out={out}", "--as-of=2023-11-30"]
    code = run(command, (0, 1, 3), tally)
    faults = []
    if out.is_dir():
        findings = json.loads((out / "audit.json").read_text(encoding="utf-8"))["findings"]
        faults = [
            f"{one['rule']}: {(one.get('reason') or {}).get('en')}" for one in findings if one["outcome"] == "error"
        ]
        known = any(one["outcome"] in ("passed", "failed") for one in findings)
        assert (bool(faults) or not known) == (code == 3), (command, faults)
        for page in ("index", "practice", "quality"):
            text = (out / f"{page}.html").read_text(encoding="utf-8")
            assert "{{ x }}" not in text or "{{ x }}" in "".join(p.read_text("utf-8") for p in files.values()), page
    if "practice" in files:
        run(["practice", "render", str(files["practice"]), f"--out={folder / 'guide.html'}"], (0,), tally)
    if "remedies" in files:
        told = [f"--remedies={files['remedies']}", f"--out={folder / 'remedied'}", f"--key={key}", "--as-of=2023-11-30"]
        run(["remedy", str(extract), *told], (0, 3), tally)
    return faults


@st.composite
def together(draw: Any) -> dict[str, str]:
    """YAML of a suite and remedies, often with a practice, judgement and acceptances, seldom with a source and a scope."""
    share = {"suite": 1, "remedies": 2, "practice": 2, "judgement": 3, "accepted": 6, "scope": 6, "source": 8}
    kinds = [kind for kind in KINDS if draw(st.integers(1, share.get(kind, 1))) == 1]
    return {kind: written(draw(of_kind(kind))) for kind in kinds}
