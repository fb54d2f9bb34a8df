"""What all tests share: the audit of the sample, and that drawing examples may take its time, since no test is about seconds by the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from logsyn.expectations.practice import load_practice
from tests.auditing import SAMPLES, Audited, audit_files

if TYPE_CHECKING:
    from pathlib import Path

settings.register_profile("logsyn", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("logsyn")


@pytest.fixture(scope="session")
def audited_sample(tmp_path_factory) -> tuple[Audited, Path]:
    """The sample by the base suite and the practice of its job centre, on the day that it was drawn; and the folder of what was written."""
    folder = tmp_path_factory.mktemp("sample")
    how = {"profile": None, "practice": load_practice("jobcenter")}
    return audit_files(folder, [SAMPLES / "momentum.csv"], **how), folder / "out"
