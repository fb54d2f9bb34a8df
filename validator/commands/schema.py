"""``logsyn schema``: prints the JSON Schema of a suite, practice, source profile, remedies or audit, for editors and machines."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pydantic import BaseModel


class SchemaOf(StrEnum):
    """What has a schema."""

    SUITE = "suite"
    PRACTICE = "practice"
    SOURCE = "source"
    REMEDIES = "remedies"
    AUDIT = "audit"


def schema(of: Annotated[SchemaOf, typer.Argument(help="Which schema.")]) -> None:
    """Print a JSON Schema: of the YAML that you write, or of audit.json."""
    typer.echo(json.dumps(_model(of).model_json_schema(by_alias=True), ensure_ascii=False, indent=1))


def _model(of: SchemaOf) -> type[BaseModel]:
    from expectations.practice import Practice  # noqa: PLC0415
    from expectations.remedies import Remedies  # noqa: PLC0415
    from expectations.source import SourceProfile  # noqa: PLC0415
    from expectations.suite import SuiteFile  # noqa: PLC0415
    from validator.findings.model import Audit  # noqa: PLC0415

    models: dict[SchemaOf, type[BaseModel]] = {
        SchemaOf.SUITE: SuiteFile,
        SchemaOf.PRACTICE: Practice,
        SchemaOf.SOURCE: SourceProfile,
        SchemaOf.REMEDIES: Remedies,
        SchemaOf.AUDIT: Audit,
    }
    return models[of]
