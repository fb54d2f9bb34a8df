"""``make accuracy``: scores all checks with a truth and writes the tables of benchmarks/accuracy/README.md."""

from __future__ import annotations

from pathlib import Path

from benchmarks.accuracy import injected, overloading, real, swapped
from benchmarks.accuracy.second_meanings import SHAPES

README = Path(__file__).resolve().parent / "README.md"
BEGIN, END = "<!-- measured -->", "<!-- end -->"
NAME_SEEDS = (11, 12, 13)
TIMING_SEED = 4
TEAM_SEEDS = range(201, 241)
"""The limits were chosen on the seeds 1 to 12 and 1001 to 1030, so others are scored."""
SECOND_SHARES = (0.1, 0.25, 0.5)
NUMBERS_OF_TEAMS = (0, 2, 5)
SHAPE_SEEDS = range(301, 321)
"""The limits were chosen on the seeds 1 to 20."""
SHARES = (0.05, 0.1, 0.3, 0.5)
RHYTHM_SEEDS = range(501, 601)
RHYTHM_FOUND = RHYTHM_SEEDS[:30]
RHYTHM_TEAMS = (2, 3, 8)
RHYTHM_SLOTS = {"Fridays": ("weekday", 5), "from 15:00 on": ("hour", 15)}
RHYTHM_SHARES = (0.3, 0.4, 0.5, 0.75)
"""Shares of what a team registers elsewhere, that are put on one weekday or into one hour instead."""
HEAD = "| precision | recall | F1 |"


def _figures(one: real.Score) -> str:
    found = one.right + one.wrong
    return f"{_cut(one.precision) if found else 'none found'} | {_cut(one.recall)} | {_cut(one.f1)}"


def _cut(share: float) -> str:
    """Three decimals, cut and not rounded, so that nothing is 1 that isn't."""
    return f"{int(share * 1000) / 1000:.3f}"


def _real() -> list[str]:
    lines = ["## Logs of others, with injected errors", ""]
    absent = sorted({task.log for task in real.TASKS if not real.path_of(task).exists()})
    if absent:
        lines += [f"Skipped, since they are not in the folder that `{real.PLACE}` names: {', '.join(absent)}.", ""]
    lines += [f"| log | rule {HEAD} best published F1 | what is wrong or missed |", "|---|---|---:|---:|---:|---:|---|"]
    for task in real.TASKS:
        if task.log not in absent:
            published = "" if task.published is None else f"{task.published:.2f}"
            lines.append(
                f"| {task.log} | `{task.asked}` | {_figures(real.measure(task))} | {published} | {task.remark} |"
            )
            print(lines[-1], flush=True)
    return lines


def _names() -> list[str]:
    lines = [
        "",
        "## Faults in Danish labels that no check was tuned on",
        "",
        f"| check | form {HEAD}",
        "|---|---|---:|---:|---:|",
    ]
    for check, form, one in injected.name_scores(NAME_SEEDS):
        lines.append(f"| `{check}` | {form} | {_figures(one)} |")
        print(lines[-1], flush=True)
    lines += [
        "",
        "## Alternatives of one decision, which are no synonyms",
        "",
        "| labels | events of both | called synonyms |",
        "|---|---:|---:|",
    ]
    for (one, other), events, wrong in injected.alternative_scores(NAME_SEEDS):
        lines.append(f"| {one}, {other} | {events} | {wrong} |")
        print(lines[-1], flush=True)
    return lines


def _sample() -> list[str]:
    lines = ["", "## The sample log", "", f"| check | faulty rows {HEAD}", "|---|---:|---:|---:|---:|"]
    return lines + [
        f"| `{check}` | {one.right + one.missed} | {_figures(one)} |" for check, one in injected.sample_scores().items()
    ]


def _timing() -> list[str]:
    lines = ["", "## Times, registrations and values", "", f"| check | faulty rows {HEAD}", "|---|---:|---:|---:|---:|"]
    scores = injected.timing_scores(TIMING_SEED)
    return lines + [f"| `{check}` | {one.right + one.missed} | {_figures(one)} |" for check, one in scores.items()]


