"""What the data say differently from what is declared: a draft held against a source profile, practice or suite."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from logsyn.expectations.declaration import line_of, read_yaml
from logsyn.expectations.errors import DeclarationError
from logsyn.validator.personal.file_names import shown_name
from logsyn.validator.personal.masking import shown
from logsyn.validator.personal.terminal import in_one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from logsyn.validator.suggesting.draft import Draft
    from logsyn.validator.suggesting.wording import NoteWording

KINDS = ("source", "practice", "suite")
BY_TEAM = ("register_within_days", "register_within_working_days", "planned_end_within_days")
"""Values that may be one for all teams, or one a team."""

DERIVED = frozenset({"period", "planned", *BY_TEAM})
"""What a draft can say of an activity; other keys of a declaration are not compared."""


@dataclass(frozen=True)
class Deviation:
    """One place where they differ; ``line`` is that of the file, None where the file says nothing."""

    where: str
    line: int | None
    declared: str
    data: str
    note: str


def kind_of(path: Path) -> str:
    """Whether a file is a source profile, a practice or a suite.

    Raises:
        DeclarationError: none of them, or no YAML.
    """
    content = read_yaml(path)
    kind = next((kind for kind in KINDS if kind in content), None)
    if kind is None:
        raise DeclarationError(
            "is neither a source profile, a practice nor a suite", path=path, line=1,
            hint="One of the keys `source`, `practice` or `suite` says what a file is.",
        )  # fmt: skip
    return kind


def differences(path: Path, draft: Draft, say: NoteWording) -> list[Deviation]:
    """The places where the file and the draft of the same kind say different things, in the order of the draft.

    Raises:
        DeclarationError: the file cannot be read as YAML.
    """
    content = read_yaml(path)
    declared = dict(_rules(content) if draft.kind == "suite" else _flat(content))
    suggested = {_whole(line.path): line for line in draft.lines if line.comparable and not line.heading}
    found = []
    for key, line in suggested.items():
        if line.value == {} or (here := declared.get(key)) == line.value:
            continue
        if key not in declared and key[-1] == "*" and line.value == _default_of(declared):
            continue
        if key not in declared and _is_in_working_days(declared, key):
            continue
        shown = say("(står der ikke)", "(not there)") if key not in declared else _shown(here)
        found.append(Deviation(" > ".join(key), line_of(content, list(key)), shown, _shown(line.value), line.note))
    return found + list(_only_declared(content, declared, draft, say))


def _only_declared(
    content: Any, declared: dict[tuple[str, ...], Any], draft: Draft, say: NoteWording
) -> Iterator[Deviation]:
    """Activities and periods that are declared and that the data do not show."""
    if draft.kind != "practice":
        return
    seen = {line.path[1] for line in draft.lines if line.path[0] == "activities"}
    paths = {_whole(line.path) for line in draft.lines}
    activities = content.get("activities") or {}
    for activity in activities:
        if str(activity) not in seen:
            line = line_of(content, ["activities", activity])
            yield Deviation(
                f"activities > {activity}",
                line,
                say("aftalt", "agreed"),
                say("forekommer ikke (eller under 5 gange)", "does not occur (or under 5 times)"),
                "",
            )
    for key, value in declared.items():
        if (
            len(key) > 2
            and key[0] == "activities"
            and key[1] in seen
            and key[2] in DERIVED
            and value is True
            and key not in paths
        ):
            yield Deviation(
                " > ".join(key),
                line_of(content, list(key)),
                _shown(value),
                say("det ses ikke i data", "the data do not show it"),
                "",
            )


def _is_in_working_days(declared: dict[tuple[str, ...], Any], key: tuple[str, ...]) -> bool:
    """Whether days are suggested where working days are declared: the one is no answer to the other."""
    if key[-2:-1] != ("register_within_days",):
        return False
    beside = (*key[:-2], "register_within_working_days")
    return any(one[: len(beside)] == beside for one in declared)


def _default_of(declared: dict[tuple[str, ...], Any]) -> Any:
    return declared.get(("default", "register_within_days", "*"))


def _whole(path: tuple[str, ...]) -> tuple[str, ...]:
    """A value for all teams stands under the star."""
    return (*path, "*") if path[-1] in BY_TEAM else path


def _flat(content: Any, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for key, value in content.items():
        path = (*above, str(key))
        if hasattr(value, "items") and value:
            yield from _flat(value, path)
        else:
            yield _whole(path), _plain(value)


def _rules(content: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield ("extends",), _plain(content.get("extends", []))
    for rule in content.get("rules") or []:
        plain = {str(key): _plain(value) for key, value in rule.items()}
        yield ("rules", str(plain.get("id") or plain.get("check") or plain.get("expect"))), plain


def _plain(value: Any) -> Any:
    if hasattr(value, "items"):
        return {str(key): _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list) else value


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_shown(one)}" for key, one in value.items())
    return {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else f"{value}"


def table(found: Sequence[Deviation], path: Path, say: NoteWording) -> str:
    """The differences as a page of Markdown."""
    heads = say("linje|hvor|aftalt|data siger|grundlag", "line|where|declared|the data say|evidence").split("|")
    rows = [(str(one.line or "–"), one.where, one.declared, one.data, one.note) for one in found]  # noqa: RUF001 - a dash
    nothing = say("Data siger ikke andet end det, der er aftalt.", "The data say nothing else than what is declared.")
    head = say("# Data holdt op mod {file}", "# The data held against {file}", file=in_one_line(shown_name(path.name)))
    lines = [f"| {' | '.join(map(_cell, row))} |" for row in [tuple(heads), ("---",) * 5, *rows]] if rows else [nothing]
    return "\n".join([head, "", *lines]) + "\n"


def _cell(text: str) -> str:
    return "".join(character if character.isprintable() else " " for character in shown(text)).replace("|", "\\|")
