"""The exit codes of the command: a contract."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the end of a run means to the script that started it."""

    CLEAN = 0
    """No finding at or above ``--fail-on``."""
    FINDINGS = 1
    """At least one finding at or above ``--fail-on``."""
    USAGE = 2
    """The command was used wrongly."""
    NOT_AUDITED = 3
    """Unreadable input, faulty YAML, a fault of the engine, or a rule in ``error``."""
