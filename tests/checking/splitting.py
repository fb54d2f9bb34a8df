"""A log that is split by case: every part is read, derived and checked by itself, and what fails is told by the row of the whole log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML

from logsyn.expectations.practice import Practice
from logsyn.expectations.suite import load_suite
from logsyn.validator.checking.check import check
from logsyn.validator.database.connection import open_database
from logsyn.validator.database.memory import agreement
from logsyn.validator.derive.columns import RESERVED_NAMES
from logsyn.validator.derive.tables import derive
from logsyn.validator.reading.extract import read_extract
from logsyn.validator.reading.kept import Readings
from logsyn.validator.reading.written import how_written
from tests.auditing import AS_OF, PROFILE
from tests.whole_runs.scenes import failing, failing_cases

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from logsyn.expectations.source import SourceProfile
    from tests.whole_runs.scenes import Scene


class Log:
    """Rows under one header, and the rules that they are checked by."""

    def __init__(
        self,
        header: Sequence[str],
        rows: Sequence[Sequence[str]],
        rules: Sequence[dict[str, Any]],
        practice: dict[str, Any] | None = None,
        profile: SourceProfile = PROFILE,
    ) -> None:
        self.header, self.rows, self.rules, self.profile = (
            list(header),
            [list(row) for row in rows],
            list(rules),
            profile,
        )
        self.practice = Practice.model_validate(practice) if practice else None

    def split(self, parts: int) -> list[list[int]]:
        """The numbers of the rows of each part, from 0: cases are dealt in turn; rows without a case stay together."""
        cases = [row[self.header.index("case_id")] for row in self.rows]
        order = {case: place for place, case in enumerate(dict.fromkeys(["", *cases]))}
        return [[at for at, case in enumerate(cases) if order[case] % parts == part] for part in range(parts)]

    def checked(self, folder: Path, places: Sequence[int]) -> dict[str, tuple[int, int, list[int]]]:
        """By rule how many were checked and failed, and the rows that fail, when these rows are all there are."""
        folder.mkdir()
        lines = [";".join(row) for row in [self.header, *(self.rows[at] for at in places)]]
        (folder / "log.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        with (folder / "suite.yaml").open("w", encoding="utf-8") as file:
            YAML().dump({"suite": "split", "rules": self.rules}, file)
        rules = load_suite(str(folder / "suite.yaml")).rules
        with open_database(folder, agreement(None)) as database:
            con = database.connection
            reading = read_extract(con, [folder / "log.csv"], self.profile, folder, reserved=RESERVED_NAMES)
            have = derive(
                con, mapped=frozenset(one.name for one in reading.columns), written=how_written(reading.columns),
                texts=[one.name for one in reading.columns if one.kind != "time"], formats=[], zone=reading.timezone,
                practice=self.practice, as_of=AS_OF, rules=rules,
            )  # fmt: skip
            found = check(database, rules, have, Readings(con, reading.timezone, reading.kept))
            failing = con.execute(
                "SELECT rule_no, list(row_id ORDER BY row_id) FROM violations GROUP BY ALL"
            ).fetchall()
        rows = {number: [places[row - 1] + 1 for row in own] for number, own in failing}
        assert [one.rule.id for one in found if one.result is None or one.result.outcome == "error"] == []
        return {
            one.rule.id: (one.result.checked, one.result.failed, rows.get(one.number, []))
            for one in found
            if one.result
        }

    def together(self, folder: Path, parts: int) -> dict[str, list[int]]:
        """By rule the rows that fail when every part is checked by itself."""
        found: dict[str, list[int]] = {rule["id"]: [] for rule in self.rules}
        for number, places in enumerate(self.split(parts)):
            for rule, (_, _, rows) in self.checked(folder / f"{parts}-{number}", places).items():
                found[rule] += rows
        return {rule: sorted(rows) for rule, rows in found.items()}


def log_of(scenes: Sequence[Scene]) -> Log:
    """All scenes below each other, each with cases of its own."""
    header = list(dict.fromkeys(name for scene in scenes for name in scene.header))
    rows, activities = [], {}
    for at, scene in enumerate(scenes):
        for row in scene.rows:
            values = dict(zip(scene.header, row, strict=False))
            case = values.get("case_id") and f"{values['case_id']}.{at}"
            rows.append([case or "" if name == "case_id" else values.get(name, "") for name in header])
        activities |= (scene.practice or {}).get("activities") or {}
    times = next((scene.times for scene in scenes if scene.times), None)
    profile = (
        PROFILE.model_copy(update={"timestamps": type(PROFILE.timestamps).model_validate(times)}) if times else PROFILE
    )
    rules = [{**scene.rule, "id": f"{scene.check}-{at}"} for at, scene in enumerate(scenes)]
    return Log(header, rows, rules, {"practice": "split", "activities": activities} if activities else None, profile)


def scenes_of(checks: Sequence[str], *, formats: bool) -> list[Scene]:
    """The scenes that fail some checks, those of the usual day first; ``formats``: those whose times are written in a form of their own, or the others."""
    scenes = [failing(check, number) for check in checks for number in range(len(failing_cases(check)))]
    return sorted((one for one in scenes if bool(one.times) == formats), key=lambda one: one.as_of != AS_OF.isoformat())
