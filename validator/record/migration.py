"""Earlier versions of ``audit.json``, made into the one of today step by step."""

from __future__ import annotations

from typing import Any

from logsyn.validator.record.audit import SCHEMA


def migrated(content: dict[str, Any]) -> dict[str, Any]:
    """The content of an audit of any version, as parsed from JSON, as one of today.

    Raises:
        ValueError: its schema is none that this version of logsyn knows.
    """
    schema = content.get("schema")
    while isinstance(schema, str) and schema in _STEPS:
        content = _STEPS[schema](content)
        schema = content["schema"]
    if schema != SCHEMA:
        known = ", ".join([*_STEPS, SCHEMA])
        raise ValueError(f"its schema is {str(schema)[:40]!r}, and those that are known are {known}")
    return content


def _from_1(content: dict[str, Any]) -> dict[str, Any]:
    """Engine, libraries and their versions went to ``run.json``; what follows has the same names and meaning."""
    versions = content.get("versions")
    version = versions.get("logsyn", "unknown") if isinstance(versions, dict) else versions
    rest = {key: value for key, value in content.items() if key not in ("engine", "versions")}
    return {**rest, "schema": "logsyn/audit/2", "version": version}


_STEPS = {"logsyn/audit/1": _from_1}
