"""The pages, rendered once and parsed once for all tests that read them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import audit_fixture
import pytest
from bs4 import BeautifulSoup

from logsyn.reports.render import render

if TYPE_CHECKING:
    from collections.abc import Callable

EXTREMES = {
    "realistic": audit_fixture.realistic,
    "empty": audit_fixture.empty,
    "passing": audit_fixture.passing,
    "broken": audit_fixture.broken,
    "idle": audit_fixture.idle,
    "accepted": audit_fixture.accepted,
    "scoped": audit_fixture.scoped,
    "selected": audit_fixture.selected,
    "heavy": lambda: audit_fixture.heavy(30),
    "crowded": lambda: audit_fixture.crowded(3000),
    "hostile": lambda: audit_fixture.hostile("<script>alert(1)</script>"),
}


@cache
def _rendered(name: str, lang: str) -> dict[str, str]:
    return render(EXTREMES[name](), lang, audit_fixture.run())


@cache
def _parsed(name: str, lang: str, page: str) -> BeautifulSoup:
    return BeautifulSoup(_rendered(name, lang)[f"{page}.html"], "html.parser")


@pytest.fixture(scope="session")
def pages() -> Callable[[str, str], dict[str, str]]:
    """The three pages of an audit by its name, in one language."""
    return _rendered


@pytest.fixture(scope="session")
def soup() -> Callable[[str, str, str], BeautifulSoup]:
    """One page of an audit by its name, language and page, parsed."""
    return _parsed
