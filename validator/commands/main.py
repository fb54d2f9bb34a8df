"""The command ``logsyn``: one thin function per subcommand, nothing heavy imported before it is needed."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from logsyn.validator.commands.arguments import refuse_what_names_nothing
from logsyn.validator.commands.audit import audit
from logsyn.validator.commands.compare import compare
from logsyn.validator.commands.describe import describe
from logsyn.validator.commands.exit_codes import ExitCode
from logsyn.validator.commands.export import export
from logsyn.validator.commands.faults import TRACE, FaultsTold
from logsyn.validator.commands.practice import practice
from logsyn.validator.commands.remedy import remedy
from logsyn.validator.commands.rows import rows
from logsyn.validator.commands.schema import schema
from logsyn.validator.commands.start import main
from logsyn.validator.commands.suggest import suggest
from logsyn.validator.writing.disks import chain

__all__ = ["app", "main"]

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def _shown() -> Iterator[None]:
    try:
        yield
    finally:
        sys.stdout.flush()


class Commands(TyperGroup):
    """All commands, with the one last handler around them: what goes wrong in any of them is told and ends with 3, never with 1."""

    def main(self, *given: Any, **named: Any) -> Any:
        """Run the command line; 1 is said only by a command that has findings, never by a library that cannot write."""
        try:
            return super().main(*given, **named)
        except SystemExit as end:
            if end.code == 1 and not isinstance(end.code, ExitCode):
                wrong_use = any(isinstance(one, typer.TyperException) for one in chain(end))
                raise SystemExit(ExitCode.USAGE if wrong_use else ExitCode.NOT_AUDITED) from None
            raise

    def make_context(self, info_name: str | None, args: list[str], *given: Any, **named: Any) -> Any:
        """Read the options that stand before the command."""
        with FaultsTold(), _shown():
            refuse_what_names_nothing(args)
            return super().make_context(info_name, args, *given, **named)

    def invoke(self, ctx: Any) -> Any:
        """Run the command; what it has told has reached its reader when this returns."""
        with FaultsTold(), _shown():
            return super().invoke(ctx)


app = typer.Typer(
    name="logsyn",
    cls=Commands,
    epilog=f"A fault of logsyn is told in a line. {TRACE}=FILE in the environment keeps its details in FILE.",
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
app.command()(rows)
app.command()(remedy)
app.command()(export)
app.command()(describe)
app.command()(schema)
app.command()(suggest)
app.add_typer(practice)
app.command()(compare)
