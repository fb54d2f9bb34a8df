"""Writes a log as XES (IEEE 1849-2016), gzipped: every trace is made by SQL, and compressed while the next ones are made."""

from __future__ import annotations

import gzip
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from logsyn.validator.database.sql import identifier, literal
from logsyn.validator.derive.zone import offset_macro
from logsyn.validator.handing_on.headers import unique
from logsyn.validator.handing_on.layout import has_end, time_column

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import duckdb

    from logsyn.validator.handing_on.layout import Field
    from logsyn.validator.handing_on.parts import FilePart

EVENTS_AT_ONCE = 50_000
_LEVEL = 3  # a tenth larger than the default level, and more than twice as fast

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849.2016" xes.features="">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<global scope="trace"><string key="concept:name" value="UNKNOWN"/></global>
<global scope="event"><string key="concept:name" value="UNKNOWN"/><date key="time:timestamp" value="1970-01-01T00:00:00.000+00:00"/><string key="lifecycle:transition" value="complete"/></global>
<classifier name="Activity" scope="event" keys="concept:name"/>
<classifier name="ActivityAndTransition" scope="event" keys="concept:name lifecycle:transition"/>
<string key="concept:name" value={name}/>
<string key="lifecycle:model" value="standard"/>
"""
_FOOT = "</log>\n"
_END = "</trace>\n"
_STANDARD_KEYS = {"c_activity": "concept:name", "c_resource": "org:resource", "c_team": "org:group"}

# XML allows no control characters but tab and line ends, and reads those in an attribute as spaces unless they are written
# as numbers. Most texts have nothing to escape, and are let through first.
_TO_ESCAPE = '[&<>"\\x00-\\x1f\\x{FFFE}\\x{FFFF}]'
NOT_XML = "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x{FFFE}\\x{FFFF}]"
_ESCAPES = (
    ("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("\t", "&#9;"), ("\n", "&#10;"), ("\r", "&#13;"),
)  # fmt: skip


def write_xes(
    connection: duckdb.DuckDBPyConnection, fields: Sequence[Field], part: FilePart, path: Path, *, name: str, zone: str
) -> None:
    """Write the cases of a part as one XES document.

    An event with two times becomes two, start and complete, with one ``concept:instance``; with one time, one: complete.

    Args:
        connection: holds ``outgoing``.
        fields: what an event has.
        part: its cases.
        path: of the file; the same content gives the same bytes.
        name: of the log.
        zone: of the local times, for their offsets.
    """
    _define_offsets(connection, fields, zone)
    query = _lines(fields)
    with path.open("wb") as raw, gzip.GzipFile("", "wb", _LEVEL, raw, mtime=0) as packed, ThreadPoolExecutor(1) as pool:
        packed.write(_HEAD.format(name=quoteattr(name)).encode())
        writing, end = None, ""
        for first, last in _ranges(connection, part):
            lines = connection.execute(query, {"first": first, "last": last}).fetchnumpy()["line"]
            text = "".join(lines.tolist()) if end else "".join(lines.tolist()).removeprefix(_END)
            if writing is not None:
                writing.result()
            writing, end = pool.submit(packed.write, text.encode()), _END
        if writing is not None:
            writing.result()
        packed.write((end + _FOOT).encode())


def _ranges(connection: duckdb.DuckDBPyConnection, part: FilePart) -> Iterator[tuple[int, int]]:
    """Consecutive cases with some ten thousand events together, from their first to their last number."""
    found = connection.execute(
        "SELECT min(case_no) FROM (SELECT case_no, (sum(count(*)) OVER (ORDER BY case_no) - count(*)) // "
        f"{EVENTS_AT_ONCE} AS block FROM outgoing WHERE case_no BETWEEN {part.first} AND {part.last} GROUP BY case_no) GROUP BY block ORDER BY 1"
    ).fetchall()
    for first, following in pairwise([*(begin for (begin,) in found), part.last + 1]):
        yield first, following - 1


def _lines(fields: Sequence[Field]) -> str:
    """SQL of the lines of all events whose case number lies between the parameters ``first`` and ``last``.

    The first event of a trace closes the trace before it: so no line needs to know the one behind it.
    """
    events = " UNION ALL ".join(_events(fields))
    order = "moment, event_order, phase"
    is_first = (
        f"row_number() OVER (PARTITION BY case_no ORDER BY {order}) = 1" if has_end(fields) else "event_order = 1"
    )
    begin = f"'{_END}<trace><string key=\"concept:name\" value=\"' || {_escaped('case_label')} || '\"/>\n'"
    return (
        "WITH picked AS (SELECT * FROM outgoing WHERE case_no BETWEEN $first AND $last) "
        f"SELECT CASE WHEN {is_first} THEN {begin} ELSE '' END || event AS line FROM ({events}) ORDER BY case_no, {order}"
    )


def _events(fields: Sequence[Field]) -> list[str]:
    """SQL of the events of ``picked``: case_no, case_label, moment, event_order, phase, event."""
    own = "SELECT case_no, case_label, event_order"
    if not has_end(fields):
        at = identifier(time_column(fields).name)
        return [f"{own}, {at} AS moment, 1 AS phase, {_event(fields, 'complete', at)} AS event FROM picked"]
    end = "coalesce(end_at, start_at)"
    return [
        f"{own}, start_at AS moment, 0 AS phase, {_event(fields, 'start', 'start_at')} AS event FROM picked WHERE end_at IS NOT NULL",
        f"{own}, {end} AS moment, 1 AS phase, {_event(fields, 'complete', end)} AS event FROM picked",
    ]


def _event(fields: Sequence[Field], transition: str, time: str) -> str:
    """SQL of one event element."""
    others = [field for field in fields if field.name not in ("case_label", "start_at", "end_at")]
    own = [field for field in others if field.name not in _STANDARD_KEYS]
    keys = dict(
        zip(
            (field.name for field in own),
            unique((_key(field) for field in own), _STANDARD_KEYS.values(), "{}_{}"),
            strict=True,
        )
    )
    keys |= {name: key for name, key in _STANDARD_KEYS.items() if any(field.name == name for field in others)}
    ordered = sorted(others, key=lambda field: field.name != "c_activity")
    parts = [_attribute(field, keys[field.name]) for field in ordered]
    instance = "'<string key=\"concept:instance\" value=\"' || event_order || '\"/>'"
    parts[1:1] = [
        f'\'<date key="time:timestamp" value="\' || {_moment(time)} || \'"/><string key="lifecycle:transition" value="{transition}"/>\'',
        *([instance] if has_end(fields) else []),
    ]
    return " || ".join(["'<event>'", *parts, "'</event>\n'"])


def _key(field: Field) -> str:
    """The key of an attribute that no extension of the standard defines."""
    if field.source is None:
        return "event_order"
    return field.header if field.source.mapped_by == "kept" else field.source.name


def _attribute(field: Field, key: str) -> str:
    name = identifier(field.name)
    kind, value = {
        "order": ("int", name),
        "time": ("date", _moment(name)),
        "text": ("string", _escaped(f"{name}::VARCHAR")),
    }[field.kind]
    element = f"'<{kind} key=\"{key}\" value=\"' || {value} || '\"/>'"
    return element if field.kind == "order" else f"coalesce({element}, '')"


def _escaped(expression: str) -> str:
    text = f"regexp_replace({expression}, {literal(NOT_XML)}, '\ufffd', 'g')"
    for character, written in _ESCAPES:
        text = f"replace({text}, {literal(character)}, {literal(written)})"
    return f"CASE WHEN regexp_matches({expression}, {literal(_TO_ESCAPE)}) THEN {text} ELSE {expression} END"


def _moment(time: str) -> str:
    return f"(strftime({time}, '%Y-%m-%dT%H:%M:%S.%g') || utc_offset_text({time}))"


def _define_offsets(connection: duckdb.DuckDBPyConnection, fields: Sequence[Field], zone: str) -> None:
    """Define ``utc_offset_text(local)``: the offset of a local time as ``+01:00``."""
    times = [identifier(field.name) for field in fields if field.kind == "time"]
    years = _all(connection, [f"year({time})" for time in times])
    connection.execute(offset_macro(zone, sorted(years)))
    offsets = sorted(_all(connection, [f"utc_offset_seconds({time})" for time in times]))
    branches = " ".join(f"WHEN {offset} THEN '{_written(offset)}'" for offset in offsets)
    case = f"CASE utc_offset_seconds(local) {branches} END" if branches else "'+00:00'"
    connection.execute(f"CREATE OR REPLACE MACRO utc_offset_text(local) AS ({case})")


def _all(connection: duckdb.DuckDBPyConnection, expressions: Sequence[str]) -> set[Any]:
    asked = " UNION ".join(f"SELECT DISTINCT {one} AS value FROM outgoing" for one in expressions)
    return {value for (value,) in connection.execute(f"SELECT value FROM ({asked}) WHERE value IS NOT NULL").fetchall()}


def _written(offset: int) -> str:
    minutes = abs(offset) // 60
    return f"{'-' if offset < 0 else '+'}{minutes // 60:02d}:{minutes % 60:02d}"
