"""Modules are imported quickly once; a process that audits again keeps nothing for good and sets nothing over."""

import gc
import sys
import threading

import pytest

from logsyn.validator.commands import imports
from logsyn.validator.commands.imports import Importing, imported_beside


def test_a_second_audit_keeps_no_garbage_for_good():
    with imported_beside():
        pass
    kept = gc.get_freeze_count()
    garbage = [[number] for number in range(1000)]
    with imported_beside():
        pass
    assert gc.get_freeze_count() == kept
    assert len(garbage) == 1000


def test_audits_side_by_side_leave_the_turns_of_threads_as_they_were():
    before, order = sys.getswitchinterval(), []
    threads = [Importing(lambda: order.append(threading.get_ident())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (sys.getswitchinterval(), gc.isenabled(), len(order)) == (before, True, 8)


def test_what_is_set_while_modules_are_imported_is_set_back(monkeypatch):
    monkeypatch.setattr(imports, "DEAREST", "a module that nobody has imported")
    before, finders, within = sys.getswitchinterval(), list(sys.meta_path), []
    with imported_beside(lambda: within.append((sys.getswitchinterval(), gc.isenabled()))):
        pass
    gc.unfreeze()
    assert within == [(pytest.approx(imports._TURN_SECONDS), False)]  # noqa: SLF001
    assert (sys.getswitchinterval(), gc.isenabled(), sys.meta_path) == (before, True, finders)
