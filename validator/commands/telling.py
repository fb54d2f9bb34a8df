"""What a command tells on stdout: with nothing in it that a terminal would obey, and with a word when it cannot be told."""

from __future__ import annotations

import typer

from validator.errors import AuditError
from validator.terminal import printable


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
