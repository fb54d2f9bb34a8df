"""Kills audit, remedy and export at moments all over their course, and looks at what is there then: ``make kills``; six of them are in the suite."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.measure import ROOT
from logsyn.validator.writing.ours import MANIFEST
from logsyn.validator.writing.output import staged

KILLS = 60
STOPS = ("SIGKILL", "SIGTERM", "SIGHUP")
_LOG = ROOT / "sample_logs" / "momentum.csv"
_SMALL = ROOT / "sample_logs" / "clean.csv"
_REMEDIES = "remedies: r\nsteps: [{do: map-labels, tidy: true}]\n"
COMMANDS = {
    "audit": ("report", ["audit", str(_LOG), "--practice", "jobcenter", "--fail-on", "never"]),
    "remedy": ("remedied log", ["remedy", str(_LOG), "--remedies", "r.yaml", "--fail-on", "never"]),
    "export": ("export", ["export", str(_LOG), "--to", "xes"]),
}
_LEFT = (".logsyn-writing-", "logsyn-scratch-")


@dataclass(frozen=True)
class Killed:
    """One run that a signal was sent to. ``finished``: it had ended before, or its result had taken its place. ``wrong``: what is not as promised."""

    command: str
    stop: str
    after_seconds: float
    code: int
    finished: bool
    left: int
    wrong: tuple[str, ...]


def kill(command: str, stop: str, after_seconds: float, here: Path) -> Killed:
    """Run a command over an earlier result, send it a signal, and look.

    Args:
        command: one of ``COMMANDS``.
        stop: the name of the signal.
        after_seconds: when it is sent.
        here: an empty folder; for temporary files, too.
    """
    what, arguments = COMMANDS[command]
    (here / "r.yaml").write_text(_REMEDIES, encoding="utf-8")
    with staged(here / "out", what) as folder:
        (folder / "earlier.html").write_text("earlier", encoding="utf-8")
    earlier = digests(here / "out")
    process = _begin(arguments, here)
    time.sleep(after_seconds)
    number = getattr(signal, stop)
    process.send_signal(number)
    code = process.wait(120)
    now, left = digests(here / "out"), _left(here)
    # Before the first line of logsyn is run, the signal itself ends the process.
    codes = {-number} if stop == "SIGKILL" else {128 + number, -number}
    wrong = [
        *([] if now == earlier or _is_whole(here / "out", now) else ["neither the earlier result nor the new one is whole"]),
        *([] if code in codes or (code == 0 and now != earlier) else [f"exit code {code}"]),
        *([f"left after {stop}: {left}"] if left and stop != "SIGKILL" else []),
    ]  # fmt: skip
    following = _begin(["describe", str(_SMALL), "--out", "next.html"], here).wait(120)
    if following != 0 or _left(here):
        wrong.append(f"left after the next run ({following}): {_left(here)}")
    return Killed(command, stop, after_seconds, code, now != earlier, len(left), tuple(wrong))


def digests(folder: Path) -> dict[str, str]:
    """The checksum of every file in a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _is_whole(folder: Path, found: dict[str, str]) -> bool:
    listed = json.loads((folder / MANIFEST).read_bytes())["files"]
    return {name: digest for name, digest in found.items() if name != MANIFEST} == listed and len(listed) >= 5


def _begin(arguments: list[str], here: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", "from logsyn.validator.commands.start import main; main()", *arguments, "--as-of", "2023-11-30", *_out(arguments)],
        cwd=here, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(here)},
    )  # fmt: skip


def _out(arguments: list[str]) -> list[str]:
    return [] if "--out" in arguments else ["--out", "out"]


def _left(here: Path) -> list[str]:
    return sorted(path.name for path in here.iterdir() if path.name.startswith(_LEFT))


def main() -> None:
    """Kill sixty times and print what came of it, as it stands in ``benchmarks/README.md``."""
    found = []
    for command, (_, arguments) in COMMANDS.items():
        with tempfile.TemporaryDirectory() as here:
            (Path(here) / "r.yaml").write_text(_REMEDIES, encoding="utf-8")
            begun = time.monotonic()
            _begin(arguments, Path(here)).wait()
            whole = time.monotonic() - begun
        of_command = KILLS // len(COMMANDS)
        for number in range(of_command):
            with tempfile.TemporaryDirectory() as here:
                found.append(kill(command, STOPS[number % 3], whole * (number + 0.5) / of_command, Path(here)))
            print(found[-1], file=sys.stderr, flush=True)
    print(_table(found))
    sys.exit(any(one.wrong for one in found))


def _table(found: list[Killed]) -> str:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    lines = [
        f"{datetime.now(UTC).date()}, commit {commit.stdout.strip()}: {len(found)} kills, {sum(bool(one.wrong) for one in found)} not as promised.",
        "",
        "| command | signal | kills | exit codes | earlier result whole | new result whole | left something, removed by the next run |",
        "|---|---|---:|---|---:|---:|---:|",
    ]
    for command in COMMANDS:
        for stop in STOPS:
            these = [one for one in found if (one.command, one.stop) == (command, stop)]
            codes = ", ".join(f"{code}: {times}" for code, times in sorted(Counter(one.code for one in these).items()))
            new = sum(one.finished for one in these)
            lines.append(
                f"| {command} | {stop} | {len(these)} | {codes} | {len(these) - new} | {new} | {sum(one.left > 0 for one in these)} |"
            )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
