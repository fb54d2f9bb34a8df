"""What the readers of a target cannot hold, and how much of that a log has: counted, told, and mended by a remedy where one does."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from logsyn.expectations.source import REQUIRED_COLUMNS
from logsyn.validator.database.sql import identifier, literal
from logsyn.validator.handing_on.outgoing import one
from logsyn.validator.handing_on.record import Beyond

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from logsyn.validator.handing_on.layout import Field

What = Literal["too_early", "too_late", "too_long", "forbidden_character", "too_many_columns", "too_many_events"]


@dataclass(frozen=True)
class Bounds:
    """What the readers of a target can hold, as far as it is known; None: no bound is documented.

    ``from_day`` and ``before_day``: of times, as ISO days; a day is left at both ends, since an offset may move a time over it.
    ``characters``: of a text; ``columns`` and ``events``: of a file; ``forbidden``: characters that cannot be written, as a
    regular expression. ``sources``: where that is said.
    """

    sources: tuple[str, ...]
    from_day: str | None = None
    before_day: str | None = None
    characters: int | None = None
    columns: int | None = None
    events: int | None = None
    forbidden: str | None = None


def beyond(connection: duckdb.DuckDBPyConnection, fields: Sequence[Field], bounds: Bounds) -> list[Beyond]:
    """What of ``outgoing`` lies beyond the bounds of a target, counted in one pass; nothing where all can be held."""
    asked = [(field, what, condition) for field in fields for what, condition in _conditions(field, bounds)]
    counts = [f"count(*) FILTER ({condition}) AS beyond_{at}" for at, (_, _, condition) in enumerate(asked)]
    counted = one(connection, f"SELECT {', '.join(['count(*) AS events', *counts])} FROM outgoing")
    found = [
        Beyond(
            what=what,
            header=field.header,
            column=field.source.name if field.source else None,
            values=count,
            remedy=_remedy(field, what, bounds),
        )
        for at, (field, what, _) in enumerate(asked)
        if (count := counted[f"beyond_{at}"])
    ]
    if bounds.columns is not None and len(fields) > bounds.columns:
        found.append(Beyond(what="too_many_columns", values=len(fields)))
    if bounds.events is not None and counted["events"] > bounds.events:
        found.append(Beyond(what="too_many_events", values=counted["events"]))
    return found


def _conditions(field: Field, bounds: Bounds) -> list[tuple[What, str]]:
    name = identifier(field.name)
    conditions: list[tuple[What, str]] = []
    if field.kind == "time":
        if bounds.from_day:
            conditions.append(("too_early", f"{name} < TIMESTAMP {literal(bounds.from_day)}"))
        if bounds.before_day:
            conditions.append(("too_late", f"{name} >= TIMESTAMP {literal(bounds.before_day)}"))
    if field.kind == "text":
        if bounds.characters is not None:
            conditions.append(("too_long", f"length({name}::VARCHAR) > {bounds.characters}"))
        if bounds.forbidden:
            conditions.append(("forbidden_character", f"regexp_matches({name}::VARCHAR, {literal(bounds.forbidden)})"))
    return conditions


def _remedy(field: Field, what: What, bounds: Bounds) -> str | None:
    """The step of a remedies file after which the target can hold the column; None where there is none."""
    if field.source is None:
        return None
    column = json.dumps(field.source.name, ensure_ascii=False) if field.kind == "text" else field.source.name
    if what == "too_long" and field.source.name not in REQUIRED_COLUMNS:
        return f"- {{do: remove-column, columns: [{column}]}}"
    if what not in ("too_early", "too_late"):
        return None
    where = (
        f"where: {{{column}: {{{f'lt: {bounds.from_day}' if what == 'too_early' else f'ge: {bounds.before_day}'}}}}}"
    )
    if field.source.name in REQUIRED_COLUMNS:
        return f"- {{do: drop-rows, {where}}}"
    return f"- {{do: blank, columns: [{column}], {where}}}"
