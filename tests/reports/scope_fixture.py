"""Hand-made scopes. All figures are made up."""

from __future__ import annotations

from findings_fixture import text

from logsyn.validator.record import ScopeAccount, ScopeStep


def step(da: str, en: str, rows: tuple[int, int], cases: tuple[int, int], **without: int) -> ScopeStep:
    """One step, with rows and cases before and after."""
    return ScopeStep(
        title=text(da, en),
        rows_before=rows[0],
        rows_after=rows[1],
        cases_before=cases[0],
        cases_after=cases[1],
        **without,
    )


def scope(name: str = "Jobmål i 2022", en: str = "Job goals in 2022") -> ScopeAccount:
    """Four steps from 120,015 rows of 8,231 cases to those of the realistic audit, one of which leaves out a single row."""
    return ScopeAccount(
        scope="jobmaal-2022",
        title=text(name, en),
        rows_loaded=120_015,
        rows_in_scope=96_088,
        cases_loaded=8_231,
        cases_in_scope=5_912,
        steps=[
            step(f"Behold sager, der indeholder »{name}«", f"Keep cases that contain “{en}”", (120_015, 120_014), (8_231, 8_230), without_case_id=1),
            step("Behold sager, der begynder i 2022", "Keep cases that start in 2022", (120_014, 110_000), (8_230, 5_913)),
            step("Behold rækker fra første »Jobmål«", "Keep rows from the first “Jobmål”", (110_000, 97_000), (5_913, 5_912), without_case_id=0, without_time=17),
            step("Udelad rækker fra Markeringer", "Leave out rows of Markeringer", (97_000, 96_088), (5_912, 5_912)),
        ],
    )  # fmt: skip
