"""How a fault is told, and with which exit code a command then ends: one line for people on stderr, never a traceback."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from validator.exit_codes import ExitCode

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def faults_told() -> Iterator[None]:
    """Within this block, what people can do something about ends the command: wrong usage with 2, everything else with 3."""
    from expectations.errors import DeclarationError  # noqa: PLC0415 - YAML, which --help does not need
    from expectations.selection import SelectionError  # noqa: PLC0415
    from validator.errors import AuditError  # noqa: PLC0415

    try:
        yield
    except SelectionError as error:
        typer.echo(f"logsyn: {error}", err=True)
        raise typer.Exit(ExitCode.USAGE) from None
    except (DeclarationError, AuditError) as error:
        typer.echo(f"logsyn: {error}", err=True)
        raise typer.Exit(ExitCode.NOT_AUDITED) from None
    except OSError as error:
        typer.echo(f"logsyn: {error.strerror or error}: {error.filename or 'the disk'}", err=True)
        raise typer.Exit(ExitCode.NOT_AUDITED) from None
