"""What is run on a drawn extract, and what must hold of every run: codes as promised, rows accounted for, nothing ours shown as a fault."""

from __future__ import annotations

import gzip
import json
import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import duckdb

from logsyn.validator.record import load, written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from logsyn.validator.record import Audit
    from tests.whole_runs.drawn import Drawn
    from tests.whole_runs.runners import Done

    Run = Callable[[list[str], Path], Done]

FAULTS = re.compile(r"\bNone\b(?! of\b)|\bnan\b|\bNaN\b|\bNaT\b|\{\{|Traceback|&lt;NA&gt;")
"""What shows that something of ours went wrong; a generated text has none of these words. (“None of 5” is English.)"""

REFUSALS = {
    "audit": r"no row is left",
    "suggest": r"",
    "remedy": r"no row is left|leave no row",
    "export": r"activities hold CPR numbers|no row is left",
    "describe": r"",
    "compare": r"",
    "practice": r"",
}
"""What a command may refuse with exit code 3, by the words that it says."""

ORDER = ("info", "warning", "critical")


def run_all(drawn: Drawn, folder: Path, run: Run, other_report: Path) -> None:
    """The audit and the commands after it; ``other_report`` is the report of another audit, to be compared with."""
    drawn.put(folder)
    common = ["--as-of", drawn.as_of, "--lang", drawn.lang]
    if not _audit(drawn, folder, run, common):
        return
    for name in drawn.later:
        AFTER[name](drawn, folder, run, common, other_report)


def _declared(drawn: Drawn, folder: Path, *names: str) -> list[str]:
    return [
        text
        for name in names
        if f"{name}.yaml" in drawn.declared
        for text in (f"--{name}", str(folder / f"{name}.yaml"))
    ]


def _told(done: Done, name: str, *, codes: tuple[int, ...] = (0,)) -> bool:
    """Make sure that a command ended as promised; whether it has written something."""
    assert "internal error" not in done.stderr, done.stderr
    assert "Traceback" not in done.stderr + done.stdout, done.stderr
    if done.code == 3 and 3 not in codes:
        assert REFUSALS[name], done.stderr
        assert re.search(REFUSALS[name], done.stderr), done.stderr
        return False
    assert done.code in codes, (name, done.code, done.stderr)
    return True


def _audit(drawn: Drawn, folder: Path, run: Run, common: list[str]) -> bool:
    options = _declared(drawn, folder, "suite", "practice", "source", "scope")
    done = run(
        [
            "audit",
            str(folder / "extract.csv"),
            *options,
            *common,
            "--out",
            str(folder / "report"),
            "--fail-on",
            "warning",
        ],
        folder,
    )
    if not _told(done, "audit", codes=(0, 1)):
        return False
    audit = _report(drawn, folder / "report")
    _nothing_is_no_pass(drawn, audit)
    failed = [finding for finding in audit.findings if finding.still_fails and finding.severity != "info"]
    assert done.code == (1 if failed or any(finding.asks_in_vain for finding in audit.findings) else 0)
    if drawn.outcomes:
        assert next(finding.outcome for finding in audit.findings if finding.rule == "scene") in drawn.outcomes
    return True


def _report(drawn: Drawn, report: Path) -> Audit:
    """The record of a report, whose pages and files are as they must be."""
    text = (report / "audit.json").read_text(encoding="utf-8")
    json.loads(text, parse_constant=_no_number)
    audit = load(report)
    assert written(audit) == text
    (only,) = audit.inputs
    assert (only.rows_in_file, only.rows_loaded, only.rows_rejected) == (
        len(drawn.rows) + drawn.broken,
        len(drawn.rows),
        drawn.broken,
    )
    assert [(finding.rule, finding.reason) for finding in audit.findings if finding.outcome == "error"] == []
    pages = {path.name: path.read_text(encoding="utf-8") for path in report.glob("*.html")}
    assert set(pages) == {"index.html", "practice.html", "quality.html"}
    for finding in audit.findings:
        assert finding.outcome != "failed" or f">{finding.rule}<" in pages["quality.html"], finding.rule
    for name, page in pages.items():
        _in_order(drawn, name, page)
    _in_order(drawn, "audit.json", text)
    (rows,) = duckdb.execute("SELECT count(*) FROM read_parquet(?)", [str(report / "confidential" / "violations.parquet")]).fetchall()[0]
    assert rows == sum(finding.rows_affected for finding in audit.findings)
    return audit


def _nothing_is_no_pass(drawn: Drawn, audit: Audit) -> None:
    """Make sure that what was judged was looked at, and that it is known which rules are the user's and which of those are in vain."""
    declared = {rule.get("id", rule.get("check")) for rule in drawn.declared.get("suite.yaml", {}).get("rules", [])}
    for finding in audit.findings:
        assert finding.is_judged == bool(finding.checked), finding
        assert finding.own == (finding.rule in declared), finding.rule
        idle = finding.outcome == "nothing_checked"
        assert finding.asks_in_vain or not (finding.own and idle), finding
        assert finding.own or not finding.asks_in_vain, finding


def _no_number(constant: str) -> None:
    raise AssertionError(f"{constant} is no JSON")


