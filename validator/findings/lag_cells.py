"""The figures on registration lag as cells: whose registrations each group, class, weekday and month has, and what adds up to what."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any, Final

from logsyn.validator.database.answers import records
from logsyn.validator.disclosure.cells import Cell
from logsyn.validator.disclosure.gathered import ADDED, GATHERED, Gathered, gathered_of, nothing_gathered
from logsyn.validator.findings.breakdown_cells import MOST_HIDDEN
from logsyn.validator.findings.lag_counts import (
    BUCKET,
    DAYS,
    IS_AGREED,
    LATE_OR_A_DAY,
    by_system,
    put_into_slices,
    slice_key,
)
from logsyn.validator.record import LAG_BUCKETS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import duckdb

    from logsyn.validator.disclosure.cells import Cells

_CELLS = f"""
CREATE OR REPLACE TABLE lag_cells AS
SELECT pair_no, is_agreed, late, {BUCKET} AS bucket, weekday, month, {GATHERED}
FROM (
  SELECT row_id, case_no, pair_no, {DAYS} AS days, {LATE_OR_A_DAY} AS late, {IS_AGREED} AS is_agreed, isodow(timestamp)::TINYINT AS weekday, month, employee_no
  FROM event_facts LEFT JOIN employees USING (resource) WHERE registration_lag_days IS NOT NULL AND NOT {{by_system}})
