"""Loads a declaration: YAML into a pydantic model, with file and line in every error, from a path or a built-in name."""

from __future__ import annotations

import re
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from logsyn.expectations.errors import MOST_SHOWN, DeclarationError, shown
from logsyn.expectations.pipes import read_at_most
from logsyn.expectations.shortening import shortened
from logsyn.expectations.text import Text
from logsyn.expectations.yaml_reader import MAX_BYTES, Mapping, Sequence, YamlFault, compose

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

Model = TypeVar("Model", bound=BaseModel)


class Declared(BaseModel):
    """Base of what people declare: unknown keys are errors, values do not change afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _without_control_characters(text: str) -> str:
    if _CONTROL.search(text):
        raise ValueError("has a control character")
    return text


Line = Annotated[str, AfterValidator(_without_control_characters)]
"""A text that is shown in reports and on terminals as it stands."""

LONGEST_NAME = 200

Name = Annotated[Line, Field(min_length=1, max_length=LONGEST_NAME)]
"""What a declaration is called."""


def is_name(text: str) -> bool:
    """Whether a text may stand as a name in a declaration."""
    return 0 < len(text) <= LONGEST_NAME and not _CONTROL.search(text)


class DeclaredText(Text):
    """One text in the two languages of the reports."""

    da: Line
    en: Line


def built_in_names(folder: str) -> list[str]:
    """Names of the declarations that come with the package, from ``suites``, ``sources`` or ``practices``."""
    return sorted(
        entry.name.removesuffix(".yaml") for entry in _folder(folder).iterdir() if entry.name.endswith(".yaml")
    )


def locate(name_or_path: str, folder: str) -> Path:
    """The file of a built-in declaration or of a path.

    Raises:
        DeclarationError: neither a built-in name nor a file that exists.
    """
    if name_or_path in built_in_names(folder):
        return Path(str(_folder(folder) / f"{name_or_path}.yaml"))
    if is_there(Path(name_or_path)):
        return Path(name_or_path)
    near = get_close_matches(name_or_path, built_in_names(folder), n=1)
    known = ", ".join(built_in_names(folder)) or "none"
    hint = f"Built in: {known}." + (f" Did you mean {near[0]}?" if near else " Or give the path of a YAML file.")
    raise DeclarationError(f"no such file, and nothing built in has this name ({folder})", path=name_or_path, hint=hint)


def is_built_in(path: Path, folder: str) -> bool:
    """Whether a file is one of the declarations that come with the package, however it was named."""
    return path.resolve().parent == Path(str(_folder(folder))).resolve()


def is_there(path: Path) -> bool:
    """Whether a path leads to something that can be read: a file, a pipe; not a folder, and not a name that no file can have."""
    try:
        return path.exists() and not path.is_dir()
    except (OSError, ValueError):
        return False


def load(path: Path, model: type[Model]) -> Model:
    """Read one YAML file into ``model``.

    Raises:
        DeclarationError: unreadable, not YAML, a key twice, or not what the model asks; with the line.
    """
    return as_model(read_yaml(path), model, path)


def read_yaml(path: Path) -> Mapping:
    """The mapping in a YAML file, with the lines of its keys. What is read has limits: see ``logsyn.expectations.yaml_reader``.

    Raises:
        DeclarationError: unreadable, not YAML, not a mapping, or beyond a limit.
    """
    try:
        content = compose(read_at_most(path, MAX_BYTES + 1))
    except OSError as error:
        problem = "no such file" if isinstance(error, FileNotFoundError) else f"cannot be read ({error.strerror})"
        raise DeclarationError(problem, path=path, hint="Give the path of a YAML file.") from error
    except YamlFault as fault:
        raise DeclarationError(fault.problem, path=path, line=fault.line, hint=fault.hint) from fault
    if not isinstance(content, Mapping):
        raise DeclarationError("a mapping of keys to values is expected", path=path, line=1)
    return content


def as_model(content: Mapping, model: type[Model], path: Path) -> Model:
    """Judge YAML by a model; the first fault is raised with its line.

    Raises:
        DeclarationError: what pydantic found first, in words, with file and line.
    """
    try:
        return model.model_validate(content)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        where = [part for part in fault["loc"] if not str(part).startswith("function-")]
        problem = f"{_named(where) or 'the file'}: {_in_words(fault)}"
        raise DeclarationError(
            problem, path=path, line=line_of(content, where), hint=_known_keys(fault, model, where)
        ) from error


def line_of(content: object, where: list[Any]) -> int | None:
    """1-based line of the deepest part of ``where`` that the YAML has."""
    line = content.line if isinstance(content, Mapping | Sequence) else None
    for part in where:
        if (isinstance(content, Mapping) and part in content) or (
            isinstance(content, Sequence) and isinstance(part, int) and part < len(content)
        ):
            line = content.lines[part]
        else:  # the name of an alternative, which the YAML does not have
            continue
        content = content[part]
    return line


def _named(where: list[Any]) -> str:
    return ".".join(shortened(str(part), MOST_SHOWN) for part in where)


def _in_words(fault: Any) -> str:
    given = fault.get("input")
    if fault["type"] == "missing":
        return "is missing"
    if fault["type"] == "extra_forbidden":
        return "is not a key here"
    got = "" if isinstance(given, dict | list) else f" (got {shown(given)})"
    return f"{fault['msg'].removeprefix('Value error, ')}{got}"


def _known_keys(fault: Any, model: type[BaseModel], where: list[Any]) -> str:
    if where[-1:] == ["[key]"]:
        return "Put the key in quotes."
    if fault["type"] != "extra_forbidden" or len(where) != 1:
        return ""
    names = [field.alias or name for name, field in model.model_fields.items()]
    near = get_close_matches(str(where[0]), names, n=1)
    return (f"Did you mean {near[0]}? " if near else "") + f"Keys here: {', '.join(names)}."


def _folder(folder: str) -> Any:
    return files("logsyn.expectations") / folder