def _teams() -> list[str]:
    logs = len(TEAM_SEEDS)
    lines = ["", "## Overloaded labels", "", f"Logs of {logs} seeds for each line.", ""]
    shares = " | ".join(f"{share:.0%}" for share in SHARES)
    lines += [
        f"| how the teams differ | logs with a finding, nothing overloaded | found at {shares} | others found with it |",
        "|---|---:|" + "---:|" * (len(SHARES) + 1),
    ]
    for kind, about in overloading.KINDS.items():
        measured = [overloading.detected(kind, share, TEAM_SEEDS) for share in SHARES]
        found = " | ".join(f"{right} of {of}" for right, of, _ in measured)
        others = sum(others for *_, others in measured)
        lines.append(f"| {about} | {overloading.unfounded(kind, TEAM_SEEDS)} of {logs} | {found} | {others} |")
        print(lines[-1], flush=True)
    return lines


def _rhythms() -> list[str]:
    lines = ["", "## Teams that register at other times than the others", ""]
    lines += [f"For each number of teams {len(RHYTHM_SEEDS)} logs in which nothing is put in, and {len(RHYTHM_FOUND)} for each part of one team's registrations that is put on Fridays, or into the hour from 15:00 on.", ""]
    shares = " | ".join(f"{share:.0%}" for share in RHYTHM_SHARES)
    lines += [
        f"| teams | logs with a finding, nothing put in | where | found at {shares} | others found with it |",
        "|---:|---:|---|" + "---:|" * (len(RHYTHM_SHARES) + 1),
    ]
    for teams in RHYTHM_TEAMS:
        wrong = injected.without_rhythm(teams, RHYTHM_SEEDS)
        for where, slot in RHYTHM_SLOTS.items():
            measured = [injected.with_rhythm(teams, slot, share, RHYTHM_FOUND) for share in RHYTHM_SHARES]
            found = " | ".join(str(right) for right, _ in measured)
            lines.append(f"| {teams} | {wrong} | {where} | {found} | {sum(others for _, others in measured)} |")
            print(lines[-1], flush=True)
    return lines


def _shapes() -> list[str]:
    """A line a shape and number of teams: false labels, and what is found of second meanings of all teams alike and of single teams."""
    heads = [f"{who} {share:.0%}" for who in ("all teams", "some teams") for share in SECOND_SHARES]
    lines = [
        "",
        "## Second meanings in processes of several shapes",
        "",
        f"Logs of {len(SHAPE_SEEDS)} seeds for each cell: found of those made.",
        "",
        f"| process | teams | false, nothing overloaded | {' | '.join(heads)} | others found with it |",
        "|---|---:|---:|" + "---:|" * (len(heads) + 1),
    ]
    for shape, (about, _) in SHAPES.items():
        for teams in NUMBERS_OF_TEAMS:
            lines.append(_shape(shape, about, teams))
            print(lines[-1], flush=True)
    other = [
        overloading.detected_in_shape("kinds", 0, share, SHAPE_SEEDS, by_team=False, of_one_flow=False)
        for share in SECOND_SHARES
    ]
    told = ", ".join(f"{right} of {of} at {share:.0%}" for (right, of, _), share in zip(other, SECOND_SHARES, strict=True))
    return [*lines, "", f"A second meaning in cases of another kind, without teams: {told}."]


def _shape(shape: str, about: str, teams: int) -> str:
    ways = [(by_team, share) for by_team in (False, True) for share in SECOND_SHARES]
    measured = [
        overloading.detected_in_shape(shape, teams, share, SHAPE_SEEDS, by_team=by_team)
        for by_team, share in ways
        if teams > 1 or not by_team
    ]
    found = [f"{right} of {of}" for right, of, _ in measured] + [""] * (len(ways) - len(measured))
    false = f"{overloading.unfounded_of_shape(shape, teams, SHAPE_SEEDS)} of {len(SHAPE_SEEDS)}"
    return f"| {about} | {teams or 'none'} | {false} | {' | '.join(found)} | {sum(others for *_, others in measured)} |"


def main() -> None:
    """Measure everything and put the tables into the README."""
    lines = [*_real(), *_names(), *_sample(), *_timing(), *swapped.table(), *_teams(), *_shapes(), *_rhythms()]
    before, rest = README.read_text(encoding="utf-8").split(BEGIN)
    README.write_text(before + BEGIN + "\n" + "\n".join(lines) + "\n" + END + rest.split(END)[1], encoding="utf-8")


if __name__ == "__main__":
    main()
