"""Reads YAML within limits: plain values with the line of each key and item, and nothing that a declaration has no business with."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from logsyn.expectations.errors import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES = 5_000_000
"""Of a file: some 30,000 rules."""

MAX_DEPTH = 30
"""So many mappings and lists within each other; the deepest declaration of ours has 8."""

MAX_NODES = 300_000
"""Keys, values and lists, with every alias unfolded; a longer text counts once more for every 100 characters."""

MAX_TEXT = 20_000
"""Characters of one key or value."""

_PARSER = getattr(yaml, "CLoader", yaml.Loader)
"""libyaml, which is ten times as fast, wherever PyYAML comes with it; only its events are used, never what it would construct."""

_CONTROL = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\U0010ffff]")
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[-+]\d\d(:?\d\d)?)?")
_WORDS = {"": None, "~": None} | {
    written: value
    for word, value in (("null", None), ("true", True), ("false", False))
    for written in (word, word.capitalize(), word.upper())
}
_BEGINS_NO_TEXT = frozenset("0123456789+-.~nNtTfF")
_TEXT_TAGS = ("!", "tag:yaml.org,2002:str")
_WIDEST = 2**63
"""Numbers are counted in 64 bits by the engine."""

_MERGE = "<<"
_QUOTE = "Put it in quotes if it is meant as a text."


class YamlFault(Exception):  # noqa: N818 - as an error of a file it becomes a DeclarationError
    """What is wrong with a YAML text, with its 1-based line and what to do."""

    def __init__(self, problem: str, line: int | None = None, hint: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.line = line
        self.hint = hint


class Mapping(dict[Any, Any]):
    """A mapping with ``line``, where it begins, and ``lines``, those of its keys (1-based)."""

    line: int
    lines: dict[Any, int]


class Sequence(list[Any]):
    """A list with ``line``, where it begins, and ``lines``, those of its items (1-based)."""

    line: int
    lines: list[int]


def compose(content: bytes) -> Any:
    """The value of a YAML text, with the lines of its keys and items; a scalar when nothing else stands there.

    Anchors, aliases and ``<<`` are unfolded. Plain words are read as YAML 1.2 does, and days such as 2023-01-31 as dates.

    Raises:
        YamlFault: too large, not UTF-8, not YAML, empty, a key twice, a tag, a second document, or a value beyond a limit.
    """
    text = _decoded(content)
    try:
        return _Composer(yaml.parse(text, Loader=_PARSER)).document()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise YamlFault(f"not valid YAML: {error.problem or error}", line) from error


def _decoded(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        size = f"{MAX_BYTES:,} bytes"
        raise YamlFault(f"is larger than {size}, which is the most that is read", hint="Divide it into several files.")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise YamlFault("is written in UTF-16", 1, "Save it as UTF-8.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        byte = f"0x{content[error.start]:02x}"
        hint = "Save it as UTF-8; it looks like Windows-1252 or Latin-1."
        raise YamlFault(f"is not UTF-8 (byte {byte})", line, hint) from error
    control = _CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        raise YamlFault(f"has a control character (U+{ord(control[0]):04X})", line, "Take it out.")
    return text


class _Composer:
    """Makes values of the parser's events, one after the other, and stops at the first that is beyond a limit."""

    def __init__(self, events: Iterator[Any]) -> None:
        self._events = events
        self._anchored: dict[str, tuple[Any, int]] = {}
        self._nodes = 0
        self._depth = 0

    def document(self) -> Any:
        """The value of the only document."""
        next(self._events)  # the stream begins
        if isinstance(next(self._events), StreamEndEvent):
            raise YamlFault("is empty", 1, "logsyn schema NAME prints what may stand in it.")
        value = self._value(next(self._events))
        for event in self._events:
            if not isinstance(event, DocumentEndEvent | StreamEndEvent):
                raise YamlFault("a second document begins here", _line(event), "A declaration is one document.")
        return value

    def _value(self, event: Any) -> Any:
        before = self._nodes
        if isinstance(event, AliasEvent):
            return self._unfolded(event)
        if isinstance(event, ScalarEvent):
            value: Any = _scalar(event)
            self._count(1 + len(event.value) // 100, event)
        else:
            _refuse_tag(event)
            value = self._container(event)
        if event.anchor is not None:
            self._anchored[event.anchor] = (value, self._nodes - before)
        return value

    def _container(self, event: Any) -> Any:
        self._count(1, event)
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise YamlFault(f"more than {MAX_DEPTH} mappings and lists within each other", _line(event))
        value = self._mapping(event) if isinstance(event, MappingStartEvent) else self._sequence(event)
        self._depth -= 1
        return value

    def _count(self, nodes: int, event: Any) -> None:
        self._nodes += nodes
        if self._nodes > MAX_NODES:
            hint = "Aliases (*name) count as often as they are used. Divide the file into several."
            raise YamlFault(f"has more than {MAX_NODES:,} keys and values", _line(event), hint)

    def _unfolded(self, event: Any) -> Any:
        if event.anchor not in self._anchored:
            raise YamlFault(f"*{event.anchor} stands for nothing that is complete before it", _line(event))
        value, nodes = self._anchored[event.anchor]
        self._count(nodes, event)
        return value

    def _sequence(self, start: Any) -> Sequence:
        sequence = Sequence()
        sequence.line, sequence.lines = _line(start), []
        while not isinstance(event := next(self._events), SequenceEndEvent):
            sequence.lines.append(_line(event))
            sequence.append(self._value(event))
        return sequence

    def _mapping(self, start: Any) -> Mapping:
        mapping, merged = Mapping(), Sequence()
        mapping.line, mapping.lines = _line(start), {}
        while not isinstance(event := next(self._events), MappingEndEvent):
            key, merges = self._key(event)
            value = self._value(next(self._events))
            if merges:
                merged.extend(_mappings_to_merge(value, event))
                continue
            if key in mapping:
                first = f"it stands in line {mapping.lines[key]}, too"
                raise YamlFault(f"duplicate key {shown(key)} ({first})", _line(event), "Keep one of the two.")
            mapping[key] = value
            mapping.lines[key] = _line(event)
        for other in merged:
            mapping.lines = other.lines | mapping.lines
            mapping.update({key: value for key, value in other.items() if key not in mapping})
        return mapping

    def _key(self, event: Any) -> tuple[Any, bool]:
        if isinstance(event, MappingStartEvent | SequenceStartEvent):
            raise YamlFault("a mapping or list stands where a key is expected", _line(event), _QUOTE)
        key = self._value(event)
        if isinstance(key, Mapping | Sequence):
            raise YamlFault("a mapping or list stands where a key is expected", _line(event))
        return key, key == _MERGE and isinstance(event, ScalarEvent) and _is_plain(event)


def _mappings_to_merge(value: Any, event: Any) -> list[Mapping]:
    several = value if isinstance(value, Sequence) else [value]
    if not all(isinstance(one, Mapping) for one in several):
        raise YamlFault("`<<` takes a mapping, or a list of them", _line(event))
    return several


def _scalar(event: Any) -> Any:
    text = event.value
    if len(text) > MAX_TEXT:
        raise YamlFault(f"a text of {len(text):,} characters; the most that is read is {MAX_TEXT:,}", _line(event))
    if "\0" in text or (not text.isprintable() and any("\ud800" <= sign <= "\udfff" for sign in text)):
        raise YamlFault("a text with a character that is none (NUL or half of a pair)", _line(event), "Take it out.")
    if event.tag is not None and event.tag not in _TEXT_TAGS:
        _refuse_tag(event)
    if not _is_plain(event) or (text and text[0] not in _BEGINS_NO_TEXT):
        return text
    return _WORDS[text] if text in _WORDS else _number_or_time(text, event)


def _number_or_time(text: str, event: Any) -> Any:
    if _INTEGER.fullmatch(text):
        return _integer(text, event)
    if _FLOAT.fullmatch(text):
        number = float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))
        if number - number != 0:  # infinite, or no number
            raise YamlFault(f"{shown(text)} is no number that can be reckoned with", _line(event), _QUOTE)
        return number
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
        return datetime.fromisoformat(text) if _MOMENT.fullmatch(text) else text
    except ValueError as error:
        raise YamlFault(f"{text} is no day or time that there is ({error})", _line(event), _QUOTE) from error


def _integer(text: str, event: Any) -> int:
    base = {"0o": 8, "0x": 16}.get(text[:2], 10)
    number = int(text, base) if len(text) < 70 else _WIDEST
    if not -_WIDEST <= number < _WIDEST:
        raise YamlFault(f"{shown(text)} is a larger number than can be reckoned with", _line(event), _QUOTE)
    return number


def _is_plain(event: Any) -> bool:
    return bool(event.implicit[0]) and event.tag is None


def _refuse_tag(event: Any) -> None:
    if event.tag is None:
        return
    written = str(event.tag).replace("tag:yaml.org,2002:", "!!")
    raise YamlFault(f"the tag {shown(written)} has no place here", _line(event), "Write the value without it.")


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1
