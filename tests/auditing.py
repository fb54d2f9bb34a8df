"""Runs one audit over rows written as text, for tests: the whole engine, from a CSV file to the record and the failing rows."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
from ruamel.yaml import YAML

from logsyn.expectations.practice import Practice
from logsyn.expectations.source import CANONICAL_COLUMNS, SourceProfile, Timestamps
from logsyn.expectations.suite import load_suite
from logsyn.validator.findings import evidence
from logsyn.validator.findings.candidates import candidates as candidates_of
from logsyn.validator.findings.found import found_in_log as found_in
from logsyn.validator.findings.plain import plain
from logsyn.validator.findings.untold import Asking
from logsyn.validator.request import Limits, Request
from logsyn.validator.run import examine
from logsyn.validator.run.audit import run_audit
from logsyn.validator.run.withheld import without_small_groups

if TYPE_CHECKING:
    from logsyn.validator.record import Audit, Finding

SAMPLES = Path(__file__).parents[1] / "sample_logs"
PROFILE = SourceProfile.model_validate(
    {
        "source": "test",
        "columns": {name: [name] for name in CANONICAL_COLUMNS},
        "timestamps": {"formats": ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d"]},
        "placeholders": ["", "-", "?", "ukendt", "ingen", "n/a", "null"],
    }
)
AS_OF = date(2023, 11, 30)


@dataclass(frozen=True)
class Audited:
    """An audit and its failing rows: rule → row ids.

    ``before``: the audit with all its figures, before small groups are taken out. ``told``: rule → what explains some failing rows, as
    exactly as it is. No report shows these two.
    """

    audit: Audit
    failing: dict[str, list[int]]
    before: Audit
    told: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def finding(self, rule: str) -> Finding:
        return next(finding for finding in self.audit.findings if finding.rule == rule)


def audit_files(folder: Path, files: list[Path], suite: str = "base", **how: Any) -> Audited:
    """Audit files with a suite (built in or a path); ``how`` may give profile, practice, as_of, database, accepted, selection, consequence, judgement."""
    out = folder / "out"
    out.mkdir()
    request = Request(
        extract=files,
        source=how.get("profile", PROFILE),
        suite=load_suite(suite),
        practice=how.get("practice"),
        as_of=how.get("as_of", AS_OF),
        database=how.get("database"),
        accepted=how.get("accepted", ()),
        selection=how.get("selection"),
        consequence=how.get("consequence", True),
        judgement=how.get("judgement"),
        limits=Limits(threads=1),  # tests run side by side, and most logs are small
    )
    told: dict[str, list[dict[str, Any]]] = {}
    before: list[Audit] = []
    watched, listening = _BEFORE.set(before), _TOLD.set(told)
    try:
        audit = run_audit(request, out)
    finally:
        _BEFORE.reset(watched)
        _TOLD.reset(listening)
    with duckdb.connect() as connection:  # of duckdb.execute all threads share one, and its answers
        rows = connection.execute(
            "SELECT rule, row_id FROM read_parquet(?) ORDER BY ALL",
            [str(out / "confidential" / "violations.parquet")],
        ).fetchall()
    failing: dict[str, list[int]] = {}
    for rule, row_id in rows:
        failing.setdefault(rule, []).append(row_id)
    return Audited(audit, failing, before[0], told)


_BEFORE: ContextVar[list[Audit]] = ContextVar("before")
"""Where an audit is kept as it is before small groups are taken out; each thread has its own."""


def _seen(audit: Audit, visible: Any) -> Audit:
    if (before := _BEFORE.get(None)) is not None:
        before.append(audit)
    return without_small_groups(audit, visible)


examine.without_small_groups = _seen  # type: ignore[assignment]

_OF_FEW = Asking.of_few


def _told_all_the_same(self: Asking, rule: Any, checked: Any) -> bool:
    """Most logs of tests are small groups; what a rule finds in them is told here, unless a test is about that and runs a command."""
    return _BEFORE.get(None) is None and _OF_FEW(self, rule, checked)


Asking.of_few = _told_all_the_same  # type: ignore[method-assign]


_TOLD: ContextVar[dict[str, list[dict[str, Any]]]] = ContextVar("told")
"""Where it is written down what examples are made of, before they are made; each thread has its own."""


def _candidates(*given: Any) -> Any:
    found = candidates_of(*given)
    if (told := _TOLD.get(None)) is not None:
        for own in found.values():
            told[own[0].rule.rule.id] = [{name: plain(value) for name, value in one.told().items()} for one in own]
    return found


def _found_in_log(connection: Any, rule: Any) -> Any:
    rows = found_in(connection, rule)
    if (told := _TOLD.get(None)) is not None:
        told[rule.rule.id] = [{name: plain(value) for name, value in row.items()} for row in rows]
    return rows


evidence.candidates = _candidates
evidence.found_in_log = _found_in_log


def audit_case(folder: Path, case: dict[str, Any], **how: Any) -> Audited:
    """Audit the rows of one case of ``tests/cases`` with its one rule; ``how`` as in ``audit_files``."""
    head, *rows = case["rows"].splitlines()
    repeat = case.get("repeat", {})
    lines = [head, *rows, *[repeat["row"] for _ in range(repeat.get("rows", 0))]]
    extract = folder / "extract.csv"
    extract.write_text("\n".join(lines) + "\n", encoding="utf-8")
    suite = folder / "suite.yaml"
    with suite.open("w", encoding="utf-8") as file:
        YAML().dump({"suite": "case", "rules": [case["rule"]]}, file)
    practice = Practice.model_validate(case["practice"]) if "practice" in case else None
    as_of = date.fromisoformat(str(case["as_of"])) if "as_of" in case else AS_OF
    times = (
        {"formats": case["formats"], "timezone": case.get("timezone", "Europe/Copenhagen")}
        if "formats" in case
        else None
    )
    profile = PROFILE.model_copy(update={"timestamps": Timestamps.model_validate(times)}) if times else PROFILE
    return audit_files(folder, [extract], str(suite), practice=practice, as_of=as_of, profile=profile, **how)


def load_cases(path: Path) -> list[dict[str, Any]]:
    """The cases of one file, each with its rule written out."""
    content = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    shared = {key: value for key, value in content.items() if key == "as_of"}
    return [{**shared, **case, "rule": _rule(content, case)} for case in content["cases"]]


def _rule(content: dict[str, Any], case: dict[str, Any]) -> dict[str, Any]:
    if "rule" in case:
        return dict(case["rule"])
    asked = {key: case[key] for key in ("mostly", "where") if key in case}
    return {"check": content["check"], "id": "rule", **asked, **case.get("params", {})}
