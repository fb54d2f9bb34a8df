"""``make bench``: measures what is promised, at three sizes, and writes the tables of benchmarks/README.md."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.measure import (
    HERE,
    SETTING,
    WORK,
    Run,
    audit,
    bare_load,
    best,
    extract_of,
    in_turn,
    logsyn,
    machine,
    plain_audit,
    run,
    with_key,
)  # fmt: skip

if TYPE_CHECKING:
    from pathlib import Path

SMALL, MIDDLE, LARGE = 100_000, 1_000_000, 10_000_000
BEGIN, END = "<!-- measured -->", "<!-- end -->"


@dataclass(frozen=True)
class Promise:
    """What was promised, what was measured, and the limit; ``at_least``: the limit is one from below."""

    about: str
    measured: float
    limit: float
    unit: str = "times"
    at_least: bool = False

    @property
    def met(self) -> bool:
        """Whether the figure keeps within its limit."""
        return self.measured >= self.limit if self.at_least else self.measured <= self.limit

    @property
    def line(self) -> str:
        """A row of the table of promises."""
        bound = "at least" if self.at_least else "at most"
        verdict = "met" if self.met else "**not met**"
        return f"| {self.about} | {bound} {self.limit:g} {self.unit} | {self.measured:.2f} {self.unit} | {verdict} |"


Part = tuple[list[str], list[Promise]]
"""Lines of Markdown, and the promises that they decide."""


def against_bare_load(large: int) -> Part:
    """The default audit, and the plain one without consequences, against DuckDB's bare load, at all sizes."""
    lines = [
        "| events | file | bare load | audit | ratio | peak memory of the audit | without consequences | ratio |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    measured: dict[int, tuple[Run, Run, Run]] = {}
    for events, times in ((SMALL, 2), (MIDDLE, 3), (large, 3)):
        extract = extract_of(events)
        bare, told, plain = in_turn(times, bare_load(extract), audit(extract), plain_audit(extract))
        measured[events] = (bare, told, plain)
        size = extract.stat().st_size / 1e6
        lines.append(
            f"| {events:,} | {size:,.0f} MB | {bare.seconds:.1f} s | **{told.seconds:.1f} s** | {told.seconds / bare.seconds:.1f} | {told.peak_gb:.2f} GB "
            f"| {plain.seconds:.1f} s | {plain.seconds / bare.seconds:.1f} |"
        )
        print(lines[-1], flush=True)
    (middle_bare, _, middle), (large_bare, _, largest) = measured[MIDDLE], measured[large]
    growth = largest.seconds / middle.seconds
    promises = [
        Promise("plain audit against bare load, 1 million", middle.seconds / middle_bare.seconds, 10),
        Promise(f"plain audit against bare load, {large:,}", largest.seconds / large_bare.seconds, 6),
        Promise(f"time from 1 million to {large:,}", growth, large / MIDDLE),
    ]
    return lines, promises


def agreed_memory(large: int) -> Part:
    """The default audit within what was agreed about memory."""
    lines = ["| events | agreed | peak memory | time |", "|---:|---:|---:|---:|"]
    promises = []
    for events, agreed in ((SMALL, 0.6), (MIDDLE, 0.6), (MIDDLE, 1.0), (MIDDLE, 3.0), (large, 3.0)):
        one = run(*audit(extract_of(events), "--memory", f"{agreed * 1000:.0f}MB"))
        lines.append(f"| {events:,} | {agreed:g} GB | {one.peak_gb:.2f} GB | {one.seconds:.1f} s |")
        promises.append(Promise(f"peak memory with `--memory {agreed:g}GB`, {events:,}", one.peak_gb, agreed, "GB"))
    return lines, promises


def with_consequences(large: int) -> Part:
    """Audit with consequences, remedy and export against the plain audit, in turn at 1 million; and the memory of the largest ones."""

    def commands(extract: Path) -> list[tuple[str, ...]]:
        remedies = ("--remedies", str(HERE / "remedies.yaml"), "--fail-on", "never", "--out", str(WORK / "remedied"))
        handed = ("--to", "parquet", "--source", "momentum", "--as-of", "2023-11-30", *with_key(), "--mask-cpr")
        return [
            audit(extract),
            logsyn("remedy", extract, *SETTING, *with_key(), *remedies),
            logsyn("export", extract, *handed, "--out", str(WORK / "exported")),
        ]

    plain, told, remedy, export = in_turn(3, plain_audit(extract_of(MIDDLE)), *commands(extract_of(MIDDLE)))
    within = ("--memory", "3GB")
    largest, largest_remedy, largest_export = (run(*command, *within) for command in commands(extract_of(large)))
    lines = [
        "| at 1 million events | time | against the plain audit | peak memory |",
        "|---|---:|---:|---:|",
        *(
            f"| {name} | {one.seconds:.1f} s | {one.seconds / plain.seconds:.2f} | {one.peak_gb:.2f} GB |"
            for name, one in (
                ("plain audit", plain), ("audit with consequences", told),
                ("remedy (which audits before and after)", remedy), ("export to Parquet", export),
            )
        ),
        "",
        f"At {large:,} with `--memory 3GB`: audit with consequences {largest.seconds:.1f} s and {largest.peak_gb:.2f} GB, remedy {largest_remedy.seconds:.1f} s and "
        f"{largest_remedy.peak_gb:.2f} GB, export {largest_export.seconds:.1f} s and {largest_export.peak_gb:.2f} GB.",
    ]  # fmt: skip
    on_the_way, apart = remedy.seconds + export.seconds, told.seconds + remedy.seconds + export.seconds
    return lines, [
        Promise("`remedy` (audit with consequences, remedies, audit after) and `export` against the plain audit, 1 million", on_the_way / plain.seconds, 3),
        Promise("the same with an `audit` of its own before", apart / plain.seconds, 3),
        Promise(f"peak memory with consequences, {large:,}", largest.peak_gb, 3, "GB"),
        Promise(f"peak memory of remedy, {large:,}", largest_remedy.peak_gb, 3, "GB"),
        Promise(f"peak memory of export, {large:,}", largest_export.peak_gb, 3, "GB"),
    ]  # fmt: skip


def whole_catalogue() -> Part:
    """The whole catalogue (suite ``strict``) against the base suite at 1 million, both plain."""
    extract = extract_of(MIDDLE)
    base, strict = in_turn(2, plain_audit(extract), plain_audit(extract, "--suite", "strict"))
    line = f"The whole catalogue at 1 million events: {strict.seconds:.1f} s, the base suite {base.seconds:.1f} s."
    return [line], [
        Promise("whole catalogue against the base suite, 1 million", strict.seconds / base.seconds, 2),
    ]


def against_pandas() -> Part:
    """Great Expectations on pandas and the audit, in turn at 1 million events: whole processes, and the rules alone.

    Raises:
        RuntimeError: they do not find the same rows.
    """
    extract, violations = str(extract_of(MIDDLE)), str(WORK / "pandas.parquet")
    lines = [
        "| failing rows on pandas by | pandas, whole process | audit, whole process | ratio | pandas, rules only | audit, rules only | ratio |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    promises = []
    for way, about in (("named", "`unexpected_index_column_names: [row_id]`"), ("index", "the frame's own index")):
        pandas = run("-m", "benchmarks.pandas_engine", extract, violations, way)
        plain = run(*plain_audit(extract_of(MIDDLE)))
        phases = run("-m", "benchmarks.audit_phases", extract, str(WORK / "phases")).told
        if pandas.told["failed"] != phases["failed"]:
            raise RuntimeError(f"pandas finds {pandas.told['failed']}, the audit {phases['failed']}")
        ours = sum(phases["seconds"][phase] for phase in ("deriving", "checking", "writing"))
        theirs = sum(pandas.told["seconds"][phase] for phase in ("derive", "judge", "failing rows"))
        whole, rules = pandas.seconds / plain.seconds, theirs / ours
        lines.append(
            f"| {about} | {pandas.seconds:.1f} s, {pandas.peak_gb:.2f} GB | {plain.seconds:.1f} s | {whole:.1f} "
            f"| {theirs:.1f} s | {ours:.1f} s | {rules:.1f} |"
        )
        promises += [
            Promise(f"faster than pandas, the rules, failing rows {way}", rules, 5, at_least=True),
            Promise(f"faster than pandas, the whole process, failing rows {way}", whole, 5, at_least=True),
        ]
    return lines, promises


def command_line() -> Part:
    """``logsyn --help`` against the bare import of typer."""
    typer = best([run("-c", "import typer") for _ in range(5)])
    shown = best([run("-c", "from logsyn.validator.commands.main import main; main()", "--help") for _ in range(5)])
    ratio = shown.seconds / typer.seconds
    line = f"`logsyn --help`: {shown.seconds:.2f} s; a bare `import typer`: {typer.seconds:.2f} s."
    return [line], [Promise("`logsyn --help` against `import typer`", ratio, 3)]


def main() -> None:
    """Measure everything, and put the tables into the README unless told not to."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    parser.add_argument("--largest", type=int, default=LARGE, help="events of the largest extract")
    parser.add_argument("--print-only", action="store_true", help="leave benchmarks/README.md as it is")
    options = parser.parse_args()
    parts = [
        ("Against the bare load", against_bare_load(options.largest)),
        ("Memory as agreed", agreed_memory(options.largest)),
        ("Consequences, remedy, export", with_consequences(options.largest)),
        ("The whole catalogue", whole_catalogue()),
        ("Against Great Expectations' own pandas engine, the same 19 rules, 1 million events", against_pandas()),
        ("Command line", command_line()),
    ]
    promises = [promise for _, (_, decided) in parts for promise in decided]
    lines = [
        f"Measured on {machine()}; bare load and plain audit: the best of three runs, at 100 thousand of two; consequences, remedy and export at 1 million: of three; catalogue: of two; all else runs once. What is compared runs in turn.",
        "",
        "| what | limit | measured | |",
        "|---|---:|---:|---|",
        *(promise.line for promise in promises),
    ]
    for title, (part, _) in parts:
        lines += ["", f"**{title}**", "", *part]
    print("\n".join(lines))
    if not options.print_only:
        readme = HERE / "README.md"
        before, rest = readme.read_text(encoding="utf-8").split(BEGIN)
        text = before + BEGIN + "\n" + "\n".join(lines) + "\n" + END + rest.split(END)[1]
        readme.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
