"""What is found about the names of labels: the table ``name_facts``, one row per label, filled as far as rules look at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from logsyn.validator.derive.label_bases import base_labels, key
from logsyn.validator.derive.label_similarity import find_distorted
from logsyn.validator.derive.label_synonyms import find_synonyms
from logsyn.validator.derive.label_templates import find_templates

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from logsyn.expectations.rule import Rule
    from logsyn.validator.derive.needs import Needs

SLIP_RATIO = 5.0
"""A label so much rarer than one that it looks like is taken for a slip of it, and not for a name in its own right."""

COLUMNS = {
    "activity": "VARCHAR",
    "distorted_of": "VARCHAR",
    "distorted_distance": "INTEGER",
    "distorted_ratio": "DOUBLE",
    "label_template": "VARCHAR",
    "label_variants": "INTEGER",
    "base_label": "VARCHAR",
    "is_base_label": "BOOLEAN",
    "synonym_of": "VARCHAR",
    "synonym_context": "DOUBLE",
    "synonym_shared_cases": "INTEGER",
    "synonym_evidence": "VARCHAR",
}
LONGEST_NAME = 300
"""Characters of a label up to which it is a name, and compared with others as one; a longer one is a text."""

_ANALYSES = {
    "distorted": {"distorted_of", "distorted_distance", "distorted_ratio", "distorted_of_events"},
    "template": {"label_template", "label_variants"},
    "base": {"base_label", "is_base_label"},
    "synonym": {"synonym_of", "synonym_context", "synonym_shared_cases", "synonym_evidence", "synonym_of_events"},
}
"""Each analysis, and the columns of ``labels`` that come of it."""


def create_name_facts(connection: duckdb.DuckDBPyConnection, rules: Sequence[Rule], needs: Needs) -> None:
    """Create ``name_facts`` from ``event_facts``; columns that nothing needs stay empty."""
    columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    connection.execute(f"CREATE TABLE name_facts ({columns})")
    asked = {name for name, columns in _ANALYSES.items() if columns & needs.columns}
    if asked:
        connection.register("found_names", _facts(connection, asked, _least_ratio(rules)))
        connection.execute("INSERT INTO name_facts FROM found_names")
        connection.unregister("found_names")


def labels_too_long(connection: duckdb.DuckDBPyConnection) -> int:
    """How many labels are too long to be compared as names."""
    query = f"SELECT count(*) FROM labels WHERE length(activity) > {LONGEST_NAME}"
    return int(connection.execute(query).fetchall()[0][0])


def _least_ratio(rules: Sequence[Rule]) -> float:
    asked = (float(rule.given["ratio"]) for rule in rules if rule.check == "distorted-label")
    return min([SLIP_RATIO, *asked])


def _facts(connection: duckdb.DuckDBPyConnection, asked: set[str], least_ratio: float) -> pd.DataFrame:
    counted = connection.execute(
        "SELECT activity::VARCHAR, count(*) FROM event_facts WHERE activity IS NOT NULL GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    names = [one for one in counted if len(one[0]) <= LONGEST_NAME]
    labels, events = [label for label, _ in names], [number for _, number in names]
    distorted = {one.activity: one for one in find_distorted(labels, events, least_ratio)}
    slips = {label for label, one in distorted.items() if one.ratio >= SLIP_RATIO}
    templates = find_templates(labels, events, slips) if asked != {"distorted"} else {}
    bases = base_labels(labels, templates) if "base" in asked else {}
    explained = slips | templates.keys()
    synonyms = {
        one.activity: one
        for one in (find_synonyms(connection, labels, events, explained) if "synonym" in asked else [])
    }
    nothing = (None,) * 4
    rows = [
        (
            label,
            *((one.of, one.distance, one.ratio) if (one := distorted.get(label)) else nothing[:3]),
            *((kind.text, kind.variants) if (kind := templates.get(label)) else nothing[:2]),
            *((bases[label], key(label) == bases[label]) if label in bases else nothing[:2]),
            *((same.of, same.context, same.shared_cases, same.evidence) if (same := synonyms.get(label)) else nothing),
        )
        for label, _ in counted
    ]
    kinds = {"VARCHAR": "object", "INTEGER": "Int32", "DOUBLE": "Float64", "BOOLEAN": "boolean"}
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({name: kinds[kind] for name, kind in COLUMNS.items()})
