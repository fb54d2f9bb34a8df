"""Plugin of pytest that runs the tests named in a file, in that order, and of files that are named whole all: ``-p benchmarks.mutate.chosen``.

Names on the command line would not do: a mutation may rename what is drawn from the catalogue, and pytest then runs nothing at all.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is not named; what belongs to a file that is named whole comes first."""
    items[:] = chosen(items, Path(os.environ["CHOSEN"]).read_text(encoding="utf-8").splitlines())
    if not items:
        config.option.collectonly = True  # nothing to run is no fault of the mutation


def chosen(items: Sequence[pytest.Item], names: list[str]) -> list[pytest.Item]:
    """The items that are named, or whose file is, in the order of the names."""
    place = {name: at for at, name in enumerate(names)}
    found = [
        (place.get(item.nodeid, place.get(item.nodeid.split("::")[0])), at, item) for at, item in enumerate(items)
    ]
    return [item for number, _, item in sorted((one for one in found if one[0] is not None), key=lambda one: one[:2])]
