"""The form of a record: what its schema says, what it imports, and what later versions will fill."""

import ast
import json
from pathlib import Path
from typing import get_args

from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from logsyn.validator.commands.main import app
from logsyn.validator.comparing.compare import compare
from logsyn.validator.record import Answerability, Answerable, AnswerRange, OutOf, Place, load, written
from tests.record.made import FIRST

ROOM = Path(__file__).parents[2] / "validator" / "record"


def schema_of(name):
    return json.loads(CliRunner().invoke(app, ["schema", name]).output)


def test_the_room_of_the_record_imports_nothing_of_ours_but_words():
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in ROOM.glob("*.py")]
    names = {node.module for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    ours = {name for name in names if name.startswith("logsyn.")}
    assert {name for name in ours if not name.startswith(("logsyn.validator.record", "logsyn.expectations"))} == set()


def test_a_record_is_valid_by_the_published_schema():
    record = json.loads(written(load(FIRST)))
    schema = schema_of("audit")
    Draft202012Validator.check_schema(schema)
    assert list(Draft202012Validator(schema).iter_errors(record)) == []
    assert list(Draft202012Validator(schema).iter_errors({**record, "id": "no checksum"}))


def test_what_later_versions_will_fill_is_read_and_written(tmp_path):
    audit = load(FIRST)
    ranges = [AnswerRange(figure="median_duration_days", as_it_is=116.0, remedied=114.0)]
    answers = get_args(Answerable)
    measured = [
        Answerability(answer=one, measure=OutOf(count=28, of=300), ranges=ranges, missing=["registered_at"])
        for one in answers
    ]
    questions = [
        one.model_copy(update={"answerability": how})
        for one, how in zip(audit.verdict.questions, measured, strict=True)
    ]
    inputs = [
        one.model_copy(update={"kind": "workbook", "place": Place(sheet="Ark1"), "encoding": None, "delimiter": None})
        for one in audit.inputs
    ]
    filled = audit.model_copy(
        update={
            "delivery": "maj",
            "inputs": inputs,
            "verdict": audit.verdict.model_copy(update={"questions": questions}),
        }
    )
    (tmp_path / "audit.json").write_text(written(filled), encoding="utf-8")
    assert load(tmp_path).model_copy(update={"id": None}) == filled.model_copy(update={"id": None})
    assert list(Draft202012Validator(schema_of("audit")).iter_errors(json.loads(written(filled)))) == []


def test_a_comparison_calls_a_delivery_by_its_name(tmp_path):
    for name in ("maj", "juni"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "audit.json").write_text(
            written(load(FIRST).model_copy(update={"delivery": f"leverance {name}"})), encoding="utf-8"
        )
    assert {one.name for one in compare([tmp_path / "maj", tmp_path / "juni"]).deliveries} == {
        "leverance maj",
        "leverance juni",
    }
