"""Arguments that name nothing, such as those that an unset variable of a script leaves behind: refused before anything is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

_EMPTY = "is empty. Give a value, or leave the option out; a variable of a script that is not set leaves an empty one."
_DASH = "- names no file: logsyn reads and writes files, not its standard input and output. A file of that name is ./-"


def refuse_what_names_nothing(arguments: Sequence[str]) -> None:
    """Make sure that no argument and no value of an option is empty, blank, or a dash on its own.

    Raises:
        BadParameter: one is; it is said behind which option it stands.
    """
    before = ""
    for argument in arguments:
        option, equals, value = argument.partition("=") if argument.startswith("--") else (before, "=", argument)
        before = argument if argument.startswith("--") else ""
        if equals and value.strip() in ("", "-"):
            place = option or "an argument"
            raise typer.BadParameter(f"{place}: {_DASH}" if value.strip() else f"{place} {_EMPTY}")
