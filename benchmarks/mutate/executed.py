"""Plugin of pytest that writes down which test executes which lines, and how many CPU seconds it takes: ``-p benchmarks.mutate.executed``.

What several tests share is made once, by the first that asks: a fixture of a module or session, a function that keeps its answers. Its lines belong to
each test that uses it, so it has a context of its own, and what uses what is written down beside.
"""

from __future__ import annotations

import functools
import json
import os
from collections import defaultdict
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import coverage
import pytest
from jinja2 import Environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_ROOT = Path(__file__).parents[2]
_PACKAGES = ("validator", "expectations", "reports")
_NO_TIME = 0.01


def _seconds() -> float:
    """CPU seconds of this process and of the ended ones that it began."""
    now = os.times()
    return now.user + now.system + now.children_user + now.children_system


class Contexts:
    """What runs now (a test, a fixture, the making of a kept answer), and which of them uses which."""

    def __init__(self) -> None:
        include = [f"{_ROOT}/{package}/*" for package in _PACKAGES]
        self.coverage = coverage.Coverage(data_file=None, config_file=False, include=include)
        self.running = [""]
        self.used: dict[str, set[str]] = defaultdict(set)
        self.templates: dict[str, set[str]] = defaultdict(set)
        self.tests: list[str] = []
        self.seconds: dict[str, float] = defaultdict(float)
        self.failed: set[str] = set()
        self._since = _seconds()

    def uses(self, name: str) -> None:
        """What runs now rests on a context, made now or earlier."""
        self.used[self.running[-1]].add(name)

    @contextmanager
    def within(self, name: str) -> Iterator[None]:
        """Lines that are executed, and the seconds that pass, belong to the context."""
        self.uses(name)
        self._count()
        self.running.append(name)
        self.coverage.switch_context(name)
        try:
            yield
        finally:
            self._count()
            self.running.pop()
            self.coverage.switch_context(self.running[-1])

    def _count(self) -> None:
        now = _seconds()
        self.seconds[self.running[-1]] += now - self._since
        self._since = now

    def shared(self, test: str) -> list[str]:
        """What a test rests on that takes time, once for all tests that do."""
        return sorted(name for name in self.rests_on(test) - {test} if self.seconds.get(name, 0) >= _NO_TIME)

    def rests_on(self, name: str) -> set[str]:
        """The context and all that it uses, directly or not."""
        found, edge = {name}, {name}
        while edge := {other for one in edge for other in self.used.get(one, ())} - found:
            found |= edge
        return found

    def tests_by_line(self) -> dict[str, dict[int, list[str]]]:
        """File → line → tests that execute it; a template has one line, 0."""
        tests: dict[str, set[str]] = defaultdict(set)
        for test in self.tests:
            for name in self.rests_on(test):
                tests[name].add(test)
        data = self.coverage.get_data()
        lines = {
            Path(file).relative_to(_ROOT).as_posix(): data.contexts_by_lineno(file) for file in data.measured_files()
        }
        lines |= {f"reports/templates/{name}": {0: list(names)} for name, names in self.templates.items()}
        return {
            file: {line: sorted(set().union(*(tests[name] for name in names))) for line, names in by_line.items()}
            for file, by_line in lines.items()
        }



_CONTEXTS = Contexts()


def _keeping(real: Callable[..., Any]) -> Callable[..., Any]:
    """``functools.cache``, for functions of this project: each answer is a context."""

    def keep(function: Callable[..., Any]) -> Callable[..., Any]:
        code = getattr(function, "__code__", None)
        place = Path(code.co_filename) if code else Path("/")
        if not place.is_relative_to(_ROOT) or "site-packages" in place.parts:
            return real(function)
        return _kept(function, real)

    return keep


def _kept(function: Callable[..., Any], real: Callable[..., Any]) -> Callable[..., Any]:
    def name(given: tuple[Any, ...], named: dict[str, Any]) -> str:
        return f"kept {function.__module__}.{function.__qualname__} {hash((given, tuple(sorted(named.items()))))}"

    @functools.wraps(function)
    def make(*given: Any, **named: Any) -> Any:
        with _CONTEXTS.within(name(given, named)):
            return function(*given, **named)

    kept = real(make)

    @functools.wraps(function)
    def ask(*given: Any, **named: Any) -> Any:
        _CONTEXTS.uses(name(given, named))
        return kept(*given, **named)

    ask.cache_clear, ask.cache_info = kept.cache_clear, kept.cache_info
    return ask


def _lru_keeping(real: Callable[..., Any]) -> Callable[..., Any]:
    def with_options(*given: Any, **named: Any) -> Any:
        if given and callable(given[0]):
            return _keeping(real)(given[0])
        return _keeping(real(*given, **named))

    return with_options


def _tell_templates() -> None:
    load = Environment._load_template  # noqa: SLF001

    def told(self: Environment, name: Any, globals: Any) -> Any:  # noqa: A002
        _CONTEXTS.templates[str(name)].add(_CONTEXTS.running[-1])
        return load(self, name, globals)

    Environment._load_template = told  # noqa: SLF001


def pytest_configure() -> None:
    """Begin before any module of this project is imported."""
    functools.cache, functools.lru_cache = _keeping(functools.cache), _lru_keeping(functools.lru_cache)
    _tell_templates()
    _CONTEXTS.coverage.start()


@pytest.hookimpl(hookwrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    """What a file of tests does when it is imported belongs to its tests."""
    with _CONTEXTS.within(f"file {collector.nodeid}"):
        yield


@pytest.hookimpl(hookwrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any]) -> Iterator[None]:
    """What a fixture does belongs to all tests that ask for it; where it does so for each test, to that one."""
    with nullcontext() if fixturedef.scope == "function" else _CONTEXTS.within(_fixture(fixturedef)):
        yield


def _fixture(fixturedef: pytest.FixtureDef[Any]) -> str:
    return f"fixture {fixturedef.baseid}::{fixturedef.argname}"


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """The lines and the seconds of one test."""
    _CONTEXTS.tests.append(item.nodeid)
    with _CONTEXTS.within(item.nodeid):
        _CONTEXTS.uses(f"file {item.nodeid.split('::')[0]}")
        for made in item._fixtureinfo.name2fixturedefs.values():  # noqa: SLF001
            for fixturedef in made:
                if fixturedef.scope != "function":
                    _CONTEXTS.uses(_fixture(fixturedef))
        yield


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Which tests fail: by the seconds that this takes, or without any mutation."""
    if report.failed:
        _CONTEXTS.failed.add(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write it all down; each worker has a file of its own, and so has a session without workers."""
    if getattr(session.config.option, "numprocesses", None):
        return  # it only hands out the tests
    _CONTEXTS.coverage.stop()
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    number = {test: at for at, test in enumerate(_CONTEXTS.tests)}
    lines = {
        file: {line: [number[test] for test in tests] for line, tests in by_line.items()}
        for file, by_line in _CONTEXTS.tests_by_line().items()
    }
    seconds = {test: max(_CONTEXTS.seconds[test], _NO_TIME) for test in _CONTEXTS.tests}
    shared = {test: names for test in seconds if (names := _CONTEXTS.shared(test))}
    costs = {name: _CONTEXTS.seconds[name] for names in shared.values() for name in names}
    told = {"seconds": seconds, "lines": lines, "failed": sorted(_CONTEXTS.failed), "shared": shared, "costs": costs}
    (Path(os.environ["EXECUTED"]) / f"{worker}.json").write_text(json.dumps(told), encoding="utf-8")
