"""Entry point of the installed command: signals are minded before anything that takes time is imported."""

from __future__ import annotations

import io
import os
import signal
import sys
from contextlib import suppress

from logsyn.validator.commands.exit_codes import ExitCode


def main() -> None:
    """Run the command line and end the process with its exit code."""
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # until more is known: no traceback, and nothing to be undone
    from logsyn.validator.writing.stopping import stoppable  # noqa: PLC0415 - for the same reason

    _open_what_is_closed()
    with stoppable():
        _show_everything()
        try:
            from logsyn.validator.commands.main import app  # noqa: PLC0415 - a third of a second, in which a signal may come

            app()
        except ImportError as error:
            _end(f"{error.name} is missing or broken: install logsyn anew")
        except Exception as error:  # noqa: BLE001 - what even the handler of the commands could not tell, as without memory
            _end(f"internal error, {type(error).__name__}. Please report it.")
        finally:
            _let_go_of_broken_pipes()


def _end(told: str) -> None:
    with suppress(OSError):
        sys.stderr.write(f"logsyn: {told}\n")
    sys.exit(ExitCode.NOT_AUDITED)


def _open_what_is_closed() -> None:
    """A stream that was closed before the start leads nowhere, so that no file takes its number and gets what is told."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            with suppress(OSError):
                os.close(number)
            os.open(os.devnull, os.O_RDWR)
            setattr(sys, name, os.fdopen(number, "w" if number else "r", encoding="utf-8", closefd=False))


def _show_everything() -> None:
    """What a terminal or a file has no letters for is written out, and no thread or destructor shows a traceback of its own."""
    import threading  # noqa: PLC0415 - see above

    from logsyn.validator.personal.terminal import show_what_cannot_be_encoded  # noqa: PLC0415

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