GROUP BY ALL"""

_WITHOUT_LAG = f"""
CREATE OR REPLACE TABLE lag_missing AS
SELECT pair_no, {GATHERED} FROM event_facts LEFT JOIN employees USING (resource)
WHERE registration_lag_days IS NULL OR {{by_system}} GROUP BY ALL"""

_MISSING = """
SELECT {key}, {added} FROM lag_missing LEFT JOIN ({pairs}) AS named USING (pair_no) GROUP BY ALL"""

_SIZES = """
SELECT {keys}{part} AS part, {added}
FROM lag_cells JOIN ({pairs}) AS named USING (pair_no) WHERE {where} GROUP BY ALL HAVING count(*) > 0 ORDER BY ALL"""

_PAIRS = "SELECT pair_no, activity::VARCHAR AS activity, team::VARCHAR AS team FROM pairs"
_SLICED = "SELECT pair_no, activity, team, in_slice, is_sliced FROM slice_pairs"

_OF_LOG: Final = frozenset({"overall", "agreed"})
"""The levels that tell of the log as a whole."""

_LISTED: Final = frozenset({"activity", "team", "agreed_team", *(f"{level}:{by}" for level in ("agreed", "agreed_team", "activity_and_team") for by in ("weekday", "month"))})
"""The levels of which hidden groups have their names in the record; of what is told by activity and team only what is shown has."""

LATE: Final = ("late", "in time")
CLASSES: Final = tuple(map(str, range(len(LAG_BUCKETS))))
_BOTH: Final = " and "
_BY_LATE = "CASE WHEN late THEN 'late' ELSE 'in time' END"


def add_lag_cells(
    connection: duckdb.DuckDBPyConnection, cells: Cells, have: frozenset[str], *, small_weekend: bool
) -> None:
    """Add the groups of registrations by people. ``small_weekend``: weekends are told with their Fridays.

    Cells are ``overall``, ``activity``, ``team`` and ``activity_and_team`` of all of them, ``agreed`` and ``agreed_team`` of those with agreed
    days, and the slices of the last three (``agreed:weekday``). Parts are ``events``, ``late``, ``in time``, and the classes of lag by
    their place, of all but the pairs.
    """
    connection.execute(_CELLS.format(by_system=by_system(connection)))
    connection.execute(_WITHOUT_LAG.format(by_system=by_system(connection)))
    put_into_slices(connection, "lag_cells", small=small_weekend)
    adding = _Registrations(connection, cells, has_people="resource" in have)
    adding.groups()
    for by in ("weekday", "month"):
        adding.slices(by)
    for table in ("lag_cells", "lag_missing"):
        connection.execute(f"DROP TABLE {table}")


Key = tuple[Any, ...]


class _Registrations:
    """Puts the groups among the cells, and says what adds up to what."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, cells: Cells, *, has_people: bool) -> None:
        self.connection = connection
        self.cells = cells
        self.has_people = has_people
        self.rests = 0
        self.untold: dict[Cell, Gathered] = {}
        self.of_cell: dict[Cell, Gathered] = {}

    def groups(self) -> None:
        """All registrations, those of each activity, team and pair, and those with agreed days."""
        overall = Cell("overall")
        self._add("overall", (), classes=True)
        activities = self._add("activity", ("activity",), classes=True)
        teams = self._add("team", ("team",), classes=True)
        pairs = self._add("activity_and_team", ("activity", "team"))
        agreed = self._add("agreed", (), where="is_agreed")
        agreed_teams = self._add("agreed_team", ("team",), where="is_agreed")
        is_agreed = set(self._sizes(("activity", "team"), _PAIRS, "is_agreed", "'events'"))
        self._adds_up(overall, activities.values())
        self._adds_up(overall, teams.values())
        of_activities, of_teams = _grouped(pairs, 0), _grouped(pairs, 1)
        for (activity,), cell in activities.items():
            self._adds_up(cell, [pairs[key] for key in of_activities[activity]])
        for by, told in (("activity", activities), ("team", teams)):
            self._add_missing(by, told)
        for (team,), cell in teams.items():
            mine = of_teams[team]
            self._adds_up(cell, [pairs[key] for key in mine])
            if (team,) in agreed_teams:
                of_agreed = agreed_teams[team,]
                self._adds_up(of_agreed, [pairs[key] for key in mine if key in is_agreed])
                # What is not agreed is the difference between two totals.
                self._adds_up(cell, [of_agreed, *(pairs[key] for key in mine if key not in is_agreed)])
        for cell in agreed.values():
            self._adds_up(cell, agreed_teams.values())
            self._adds_up(overall, [cell, *(pairs[key] for key in pairs if key not in is_agreed)])

    def slices(self, by: str) -> None:
        """The weekdays or months of the registrations with agreed days: of all, of each team, and of the largest pairs."""
        in_all = self._add_slices("agreed", (), by)
        in_teams = self._add_slices("agreed_team", ("team",), by)
        in_pairs = self._add_slices("activity_and_team", ("activity", "team"), by, where="is_sliced")
        without_team = [Cell("agreed_team")] if in_all and Cell("agreed_team", part="events") in self.cells else []
        self._adds_up(Cell("agreed"), [*in_all.values(), *without_team])
        of_slice, of_team = _grouped(in_teams, 1), _grouped(in_teams, 0)
        for (one,), cell in in_all.items():
            self._adds_up(cell, [in_teams[key] for key in of_slice.get(one, [])])
        for team, keys in of_team.items():
            self._adds_up(Cell("agreed_team", team=team), [in_teams[key] for key in keys])
        of_pairs: dict[Key, list[Cell]] = {}
        for key, cell in in_pairs.items():
            of_pairs.setdefault(key[1:], []).append(cell)
            of_pairs.setdefault(key[:2], []).append(cell)
        for key, cell in self._add_slices("others", ("team",), by, where="NOT is_sliced", told=False).items():
            of_pairs.setdefault(key, []).append(cell)
        for key, cell in in_teams.items():
            self._adds_up(cell, of_pairs.get(key, []))
        for pair in {key[:2] for key in in_pairs}:
            self._adds_up(Cell("activity_and_team", *pair), of_pairs[pair])

    def _add(
        self, level: str, keys: tuple[str, ...], *, where: str = "true", classes: bool = False
    ) -> dict[Key, Cell]:
        """Add the groups of one level with their parts; gives the cell of each."""
        found: dict[Key, Cell] = {}
        for part, names in (("'events'", ()), (_BY_LATE, LATE), *([("bucket::VARCHAR", CLASSES)] if classes else [])):
            sizes = self._sizes(keys, _PAIRS, where, part)
            too_fine = _too_fine(sizes, len(keys), any_part=part == _BY_LATE) if part != "'events'" else set()
            for group, of_parts in sizes.items():
                found.setdefault(group, Cell(level, **dict(zip(keys, group, strict=True))))
                if group in too_fine:
                    self._leave_untold(found[group], of_parts)
                else:
                    self._put(found[group], of_parts, divided=names)
        if classes:
            both = f"{_BY_LATE} || '{_BOTH}' || bucket::VARCHAR"
            for group, of_parts in self._sizes(keys, _PAIRS, where, both).items():
                self.cells.crosses(found[group], {_halves(name): counted for name, counted in of_parts.items()})
        return found

    def _add_slices(
        self, level: str, keys: tuple[str, ...], by: str, *, where: str = "true", told: bool = True
    ) -> dict[Key, Cell]:
        """Add the slices of the groups of one level of which most can be told; ``told``: any are."""
        named, where = (*keys, "slice"), f"is_agreed AND in_slice AND {where}"
        events, late = (self._sizes(named, _SLICED, where, part, by) for part in ("'events'", _BY_LATE))
        sizes = {group: events[group] | late[group] for group in events}
        too_fine = _too_fine(sizes, len(keys), any_part=True, most=0 if len(keys) > 1 else MOST_HIDDEN)
        found: dict[Key, Cell] = {}
        for group in events:
            cell = Cell(f"{level}:{by}", **dict(zip(keys, group, strict=False)), slice=slice_key(group[-1]))
            found[group] = cell
            if not told or group[:-1] in too_fine:
                self._leave_untold(cell, events[group] | late[group])
                continue
            self._put(cell, events[group])
            self._put(cell, late[group], divided=LATE)
        return found

    def _add_missing(self, by: str, told: Mapping[Key, Cell]) -> None:
        """What an activity or a team has besides its registrations with a lag: other tables may tell of all its rows, and the log does of those of all.

        Rows without a team or an activity are all rows that fail a rule, and no group.
        """
        asked = self.connection.execute(_MISSING.format(key=by, added=ADDED, pairs=_PAIRS))
        missing = {(row[by],): gathered_of(row, has_people=self.has_people) for row in records(asked)}
        nothing, wholes = nothing_gathered(has_people=self.has_people), []
        for key in sorted({*told, *missing}, key=lambda key: (key[0] is None, key[0] or "")):
            cell, without = told.get(key), missing.get(key, nothing)
            whole = Cell(by, **{by: key[0]}, part="rows")
            wholes.append(whole)
            rows = without if cell is None else self.of_cell[cell].with_those_of(without)
            self.cells.add(whole, rows.rows, small=rows.size.is_small and key[0] is not None, rows_are=rows.rows_are, shown=False, whose=rows)
            if cell is not None and key[0] is not None:
                rest = whole._replace(part="without lag")
                self.cells.add_gathered(rest, without, shown=False)
                self.cells.adds_up(whole, [cell._replace(part="events"), rest])
        total = Cell("rows", part=by)
        self.cells.add_public(total, sum(self.cells.count(whole) for whole in wholes))
        self.cells.adds_up(total, wholes)

    def _leave_untold(self, cell: Cell, parts: Mapping[str, Gathered]) -> None:
        self.untold |= {cell._replace(part=name): counted for name, counted in parts.items()}

    def _put(self, cell: Cell, parts: Mapping[str, Gathered], *, divided: Sequence[str] = ()) -> None:
        """Put the parts of a group among the cells; ``divided``: all that it is divided into, also what has no rows."""
        nothing = nothing_gathered(has_people=self.has_people)
        for name, counted in (dict.fromkeys(divided, nothing) | dict(parts)).items():
            if name == "events":
                self.of_cell[cell] = counted
            if cell.of in _OF_LOG and name in ("events", *LATE):
                self.cells.add_public(cell._replace(part=name), counted.rows)
            else:
                is_there = name == "events" and cell.of in _LISTED
                self.cells.add_gathered(cell._replace(part=name), counted, follows=name == "in time", is_there=is_there)
        if divided:
            self.cells.adds_up(cell._replace(part="events"), [cell._replace(part=name) for name in divided])

    def _sizes(
        self, keys: Sequence[str], pairs: str, where: str, part: str, key: str = "NULL"
    ) -> dict[Key, dict[str, Gathered]]:
        """What was counted of each part of each group."""
        named = ", ".join(f"{key} AS slice" if name == "slice" else name for name in keys)
        query = _SIZES.format(keys=f"{named}, " if named else "", part=part, added=ADDED, pairs=pairs, where=where)
        found: dict[Key, dict[str, Gathered]] = {}
        for row in records(self.connection.execute(query)):
            counted = gathered_of(row, has_people=self.has_people)
            found.setdefault(tuple(row[name] for name in keys), {})[row["part"]] = counted
        return found

    def _adds_up(self, total: Cell, parts: Iterable[Cell]) -> None:
        """What adds up in events does so in what was late, in what was in time, and in every class; what is not told of apart is one rest."""
        parts = list(parts)
        for part in ("events", *LATE, *CLASSES):
            whole = total._replace(part=part)
            if whole not in self.cells:
                continue
            those = [one for cell in parts if (one := cell._replace(part=part)) in self.cells]
            if not those:
                continue
            untold = [self.untold[one] for cell in parts if (one := cell._replace(part=part)) in self.untold]
            if untold:
                self.rests += 1
                rest, counted = Cell("rest", slice=str(self.rests), part=part), reduce(Gathered.with_those_of, untold)
                self.cells.add_gathered(rest, counted, shown=False)
                those.append(rest)
            self.cells.adds_up(whole, those)


def _halves(both: str) -> tuple[str, str]:
    late, in_class = both.split(_BOTH)
    return late, in_class


def _too_fine(
    sizes: Mapping[Key, Mapping[str, Gathered]], together: int, *, any_part: bool, most: float = MOST_HIDDEN
) -> set[Key]:
    """The groups of which most of what they are divided into is small: it is not told of, rather than hidden piece by piece.

    ``together``: groups that share so many keys are told all or none. ``any_part``: a small part makes a group small, rather than only itself. ``most``: the share from which on it is too much.
    """
    counted: dict[Key, list[bool]] = {}
    for group, of_parts in sizes.items():
        small = [counted.size.is_small for counted in of_parts.values()]
        counted.setdefault(group[:together], []).extend([any(small)] if any_part else small)
    return {group for group, small in counted.items() if sum(small) > most * len(small)}


def _grouped(keys: Iterable[Key], at: int) -> dict[Any, list[Key]]:
    """Keys by one of their parts."""
    found: dict[Any, list[Key]] = {}
    for key in keys:
        found.setdefault(key[at], []).append(key)
    return found
