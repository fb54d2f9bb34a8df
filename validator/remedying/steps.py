"""Each kind of remedy as SQL on the overlay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.expectations.source import TIME_COLUMNS
from logsyn.validator.database.sql import identifier, literal
from logsyn.validator.derive.cpr import HOLDS, UNLESS
from logsyn.validator.derive.texts import category_values
from logsyn.validator.errors import AuditError
from logsyn.validator.personal.in_sql import sql_of_masked
from logsyn.validator.remedying.selection import chosen_rows, select, takes_all

if TYPE_CHECKING:
    from logsyn.expectations import remedies as kinds
    from logsyn.validator.tables.overlay import Overlay

FIRST_PRECISION = 1
_IN_GROUPS = "regexp_replace(keyed_digest(word)[:16], '(.{4})(.{4})(.{4})', '\\1-\\2-\\3-')"
"""In groups of four, since ten digits of a hash that happen to follow each other would look like a CPR number."""


def do_step(overlay: Overlay, step: kinds.Step) -> None:  # noqa: C901, PLR0912 - one line for each kind
    """Do one step.

    Raises:
        AuditError: the step cannot be done on this log.
    """
    match step.do:
        case "drop-rows":
            overlay.drop(select(overlay, step))
        case "drop-cases":
            _drop_cases(overlay, step)
        case "keep-first":
            _keep_first(overlay, step)
        case "relabel":
            _relabel(overlay, step)
        case "map-labels":
            _map_labels(overlay, step)
        case "end-date":
            _end_date(overlay, step)
        case "use-time":
            _use_time(overlay, step)
        case "merge-rows":
            _merge_rows(overlay, step)
        case "blank":
            _blank(overlay, step)
        case "pseudonymise":
            _pseudonymise(overlay, step)
        case "remove-column":
            for column in step.columns:
                overlay.remove(column)
        case "mask-cpr":
            _mask_cpr(overlay, step)


def _drop_cases(overlay: Overlay, step: kinds.DropCases) -> None:
    chosen, now = select(overlay, step), overlay.current(["case_id"])
    overlay.drop(f"SELECT row_id FROM ({now}) SEMI JOIN (SELECT case_id FROM ({now}) SEMI JOIN ({chosen}) USING (row_id)) USING (case_id)")  # fmt: skip


def _keep_first(overlay: Overlay, step: kinds.KeepFirst) -> None:
    described = overlay.connection.execute("SELECT column_name FROM (DESCRIBE rows)").fetchall()
    every = [name for (name,) in described if name not in ("file", "row_id")]
    same = every if step.same == "all" else step.same
    listed = ", ".join(map(identifier, same))
    filled = "true" if step.same == "all" else " AND ".join(f"{identifier(name)} IS NOT NULL" for name in same)
    overlay.drop(
        f"SELECT row_id FROM ({chosen_rows(overlay, step, same)}) WHERE {filled} "
        f"QUALIFY row_number() OVER (PARTITION BY {listed} ORDER BY row_id) > 1"
    )


def _relabel(overlay: Overlay, step: kinds.Relabel) -> None:
    chosen = select(overlay, step)
    if step.to is not None:
        overlay.put("activity", f"SELECT row_id, {literal(step.to)} AS value FROM ({chosen})")
        return
    by = step.by or ""
    now = overlay.current(["activity", *([] if by == "meaning" else [by])])
    if not takes_all(step):
        now = f"SELECT * FROM ({now}) SEMI JOIN ({chosen}) USING (row_id)"
    if by == "meaning":
        now = (
            f"SELECT now.*, meaning FROM ({now}) AS now JOIN event_facts USING (row_id) "
            "JOIN (SELECT pair_no, meaning FROM agreements) USING (pair_no)"
        )
    overlay.put(
        "activity",
        f"SELECT row_id, activity::VARCHAR || ' (' || {identifier(by)}::VARCHAR || ')' AS value FROM ({now}) "
        f"WHERE activity IS NOT NULL AND {identifier(by)} IS NOT NULL",
    )


# Stray spaces go, and of the spellings that then differ by capitals only the commonest is taken, the first by name of equals.
_TIDY = """
SELECT label, tidy, arg_max(tidy, (events, -place)) OVER (PARTITION BY lower(tidy)) AS chosen FROM (
  SELECT label, tidy, sum(events) OVER (PARTITION BY tidy) AS events, dense_rank() OVER (ORDER BY tidy) AS place FROM (
    SELECT activity::VARCHAR AS label, events, trim(regexp_replace(activity::VARCHAR, '[ \\t\\r\\n\u00a0]+', ' ', 'g')) AS tidy
    FROM (SELECT activity, count(*) AS events FROM ({now}) WHERE activity IS NOT NULL GROUP BY activity)))"""


def _map_labels(overlay: Overlay, step: kinds.MapLabels) -> None:
    now, chosen = overlay.current(["activity"]), select(overlay, step)
    if step.labels:
        mapped = " ".join(f"WHEN {literal(old)} THEN {literal(new)}" for old, new in step.labels.items())
        listed = literal(list(step.labels))
        overlay.put(
            "activity",
            f"SELECT row_id, CASE activity::VARCHAR {mapped} END AS value FROM ({now}) SEMI JOIN ({chosen}) USING (row_id) "
            f"WHERE list_contains({listed}, activity::VARCHAR)",
        )
    if step.tidy:
        now = overlay.current(["activity"])
        overlay.put(
            "activity",
            # Materialised, so that only the chosen rows are compared.
            f"WITH now AS MATERIALIZED (SELECT * FROM ({now}) SEMI JOIN ({chosen}) USING (row_id)) "
            f"SELECT row_id, chosen AS value FROM now JOIN ({_TIDY.format(now=now)}) ON label = activity::VARCHAR WHERE label <> chosen",
        )


def _end_date(overlay: Overlay, step: kinds.EndDate) -> None:
    chosen, day = select(overlay, step), f"TIMESTAMP '{overlay.material.as_of.isoformat()}'"
    for column in step.columns:
        if step.set == "open":
            overlay.put(column, f"SELECT row_id, NULL::TIMESTAMP AS value, NULL AS precision FROM ({chosen})")
            continue
        name = identifier(column)
        overlay.put(
            column,
            f"SELECT row_id, {day} AS value, {FIRST_PRECISION} AS precision FROM ({overlay.current([column])}) "
            f"SEMI JOIN ({chosen}) USING (row_id) WHERE {name} > {day}",
        )


def _use_time(overlay: Overlay, step: kinds.UseTime) -> None:
    source, precision = identifier(step.from_), identifier(f"{step.from_}_precision")
    overlay.put(
        step.column,
        f"SELECT row_id, {source} AS value, {precision} AS precision FROM ({chosen_rows(overlay, step, [step.from_, f'{step.from_}_precision'])}) "
        f"WHERE {source} IS NOT NULL",
    )


def _merge_rows(overlay: Overlay, step: kinds.MergeRows) -> None:
    now = chosen_rows(overlay, step, ["case_id", "activity", "timestamp"])
    label = literal(step.to) if step.to else "array_to_string(list_sort(list_distinct(list(activity::VARCHAR))), ' + ')"
    overlay.connection.execute(
        f"CREATE OR REPLACE TABLE remedy_merged AS SELECT min(row_id) AS row_id, list(row_id) AS members, {label} AS value "
        f"FROM ({now}) WHERE case_id IS NOT NULL AND timestamp IS NOT NULL AND activity IS NOT NULL "
        "GROUP BY case_id, timestamp HAVING count(*) > 1"
    )
    overlay.put("activity", "SELECT row_id, value FROM remedy_merged")
    overlay.drop("SELECT member AS row_id FROM (SELECT row_id AS first, unnest(members) AS member FROM remedy_merged) WHERE member <> first")  # fmt: skip
    overlay.connection.execute("DROP TABLE remedy_merged")


def _blank(overlay: Overlay, step: kinds.Blank) -> None:
    chosen = select(overlay, step)
    for column in step.columns:
        nothing = "NULL::TIMESTAMP AS value, NULL AS precision" if column in TIME_COLUMNS else "NULL::VARCHAR AS value"
        overlay.put(column, f"SELECT row_id, {nothing} FROM ({chosen})")


def _pseudonymise(overlay: Overlay, step: kinds.Pseudonymise) -> None:
    if overlay.material.key is None:
        raise AuditError("a column can only be pseudonymised with a key", "Give one with --key.")
    for column in step.columns:
        if column in TIME_COLUMNS:
            raise AuditError(
                f"the time column {column!r} cannot be pseudonymised", "Use `do: blank` or `do: remove-column`."
            )
        name, prefix = identifier(column), "sag-" if column == "case_id" else "id-"
        now = f"SELECT row_id, {name}::VARCHAR AS word FROM ({chosen_rows(overlay, step, [column])})"
        overlay.put(
            column,
            f"SELECT row_id, value FROM ({now}) JOIN (SELECT word, '{prefix}' || {_IN_GROUPS} AS value "
            f"FROM (SELECT DISTINCT word FROM ({now}) WHERE word IS NOT NULL)) USING (word)",
        )


def _mask_cpr(overlay: Overlay, step: kinds.MaskCpr) -> None:
    if step.columns and "case_id" in step.columns:
        raise AuditError("CPR numbers in case ids cannot be masked: cases would become one", "Use `do: pseudonymise`.")
    for column in step.columns or _text_columns(overlay, step):
        words = f"{identifier(column)}::VARCHAR"
        now = f"({chosen_rows(overlay, step, [column])})"
        if not takes_all(
            step
        ):  # a table, since the texts of all rows would be searched before the chosen ones are looked up
            overlay.connection.execute(f"CREATE OR REPLACE TABLE remedy_chosen AS FROM {now}")
            now = "remedy_chosen"
        overlay.put(
            column,
            f"SELECT row_id, {sql_of_masked(words)} AS value FROM {now} WHERE has_cpr_number({words})",
        )


def _text_columns(overlay: Overlay, step: kinds.MaskCpr) -> list[str]:
    """The columns that may hold a number; for the rows of a rule those in which it was found."""
    names = [name for name in overlay.material.texts if name not in {"case_id", *overlay.removed}]
    if step.rule is None:
        return [name for name in names if _may_hold_number(overlay, name)]
    found = {name for (name,) in overlay.connection.execute("SELECT DISTINCT name FROM cpr_found").fetchall()}
    return [name for name in names if name in found]


def _may_hold_number(overlay: Overlay, column: str) -> bool:
    """Whether a number stands in a column, of which the values that remedies have put there are a part."""
    name = identifier(column)
    values = category_values(overlay.connection, name) or f"SELECT {name}::VARCHAR AS words FROM rows"
    if put := overlay.changed.get(column):
        values += f" UNION ALL SELECT value FROM {put}"
    found = overlay.connection.execute(
        f"SELECT count(*) > 0 AND NOT ({UNLESS}) FROM (SELECT DISTINCT words FROM ({values}) WHERE {HOLDS})"
    )
    return found.fetchone() == (True,)
