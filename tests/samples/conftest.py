"""The committed samples, read and judged once."""

from __future__ import annotations

import pytest
from judged_apart import SAMPLES, Row, judge, read, read_truth


@pytest.fixture(scope="session")
def momentum() -> tuple[list[Row], list[int]]:
    return read(SAMPLES / "momentum.csv")


@pytest.fixture(scope="session")
def judged(momentum) -> dict[str, list[int]]:
    rows, rejected = momentum
    return judge(rows) | {"rejected": rejected}


@pytest.fixture(scope="session")
def truth() -> dict[str, list[int]]:
    return read_truth(SAMPLES / "momentum.truth.csv")
