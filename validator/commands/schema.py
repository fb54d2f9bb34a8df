"""``logsyn schema``: prints the JSON Schema of what people declare, or of the files of an audit, for editors and machines."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from logsyn.validator.commands.telling import say

if TYPE_CHECKING:
    from pydantic import BaseModel


class SchemaOf(StrEnum):
    """What has a schema."""

    SUITE = "suite"
    PRACTICE = "practice"
    SOURCE = "source"
    JUDGEMENT = "judgement"
    ACCEPTED = "accepted"
    REMEDIES = "remedies"
    SCOPE = "scope"
    AUDIT = "audit"
    RUN = "run"


def schema(of: Annotated[SchemaOf, typer.Argument(help="Which schema.")]) -> None:
    """Print a JSON Schema: of the YAML that you write, of audit.json, or of run.json."""
    say(json.dumps(_model(of).model_json_schema(by_alias=True), ensure_ascii=False, indent=1))


def _model(of: SchemaOf) -> type[BaseModel]:
    from logsyn.expectations.accepted import AcceptedFile  # noqa: PLC0415
    from logsyn.expectations.judgement import Judgement  # noqa: PLC0415
    from logsyn.expectations.practice import Practice  # noqa: PLC0415
    from logsyn.expectations.remedies import Remedies  # noqa: PLC0415
    from logsyn.expectations.scope import Scope  # noqa: PLC0415
    from logsyn.expectations.source import SourceProfile  # noqa: PLC0415
    from logsyn.expectations.suite import SuiteFile  # noqa: PLC0415
    from logsyn.validator.record import Audit, RunFacts  # noqa: PLC0415

    models: dict[SchemaOf, type[BaseModel]] = {
        SchemaOf.SUITE: SuiteFile,
        SchemaOf.PRACTICE: Practice,
        SchemaOf.SOURCE: SourceProfile,
        SchemaOf.JUDGEMENT: Judgement,
        SchemaOf.ACCEPTED: AcceptedFile,
        SchemaOf.REMEDIES: Remedies,
        SchemaOf.SCOPE: Scope,
        SchemaOf.AUDIT: Audit,
        SchemaOf.RUN: RunFacts,
    }
    return models[of]
