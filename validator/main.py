"""The command ``logsyn``: one thin function per subcommand, nothing heavy imported before it is needed."""

from __future__ import annotations

import typer

from validator.commands.audit import audit
from validator.commands.practice import practice
from validator.commands.schema import schema

app = typer.Typer(
    name="logsyn",
    help="Tells whether an event log can be trusted before process mining begins.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(audit)
app.command()(schema)
app.add_typer(practice)


def main() -> None:
    """Entry point of the installed command."""
    app()
