"""What logsyn has written itself: known by its content, so that nothing that people made, added or changed is ever replaced."""

from __future__ import annotations

import hashlib
import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from logsyn.validator.writing.confidential import CONFIDENTIAL
from logsyn.validator.writing.earlier import is_of_earlier_version

if TYPE_CHECKING:
    from collections.abc import Iterator

MANIFEST = ".logsyn-files.json"
"""The checksums of all files of a result, and whether a key was used for it, in its folder; those of confidential files in theirs."""

_SCHEMA = "logsyn/files/1"
_MARK = re.compile(rb"<!-- logsyn ([0-9a-f]{64}) -->\n\Z")


def write_manifest(folder: Path, what: str, *, keyed: bool = False) -> None:
    """Write down what is in a folder, what it is, and whether a key was used for it: the same files give the same bytes.

    The checksums of confidential files stand in their folder: whoever has the rest could try values until a short file has its checksum.
    """
    names = sorted(_names(folder))
    kept_back = [name for name in names if name.startswith(f"{CONFIDENTIAL}/")]
    for place, listed in ((CONFIDENTIAL, kept_back), ("", [name for name in names if name not in kept_back])):
        if listed or not place:
            files = {name: _sha256(folder / name) for name in listed}
            record = {"schema": _SCHEMA, "of": what, "keyed": keyed, "files": files}
            text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
            (folder / place / MANIFEST).write_text(text, encoding="utf-8")


def was_keyed(folder: Path) -> bool | None:
    """Whether a key was used for the result in a folder; None: there is no result that says so."""
    record = _manifest(folder)
    keyed = record.get("keyed") if record else None
    return keyed if isinstance(keyed, bool) else None


def not_ours(folder: Path, what: str) -> str:
    """What in a folder was not written there as a result of this kind, in a few words; empty when all of it was."""
    record = _manifest(folder)
    if record is None:
        foreign = [name for name in sorted(_names(folder)) if not is_of_earlier_version(folder, name, what)]
    elif record["of"] != what:
        return f"it is a {record['of']}"
    else:
        known, lists = record["files"], {MANIFEST}
        if (kept_back := _manifest(folder / CONFIDENTIAL)) is not None:
            known, lists = known | kept_back["files"], lists | {f"{CONFIDENTIAL}/{MANIFEST}"}
        foreign = [name for name in sorted(_names(folder)) if name not in known and name not in lists]
        foreign += [
            f"{name}, which was changed"
            for name, digest in known.items()
            if os.path.lexists(folder / name) and _sha256(folder / name) != digest
        ]
    return ", ".join(foreign[:3]) + (" …" if len(foreign) > 3 else "")


def with_mark(html: str) -> str:
    """A page with a mark at its end by which it is known to be as it was written."""
    return f"{html}<!-- logsyn {hashlib.sha256(html.encode()).hexdigest()} -->\n"


def is_own_page(path: Path) -> bool:
    """Whether a file is a page with such a mark, and nobody has changed it."""
    if path.is_symlink() or not path.is_file():
        return False
    text = path.read_bytes()
    mark = _MARK.search(text)
    return mark is not None and hashlib.sha256(text[: mark.start()]).hexdigest().encode() == mark[1]


def _manifest(folder: Path) -> dict[str, Any] | None:
    path = folder / MANIFEST
    if path.is_symlink() or not path.is_file():
        return None
    try:
        record = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        return None
    is_one = isinstance(record, dict) and record.get("schema") == _SCHEMA and isinstance(record.get("files"), dict)
    return record if is_one and isinstance(record.get("of"), str) else None


def _names(folder: Path) -> Iterator[str]:
    """Everything in a folder that is no folder, and folders with nothing in them, by their paths in it; no link is followed.

    A folder that may not be looked into counts as one with nothing in it: what is there is not known to be ours.
    """
    closed: list[str] = []
    for place, folders, files in os.walk(folder, onerror=lambda fault: closed.append(os.fsdecode(fault.filename))):
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        for name in (*files, *links):
            yield (Path(place) / name).relative_to(folder).as_posix()
        if not folders and not files and Path(place) != folder:
            yield Path(place).relative_to(folder).as_posix() + "/"
    yield from (Path(place).relative_to(folder).as_posix() + "/" for place in closed if Path(place) != folder)


def _sha256(path: Path) -> str:
    """The checksum of a regular file; of anything else, one that no file has."""
    if path.is_symlink() or not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