def _in_order(drawn: Drawn, name: str, text: str) -> None:
    """Make sure that a file shows no fault of ours, no employee and no case id."""
    fault = FAULTS.search(text)
    assert fault is None, (name, text[max(0, fault.start() - 80) : fault.end() + 40])
    shown = [secret for secret in drawn.secrets if secret in text]
    assert shown == [], (name, shown)


def _suggest(drawn: Drawn, folder: Path, run: Run, common: list[str], _other: Path) -> None:
    report = [] if "scope.yaml" in drawn.declared else ["--audit", str(folder / "report")]
    options = _declared(drawn, folder, "practice", "source")
    done = run(
        ["suggest", str(folder / "extract.csv"), *options, *report, *common, "--out", str(folder / "drafts")], folder
    )
    if _told(done, "suggest"):
        for path in (folder / "drafts").iterdir():
            _in_order(drawn, path.name, path.read_text(encoding="utf-8"))


def _remedy(drawn: Drawn, folder: Path, run: Run, common: list[str], _other: Path) -> None:
    drafted = folder / "drafts" / "remedies.yaml"
    remedies = drafted if drafted.exists() else folder / "remedies.yaml"
    options = _declared(drawn, folder, "suite", "practice", "source", "scope")
    done = run(
        [
            "remedy",
            str(folder / "extract.csv"),
            "--remedies",
            str(remedies),
            *options,
            *common,
            "--out",
            str(folder / "remedied"),
        ],
        folder,
    )
    if not _told(done, "remedy", codes=(0, 1)):
        return
    after = load(folder / "remedied" / "after")
    critical = [finding for finding in after.findings if finding.still_fails and finding.severity == "critical"]
    in_vain = any(finding.asks_in_vain for finding in after.findings)
    assert done.code == (1 if critical or in_vain else 0)
    account = after.remedied
    assert account is not None
    assert account.rows_in == account.rows_out + sum(step.rows_dropped for step in account.steps)
    (rows,) = duckdb.execute(
        "SELECT count(*) FROM read_parquet(?)", [str(folder / "remedied" / "confidential" / "remedied.parquet")]
    ).fetchall()[0]
    assert rows == account.rows_out == after.log.events
    for path in (folder / "remedied").rglob("*.html"):
        _in_order(drawn, path.name, path.read_text(encoding="utf-8"))


def _export(drawn: Drawn, folder: Path, run: Run, common: list[str], _other: Path) -> None:
    options = _declared(drawn, folder, "source", "scope")
    done = run(
        [
            "export",
            str(folder / "extract.csv"),
            "--to",
            drawn.target,
            *options,
            *common[:2],
            "--out",
            str(folder / "export"),
        ],
        folder,
    )
    if not _told(done, "export"):
        return
    record: dict[str, Any] = json.loads((folder / "export" / "export.json").read_text(encoding="utf-8"))
    rows = record["rows"]
    assert rows["in_files"] == len(drawn.rows) + drawn.broken
    assert rows["in_files"] == rows["handed_on"] + rows["removed_before"] + sum(rows["left_out"].values())
    assert sum(_events(folder / "export" / file["name"]) for file in record["files"]) == rows["handed_on"]
    for path in (folder / "export").glob("README*"):
        _in_order(drawn, path.name, path.read_text(encoding="utf-8"))


def _events(path: Path) -> int:
    """The events in a file of an export, read by what did not write it."""
    if path.suffix == ".gz":
        with gzip.open(path) as file:
            return sum(_rows_of_trace(one) for _, one in ET.iterparse(file) if one.tag.endswith("trace"))  # noqa: S314 - our own file
    if path.suffix == ".parquet":
        return int(duckdb.execute("SELECT count(*) FROM read_parquet(?)", [str(path)]).fetchall()[0][0])
    import csv  # noqa: PLC0415

    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file, strict=True)) - 1


def _rows_of_trace(trace: ET.Element) -> int:
    """A row with an end is two events, its start and its completion, of the same number."""
    return len({one.get("value") for one in trace.iter() if one.get("key") == "event_order"})


def _describe(drawn: Drawn, folder: Path, run: Run, common: list[str], _other: Path) -> None:
    options = [*_declared(drawn, folder, "practice", "source"), "--audit", str(folder / "report")]
    done = run(
        ["describe", str(folder / "extract.csv"), *options, *common, "--out", str(folder / "described.html")], folder
    )
    if _told(done, "describe"):
        _in_order(drawn, "described.html", (folder / "described.html").read_text(encoding="utf-8"))


def _compare(drawn: Drawn, folder: Path, run: Run, common: list[str], other: Path) -> None:
    done = run(["compare", str(other), str(folder / "report"), *common[2:], "--out", str(folder / "compared")], folder)
    if _told(done, "compare"):
        for path in (folder / "compared").iterdir():
            _in_order(drawn, path.name, path.read_text(encoding="utf-8"))


def _practice(drawn: Drawn, folder: Path, run: Run, common: list[str], _other: Path) -> None:
    practice = str(folder / "practice.yaml") if "practice.yaml" in drawn.declared else "jobcenter"
    done = run(["practice", "render", practice, *common[2:], "--out", str(folder / "guide.html")], folder)
    if _told(done, "practice"):
        _in_order(drawn, "guide.html", (folder / "guide.html").read_text(encoding="utf-8"))


AFTER = {
    "suggest": _suggest,
    "remedy": _remedy,
    "export": _export,
    "describe": _describe,
    "compare": _compare,
    "practice": _practice,
}
