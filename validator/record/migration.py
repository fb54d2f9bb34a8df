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
    """Engine, libraries and their versions went to ``run.json``; examples had case, line and minute, and are left out.

    What follows has the same names and meaning. The months from which registration is another thing stood in examples only.
    """
    versions = content.get("versions")
    version = versions.get("logsyn", "unknown") if isinstance(versions, dict) else versions
    rest = {key: value for key, value in content.items() if key not in ("engine", "versions")}
    findings, registration = content.get("findings"), content.get("registration")
    if isinstance(findings, list) and isinstance(registration, dict):
        rest["registration"] = {**registration, "changed_months": _changed_months(findings)}
        rest["findings"] = [{**one, "evidence": []} if isinstance(one, dict) else one for one in findings]
    return {**rest, "schema": "logsyn/audit/2", "version": version}


def _changed_months(findings: list[Any]) -> list[str]:
    failed = [one for one in findings if isinstance(one, dict) and one.get("check") == "registration-regime"]
    pieces = [piece for one in failed if one.get("outcome") == "failed" for piece in one.get("evidence") or ()]
    values = [piece.get("values") for piece in pieces if isinstance(piece, dict)]
    return sorted({str(one["month"])[:7] for one in values if isinstance(one, dict) and one.get("month")})


_STEPS = {"logsyn/audit/1": _from_1}
