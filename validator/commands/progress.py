"""What is being done, shown on stderr while it is a terminal; silent otherwise."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from logsyn.validator.personal.terminal import in_one_line
from logsyn.validator.progress import Progress
from logsyn.validator.writing.stopping import undone

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def shown() -> Iterator[Progress]:
    """Gives the progress of a run, each step of which is shown."""
    if not sys.stderr.isatty():
        yield Progress()
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
    from rich.markup import escape  # noqa: PLC0415 - as above

    with Console(stderr=True).status("reading") as status, undone(_show_cursor):
        yield Progress(lambda step: status.update(escape(in_one_line(f"{step.share:.0%} {step.doing}"))))


def _show_cursor() -> None:
    """Clear the line, and show the cursor, which is hidden while something moves there."""
    os.write(sys.stderr.fileno(), b"\r\x1b[2K\x1b[?25h")
