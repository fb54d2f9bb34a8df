"""The command ``logsyn``: one thin function per subcommand, nothing heavy imported before it is needed."""

from __future__ import annotations

from typing import Annotated

import typer

from validator.commands.audit import audit
from validator.commands.compare import compare
from validator.commands.describe import describe
from validator.commands.export import export
from validator.commands.practice import practice
from validator.commands.remedy import remedy
from validator.commands.schema import schema
from validator.commands.suggest import suggest

app = typer.Typer(
    name="logsyn",
    help="Tells whether an event log can be trusted before process mining begins.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _tell_version(asked: bool) -> None:  # noqa: FBT001 - typer calls it with the value
    if asked:
        from importlib.metadata import version  # noqa: PLC0415

        typer.echo(f"logsyn {version('logsyn')}")
        raise typer.Exit


@app.callback()
def options(
    _version: Annotated[bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Print the version.")] = False,  # noqa: FBT002
) -> None:  # fmt: skip
    """Tells whether an event log can be trusted before process mining begins."""


app.command()(audit)
app.command()(remedy)
app.command()(export)
app.command()(describe)
app.command()(schema)
app.command()(suggest)
app.add_typer(practice)
app.command()(compare)


def main() -> None:
    """Entry point of the installed command."""
    app()
