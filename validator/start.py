"""Entry point of the installed command: signals are minded before anything that takes time is imported."""

from __future__ import annotations

import io
import os
import signal
import sys

from validator.exit_codes import ExitCode


def main() -> None:
    """Run the command line and end the process with its exit code."""
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # until more is known: no traceback, and nothing to be undone
    from validator.stopping import stoppable  # noqa: PLC0415 - for the same reason

    with stoppable():
        _show_everything()
        try:
            from validator.main import app  # noqa: PLC0415 - a third of a second, in which a signal may come
        except ImportError as error:
            sys.stderr.write(f"logsyn: {error.name} is missing or broken: install logsyn anew\n")
            sys.exit(ExitCode.NOT_AUDITED)
        try:
            app()
        finally:
            _let_go_of_broken_pipes()


def _show_everything() -> None:
    """What a terminal or a file has no letters for is written out, and no thread or destructor shows a traceback of its own."""
    import threading  # noqa: PLC0415 - see above

    from validator.terminal import show_what_cannot_be_encoded  # noqa: PLC0415

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=show_what_cannot_be_encoded())
    threading.excepthook = _silent
    sys.unraisablehook = _silent


def _silent(_what: object) -> None:
    """Whoever waits for a thread is told what became of it."""


def _let_go_of_broken_pipes() -> None:
    """What could not be shown was told; the interpreter must not try again at its end, which would change the exit code."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
