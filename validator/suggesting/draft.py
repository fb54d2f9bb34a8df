"""A draft: YAML in which every line carries, as a comment, the evidence that it rests on."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from logsyn.validator.personal.cutting import MOST_OF_A_SENTENCE, cut
from logsyn.validator.personal.masking import masked, shown

PLAIN = re.compile(r"[A-Za-zÆØÅæøå_][\wÆØÅæøå()./ -]*[\wÆØÅæøå)]|[A-Za-zÆØÅæøå_]")
"""Texts that YAML takes for themselves without quotes, unless they are one of its words."""
YAML_WORDS = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}
NOTE_AT = 46
"""Notes stand in one column, where the line is not longer."""


@dataclass(frozen=True)
class Line:
    """One line: where it stands, what it says, and the note. Without a value it is the heading of what follows.

    ``comparable`` is False for what a draft only leaves room for, such as a meaning that people must write. An ``item`` is
    an entry of a list, and its last name is ours only.
    """

    path: tuple[str, ...]
    value: Any = None
    note: str = ""
    heading: bool = False
    comparable: bool = True
    item: bool = False


@dataclass(frozen=True)
class Draft:
    """A declaration in the making: ``kind`` is ``source``, ``practice``, ``suite`` or ``remedies``; the preface is its first comment."""

    kind: str
    preface: list[str]
    lines: list[Line] = field(default_factory=list)

    @property
    def file(self) -> str:
        """The name of the file."""
        return f"{self.kind}.yaml"

    @property
    def says_something(self) -> bool:
        """Whether there is more than its name, without which nothing could be done with it."""
        return any(len(line.path) > 1 or line.path[0] != self.kind for line in self.lines)

    def text(self) -> str:
        """The YAML."""
        above: tuple[str, ...] = ()
        written = [f"# {_one_line(line)}".rstrip() for line in self.preface]
        for line in self.lines:
            written += _headings(above, line.path)
            written.append(_written(line))
            above = line.path
        return "\n".join(written) + "\n"


def scalar(value: Any) -> str:
    """A value as YAML: plain where that is safe, else in double quotes; a list in brackets."""
    if isinstance(value, list):
        return "[" + ", ".join(map(_in_list, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_in_list(key)}: {_in_list(one)}" for key, one in value.items()) + "}"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"{value:g}"
    text = shown(str(value))
    if PLAIN.fullmatch(text) and text.lower() not in YAML_WORDS:
        return text
    return json.dumps(text, ensure_ascii=not text.isprintable())


def _in_list(value: Any) -> str:
    text = scalar(value)
    return text if not isinstance(value, str) or text.startswith('"') or "," not in text else json.dumps(value)


def _headings(above: tuple[str, ...], path: tuple[str, ...]) -> list[str]:
    """The keys of mappings that a line is the first one in."""
    shared = 0
    while shared < min(len(above), len(path) - 1) and above[shared] == path[shared]:
        shared += 1
    return [f"{'  ' * depth}{scalar(path[depth])}:" for depth in range(shared, len(path) - 1)]


def _written(line: Line) -> str:
    indent = "  " * (len(line.path) - 1)
    value = "" if line.heading else f" {scalar(line.value)}"
    start = f"{indent}-{value}" if line.item else f"{indent}{scalar(line.path[-1])}:{value}"
    return f"{start:<{NOTE_AT}}  # {_one_line(line.note)}" if line.note else start


def _one_line(note: str) -> str:
    return "".join(character if character.isprintable() else " " for character in cut(masked(note), MOST_OF_A_SENTENCE))
