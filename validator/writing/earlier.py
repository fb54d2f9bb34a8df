"""Results of version 0.2.0, which kept no list of its files: each of them is known by what is in it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path, PurePosixPath
from typing import Any

_PAGES = {"index.html", "practice.html", "quality.html"}
_REPORT = _PAGES | {"audit.json", "violations.parquet", "rejected.csv"}
_LOOK_AT = 1 << 16


def is_of_earlier_version(folder: Path, name: str, what: str) -> bool:
    """Whether a file is what version 0.2.0 wrote there.

    Args:
        folder: the result.
        name: of the file, by its path in the folder.
        what: a result it is: ``report``, ``remedied log``, ``export`` or ``comparison``; drafts were for being written in.
    """
    path, inner = folder / name, PurePosixPath(name)
    if path.is_symlink() or not path.is_file():
        return False
    if what == "report" or (what == "remedied log" and inner.parent.name in {"before", "after"}):
        return len(inner.parts) == (1 if what == "report" else 2) and inner.name in _REPORT and _is_of_report(path)
    if what == "remedied log":
        return name in {"remedy.html", "changes.parquet", "remedied.parquet"} and _has_form(path)
    if what == "comparison":
        return name in {"compare.html", "compare.json"} and _has_form(path)
    return what == "export" and len(inner.parts) == 1 and _is_of_export(path)


def _is_of_report(path: Path) -> bool:
    return _schema(path.parent / "audit.json") == "logsyn/audit/1" and _has_form(path)


def _is_of_export(path: Path) -> bool:
    record = _json(path.parent / "export.json")
    if record.get("schema") != "logsyn/export/1":
        return False
    if path.name in {"export.json", "left-out.csv", "README.da.md", "README.en.md"}:
        return _has_form(path)
    files = record.get("files")
    digests = [one.get("sha256") for one in files if one.get("name") == path.name] if isinstance(files, list) else []
    with path.open("rb") as file:
        return [hashlib.file_digest(file, "sha256").hexdigest()] == digests


def _has_form(path: Path) -> bool:
    """Whether a file begins, and a table ends, like one that logsyn has written."""
    with path.open("rb") as file:
        head = file.read(_LOOK_AT)
        file.seek(max(0, path.stat().st_size - _LOOK_AT))
        tail = file.read()
    match path.suffix:
        case ".html":
            return head.startswith(b"<!DOCTYPE html>") and b'<p class="brand">logsyn' in head
        case ".parquet":
            return head.startswith(b"PAR1") and b"DuckDB" in tail and tail.endswith(b"PAR1")
        case ".csv":
            return head.startswith((b"file;line;reason;raw\n", b"file;line;reason\n"))
        case ".md":
            return head.startswith(b"# ") and b"logsyn" in head
    return str(_schema(path)).startswith("logsyn/")


def _schema(path: Path) -> Any:
    return _json(path).get("schema")


def _json(path: Path) -> dict[str, Any]:
    if not path.is_file():  # a pipe would be waited for
        return {}
    try:
        record = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) else {}
