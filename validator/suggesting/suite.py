"""The draft of a suite: rules on what nearly always holds in the data, each with how nearly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from logsyn.validator.database.answers import records
from logsyn.validator.database.sql import filled, identifier
from logsyn.validator.findings.persons import may_list_values
from logsyn.validator.personal.masking import shown
from logsyn.validator.suggesting.draft import Draft, Line

if TYPE_CHECKING:
    import duckdb

    from logsyn.validator.reading.extract import Reading
    from logsyn.validator.record import Column
    from logsyn.validator.suggesting.wording import NoteWording

NEARLY_ALL = 0.95
MOST_VALUES = 30
FEWEST = 5
"""A value in fewer rows than this is not put on a list: it may be a slip, or lead to one citizen."""

ENDS = """
WITH ends AS (SELECT {pick}(activity::VARCHAR, position_in_case) AS activity FROM event_facts WHERE position_in_case IS NOT NULL GROUP BY case_no)
SELECT activity, count(*) AS cases, (SELECT count(*) FROM ends) AS total FROM ends GROUP BY ALL ORDER BY cases DESC, activity"""

PRESENT = """
SELECT activity::VARCHAR AS activity, count(DISTINCT case_no) AS cases, (SELECT count(*) FROM cases WHERE steps > 0) AS total
FROM event_facts WHERE position_in_case IS NOT NULL GROUP BY ALL ORDER BY cases DESC, activity"""


def draft_suite(
    connection: duckdb.DuckDBPyConnection, reading: Reading, have: frozenset[str], base: str, say: NoteWording
) -> Draft:
    """Rules on top of the suite ``base``, from ``rows`` and ``event_facts``."""
    rules = [
        *(rule for column in reading.columns if (rule := _filled_in(connection, column, say))),
        *(rule for column in reading.columns if (rule := _known_values(connection, column, say))),
        *(_ends(connection, say) if "position_in_case" in have else []),
        *(_always_there(connection, say) if "position_in_case" in have else []),
    ]
    lines = [
        Line(("suite",), "draft", comparable=False),
        Line(("extends",), [base], say("det, som enhver log skal bestå", "what every log must pass")),
        *rules,
    ]
    preface = [
        say("Udkast til regelsæt. Hver regel gælder næsten altid i data; det er ikke det samme, som at den bør gælde.",
            "Draft of a suite. Each rule nearly always holds in the data; that is not to say that it should."),
        say("Slet det, der ikke er ment som en regel.", "Delete what is not meant as a rule."),
    ]  # fmt: skip
    return Draft("suite", preface, lines)


def _rule(rule_id: str, content: dict[str, Any], note: str) -> Line:
    return Line(("rules", rule_id), content, note, item=True)


def _filled_in(connection: duckdb.DuckDBPyConnection, column: Column, say: NoteWording) -> Line | None:
    """A column that is filled in nearly every row, and not in all; the required ones have checks of their own."""
    rows = column.filled + column.missing
    if column.name in ("case_id", "activity", "timestamp") or not column.missing or column.filled < NEARLY_ALL * rows:
        return None
    counted = connection.execute(f"SELECT count({filled(column.name)}) FROM events").fetchone()
    note = say("udfyldt i {share}; mangler i {missing} rækker", "filled in {share}; missing in {missing} rows",
               share=say.share(counted[0] if counted else 0, rows), missing=say.count(column.missing))  # fmt: skip
    rule_id = f"missing-{_slug(column.name)}"
    return _rule(rule_id, {"check": "missing-value", "id": rule_id, "column": column.name}, note)


def _known_values(connection: duckdb.DuckDBPyConnection, column: Column, say: NoteWording) -> Line | None:
    """A category of few values that nearly all rows have one of; never a list of persons."""
    if column.kind != "category" or column.name in ("activity", "team") or not may_list_values(column) or not column.distinct:
        return None
    name = identifier(column.name)
    found = connection.execute(
        f"SELECT {name}::VARCHAR, count(*) FROM rows WHERE {name} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
    ).fetchall()
    common = [value for value, times in found if times >= FEWEST and shown(value) == value]
    covered = sum(times for value, times in found if value in common)
    if not 2 <= len(common) <= MOST_VALUES or covered < NEARLY_ALL * column.filled:
        return None
    note = say("{known} værdier dækker {share}; {rare} sjældne er ikke med", "{known} values cover {share}; {rare} rare ones are left out",
               known=len(common), share=say.share(covered, column.filled), rare=len(found) - len(common))  # fmt: skip
    rule_id = f"known-{_slug(column.name)}"
    return _rule(
        rule_id, {"check": "allowed-values", "id": rule_id, "column": column.name, "values": sorted(common)}, note
    )


def _ends(connection: duckdb.DuckDBPyConnection, say: NoteWording) -> list[Line]:
    rules = []
    for check, pick in (("unexpected-start", "arg_min"), ("unexpected-end", "arg_max")):
        chosen, covered, total = [], 0, 0
        for end in records(connection.execute(ENDS.format(pick=pick))):
            activity, cases, total = end["activity"], end["cases"], end["total"]
            if covered < NEARLY_ALL * total and cases >= FEWEST and shown(activity) == activity:
                chosen.append(activity)
                covered += cases
        if chosen and covered >= NEARLY_ALL * total and len(chosen) <= 5:
            note = say(
                "{share} af {total} sager",
                "{share} of {total} cases",
                share=say.share(covered, total),
                total=say.count(total),
            )
            rules.append(_rule(check, {"check": check, "activities": chosen}, note))
    return rules


def _always_there(connection: duckdb.DuckDBPyConnection, say: NoteWording) -> list[Line]:
    found = [
        use
        for use in records(connection.execute(PRESENT))
        if use["cases"] >= NEARLY_ALL * use["total"] and use["cases"] >= FEWEST
    ]
    names = [use["activity"] for use in found if shown(use["activity"]) == use["activity"]]
    if not names:
        return []
    least = min(found, key=lambda use: use["cases"])
    note = say(
        "findes i mindst {share} af sagerne",
        "in at least {share} of the cases",
        share=say.share(least["cases"], least["total"]),
    )
    return [_rule("incomplete-case", {"check": "incomplete-case", "activities": names}, note)]


def _slug(name: str) -> str:
    """A rule id from a column name: letters, digits and hyphens."""
    letters = name.lower().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    return "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in letters).split()) or "column"
