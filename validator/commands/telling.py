"""What a command tells on stdout, and notes on stderr: with nothing in it that a terminal would obey, and with a word when it cannot be told."""

from __future__ import annotations

from contextlib import suppress

import typer

from logsyn.validator.errors import AuditError
from logsyn.validator.personal.terminal import in_one_line, printable


def say(text: str) -> None:
    """Write a text and a line break to stdout.

    Raises:
        AuditError: stdout cannot be written to.
    """
    try:
        typer.echo(printable(text))
    except OSError as error:
        raise AuditError(
            f"the result cannot be told on stdout: {error.strerror}", "Files that were written whole stay."
        ) from error


def note(text: str) -> None:
    """Write a line beside the result, to stderr; where nobody reads it, nothing is lost."""
    with suppress(OSError):
        typer.echo(f"logsyn: {in_one_line(text)}", err=True)
