"""What an audit gives away: the bounds of every hidden count, from all that its record tells, worked out by linear programming.

Written from the record alone: it reads ``audit.json`` as anybody can, and shares nothing with the code that hides.
"""

from collections import defaultdict
from math import ceil, floor, inf

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

PARTS = ("late", "in time")


ROUNDS = 12
"""So many tables that fit what is told are looked at before single counts are."""


class Solver:
    """Counts by name: those that are told as they are, the others as unknowns; and what adds up to what."""

    def __init__(self):
        self.known, self.unknown, self.rows = {}, {}, []
        self.least = {}  # a group that has a name is there
        self.of_log = set()  # counts that are told of the log as a whole
        self.most = {}  # no part of a total that everybody knows can be more than it

    def cell(self, name, count):
        if count is None:
            self.unknown.setdefault(name, len(self.unknown))
        else:
            assert self.known.setdefault(name, count) == count, name
        return name

    def marked(self, name, count):
        """The count of a group that is there."""
        if count is None:
            self.least[name] = 1
        return self.cell(name, count)

    def has(self, name):
        return name in self.known or name in self.unknown

    def adds_up(self, total, parts, *, exactly=True):
        """``parts`` add up to ``total``, or to no more than it."""
        self.rows.append((total, list(parts), exactly))

    def between(self, name, low, high):
        """A count of which a range is told."""
        self.adds_up(self.cell(("up to", high), high), [self.cell(name, None)], exactly=False)
        self.adds_up(name, [self.cell(("from", low), low)], exactly=False)

    def too_narrow(self, truth):
        """The hidden counts that others tell of: of a small one that it is not 1, or not 4; of another one which of three numbers it is.

        ``truth``: the counts themselves, which say what small is. That there are none is no secret.
        """
        hidden = {name: truth[name] for name in self.unknown if name not in self.known and truth.get(name) and name not in self.of_log and not _is_rounded(name, truth[name])}
        names = [name for name in self.unknown if name not in self.known]
        found = {}
        for part in _parts(names, self._equations(names)):
            part.least = [self.least.get(name, 0) for name in part.place]
            mine = {name: count for name, count in hidden.items() if name in part.place}
            found |= {name: seen for name, seen in part.ends(mine, self.most).items() if not _is_wide(seen, mine[name], self.most.get(name, 4))}
        return found

    def _equations(self, names):
        """What is left to know: weights of unknowns by place, their sum, and whether it is that or at most that."""
        order, kept = {name: at for at, name in enumerate(names)}, []
        for total, parts, exactly in self.rows:
            weights, constant = defaultdict(float), 0.0
            for name, weight in ((total, -1.0), *((part, 1.0) for part in parts)):
                if name in self.known:
                    constant += weight * self.known[name]
                else:
                    weights[order[name]] += weight
            if weights:
                kept.append((weights, -constant, exactly))
            else:
                assert abs(constant) < 0.5 or (not exactly and constant < 0), (total, parts, constant)
        return kept


def _is_rounded(name, count):
    """Whether a count is told in tens, or follows from one that is, and is no small one."""
    return name[-1] == "checked" or (name[0] == "rows" and len(name) == 3) or (name[-1] in {"passing", "not", "without lag"} and count >= 5)


def _is_wide(seen, count, most=4):
    low, high = ceil(seen[0] - 1e-6), inf if seen[1] == inf else floor(seen[1] + 1e-6)
    assert low <= count <= high, "the solver has left out what is true"
    return (low <= 1 and high >= min(most, 4)) if count < 5 else high - low >= 3


def _parts(names, equations):
    """The unknowns by what they have to do with each other."""
    links = [(at, next(iter(weights))) for weights, _, _ in equations for at in weights]
    size, ends = len(names), tuple(zip(*links, strict=True)) if links else ([], [])
    _, group = connected_components(csr_array((np.ones(len(links)), ends), shape=(size, size)), directed=False)
    of_group = defaultdict(lambda: ([], []))
    for at, name in enumerate(names):
        of_group[group[at]][0].append((at, name))
    for row in equations:
        of_group[group[next(iter(row[0]))]][1].append(row)
    return [Part(members, rows) for members, rows in of_group.values()]


class Part:
    """Unknowns that have to do with each other, as one linear program."""

    def __init__(self, members, rows):
        self.place = {name: new for new, (_, name) in enumerate(members)}
        new = {at: place for place, (at, _) in enumerate(members)}
        self.how = {"A_eq": None, "b_eq": None, "A_ub": None, "b_ub": None}
        for exactly, kind in ((True, "eq"), (False, "ub")):
            mine = [row for row in rows if row[2] is exactly]
            if mine:
                cells = [(line, new[at], weight) for line, (weights, _, _) in enumerate(mine) for at, weight in weights.items()]
                lines, columns, weights = zip(*cells, strict=True)
                self.how[f"A_{kind}"] = csr_array((weights, (lines, columns)), shape=(len(mine), len(members)))
                self.how[f"b_{kind}"] = [constant for _, constant, _ in mine]

    def ends(self, asked, most):
        """The least and the largest that was seen of each of some unknowns; where that is not enough, the very ends."""
        draw, low, high = np.random.default_rng(1), {}, {}
        for name, count in asked.items():
            low[name] = high[name] = count
        for turn in range(2 * ROUNDS):
            open_ones = [name for name in asked if not _is_wide((low[name], high[name]), asked[name], most.get(name, 4))]
            if not open_ones:
                break
            aim = np.zeros(len(self.place))
            aim[[self.place[name] for name in open_ones]] = draw.random(len(open_ones)) * (1 if turn % 2 else -1)
            self._see(aim, asked, low, high)
        for name in [name for name in asked if not _is_wide((low[name], high[name]), asked[name], most.get(name, 4))]:
            for sign in (1, -1):
                aim = np.zeros(len(self.place))
                aim[self.place[name]] = sign
                self._see(aim, [name], low, high, endless=name)
        return {name: (low[name], high[name]) for name in asked}

    def _see(self, aim, asked, low, high, endless=None):
        most = 10_000 if endless is None else None
        answer = linprog(aim, **self.how, bounds=[(least, most) for least in self.least], method="highs")
        if answer.status == 3:
            high[endless] = inf
            return
        assert answer.status == 0, answer.message
        for name in asked:
            seen = answer.x[self.place[name]]
            low[name], high[name] = min(low[name], seen), max(high[name], seen)


def read(audit, truth=None):
    """A solver that knows all that an audit's record says of groups.

    ``truth``: the counts themselves, where the record is one that is published: of what they are in tens it knows the range only. They also
    say what is known of rules by their names: which look at all rows, and whether the groups have all that a rule looked at.
    """
    solver = Solver()
    missing = {one["rule"].removeprefix("missing-"): one["rows_affected"] for one in audit["findings"] if one["rule"] in {"missing-activity", "missing-team"}}
    for finding in audit["findings"]:
        _breakdowns(solver, finding, audit["log"]["events"], truth, missing)
        _consequence(solver, finding)
    _lag(solver, audit)
    _horizon(solver, audit["registration"])
    for label in audit["registration"]["overloaded"]:
        uses = [_use(solver, ("use", label["activity"], use["team"]), use["events"], exact=truth is None) for use in label["teams"]]
        solver.adds_up(solver.cell(("use of", label["activity"]), label["events"]), uses, exactly=False)
    _registered(solver, audit)
    return solver


def _use(solver, name, count, *, exact):
    """Uses of a label, which are told in tens."""
    if count is None or exact:
        return solver.marked(name, count)
    solver.between(name, max(count - 19, 1), count)
    return name


def _breakdowns(solver, finding, events, truth, missing):
    rule = finding["rule"]
    for by in ("team", "activity", "month"):
        failed, checked, groups = [], [], finding["breakdowns"][by]
        # Rows without the name of a group are told of the log; a rule may check none of them.
        apart = 0 if any(group["key"] is None for group in groups) else missing.get(by, 0)
        for group in groups:
            key = (rule, by, group["key"], group.get("groups"))
            looks_at_all = finding["checked"] == events and group.get("groups") is None
            checked.append(("rows", by, group["key"]) if looks_at_all else (*key, "checked"))
            failed.append(solver.cell((*key, "failed"), group["failed"]))
            if len(groups) > 1:  # else it is told of the log
                _checked(solver, checked[-1], key, group, truth is None)
            if not looks_at_all and group.get("groups") is None and len(groups) > 1:  # else it is told of the log
                _not_checked(solver, ("rows", by, group["key"]), (*key, "checked"), truth is None)
                solver.most[*key, "checked", "not"] = events - apart - finding["checked"]
            solver.most[*key, "passing"] = finding["checked"] - finding["failed"]
        if groups and len(groups) < 200:
            solver.adds_up(solver.cell((rule, "failed"), finding["rows_affected"]), failed)
            if truth is None or sum(truth.get(name, 0) for name in checked) == finding["checked"]:
                solver.adds_up(solver.cell((rule, "checked"), finding["checked"]), checked)


def _checked(solver, checked, key, group, exact):
    """The rows that a rule could check, of which those that pass are what does not fail."""
    passing, failed = (*key, "passing"), (*key, "failed")
    if exact or group["checked"] is None:
        solver.cell(checked, group["checked"])
    elif group["checked"] == group["failed"]:
        solver.cell(checked, group["failed"])
    else:
        solver.between(checked, max(group["checked"] - 19, 0), group["checked"])
    known = solver.known.get(checked), solver.known.get(failed)
    solver.cell(passing, None if None in known else known[0] - known[1])
    solver.adds_up(checked, [failed, passing])


def _not_checked(solver, whole, checked, exact):
    """The rows of a group that a rule could not check, or that have no time of registration."""
    if exact:
        if solver.known.get(whole) is not None and solver.known.get(checked) is not None:
            solver.cell((*checked, "not"), solver.known[whole] - solver.known[checked])
    elif solver.has(whole) and solver.has(checked):
        solver.cell((*checked, "not"), None)
        solver.adds_up(whole, [checked, (*checked, "not")])


def _registered(solver, audit):
    """All rows of a team or an activity, and those of them that have a known lag."""
    for by in ("team", "activity"):
        for name in [one for one in (*solver.known, *solver.unknown) if one[:2] == ("rows", by) and one[2] is not None]:
            lag = (by, None, name[2], "events") if by == "team" else (by, name[2], None, "events")
            if solver.has(lag):
                rest = (*name, "without lag")
                solver.most[rest] = audit["log"]["events"] - audit["registration"]["lag_overall"]["events"]
                both = solver.known.get(name), solver.known.get(lag)
                solver.cell(rest, None if None in both else both[0] - both[1])
                solver.adds_up(name, [lag, rest])


def _consequence(solver, finding):
    known = finding["consequence"]
    if known.get("far_ends"):
        for one in known["far_ends"]["lengths"]:
            events = solver.cell(("length", one["activity"]), one["events"])
            solver.adds_up(events, [solver.cell(("length failing", one["activity"]), one["failing"])], exactly=False)


def _group(solver, of, group):
    """The events of a group, and those of them that were late or in time."""
    key = (of, group.get("activity"), group.get("team"))
    listed = solver.cell if of == "activity_and_team" else solver.marked
    events = listed((*key, "events"), None if group.get("in_tens") else group["events"])
    if group.get("in_tens"):
        solver.between(events, group["events"] - 19, group["events"])
    late = solver.cell((*key, "late"), group["late"])
    in_time = None if group["events"] is None or group["late"] is None or group.get("in_tens") else group["events"] - group["late"]
    solver.adds_up(events, [late, solver.cell((*key, "in time"), in_time)])
    if group.get("buckets"):
        classes = [solver.cell((*key, str(at)), count) for at, count in enumerate(group["buckets"])]
        solver.adds_up(events, classes)
        if group.get("agreed_days") is not None:
            _beyond(solver, late, classes, group["agreed_days"], LAST_DAYS)
    return key


LAST_DAYS = (-1, 0, 1, 3, 7, 14, 30, inf)
"""The last whole calendar day of each class of lag."""

LAST_DAYS_OF_PERIODS = (-1, 90, 365, 730, 1825, inf, inf)
"""The last day, or the least that it can be, of each class of planned ends; the last one is no day, and beyond all that is agreed."""


def _beyond(solver, total, classes, agreed, last_days):
    """What is beyond the agreed days is in a class of more days, or a part of the class that the agreed day lies in."""
    first = (-inf, *(last + 1 for last in last_days))
    beyond = [name for name, least in zip(classes, first, strict=False) if least > agreed]
    between = classes[len(classes) - len(beyond) - 1]
    counts = [solver.known.get(name) for name in (total, *beyond)]
    part = solver.cell((*total, "in the class"), None if None in counts else counts[0] - sum(counts[1:]))
    solver.adds_up(total, [*beyond, part])
    solver.adds_up(between, [part], exactly=False)


def _lag(solver, audit):
    told = audit["registration"]
    if not told["lag_overall"]:
        return
    overall = _group(solver, "overall", told["lag_overall"])
    levels = {name: [_group(solver, name, one) for one in told[f"lag_by_{name}"]] for name in ("activity", "team", "activity_and_team")}
    for level in ("activity", "team"):
        _sum(solver, overall, levels[level])
    pairs = _with_unlisted(solver, "activity_and_team", levels)
    for at, level in ((1, "activity"), (2, "team")):
        for key in levels[level]:
            _sum(solver, key, [pair for pair in pairs if pair[at] == key[at]])
    agreed = audit["agreed"]
    if agreed and agreed["overall"]:
        whole = _group(solver, "agreed", agreed["overall"])
        teams = [_group(solver, "agreed team", one) for one in agreed["by_team"]]
        _sum(solver, whole, teams)
        same = [_group(solver, "activity_and_team", one) for one in agreed["by_activity_and_team"]]
        for key in teams:
            _sum(solver, key, [*(pair for pair in same if pair[2] == key[2]), _unknown(solver, (*key, "unlisted"))])
        for by in ("by_weekday", "by_month"):
            for key, one in zip([whole, *teams, *same], [agreed["overall"], *agreed["by_team"], *agreed["by_activity_and_team"]], strict=True):
                _slices(solver, key, one[by], by, without_team=bool(teams) and key == whole)
            for key in {one["key"] for one in agreed["overall"][by]}:
                _of_teams(solver, ("agreed", by, key), [("agreed team", by, key, team[2]) for team in teams])


def _with_unlisted(solver, name, levels):
    """Pairs that are told, and any other that an activity and a team may have."""
    listed = set(levels[name])
    every = [(name, activity[1], team[2]) for activity in levels["activity"] for team in levels["team"] or [(None, None, None)]]
    return [*levels[name], *(_unknown(solver, one) for one in every if one not in listed)]


def _unknown(solver, key):
    """A group of which nothing is told, not even that there is one."""
    parts = [solver.cell((*key, part), None) for part in ("events", *PARTS)]
    solver.adds_up(parts[0], parts[1:])
    return key


def _sum(solver, total, parts):
    if len(parts) == 1 and total[0] in {"overall", "agreed"}:  # of one team everything is told of the log
        solver.of_log |= {(*parts[0], "events"), (*parts[0], "late"), (*parts[0], "in time")}
    if parts:
        for part in ("events", *PARTS, *map(str, range(8))):
            named = [(*one, part) for one in parts]
            if all(map(solver.has, [(*total, part), *named])):
                solver.adds_up((*total, part), named)


def _slices(solver, key, slices, by, *, without_team):
    names = defaultdict(list)
    for one in slices:
        place = (key[0], by, one["key"], *key[2:3]) if key[0] == "agreed team" else (key[0], by, one["key"], *key[1:])
        place = place[:3] if key[0] == "agreed" else place
        events = solver.marked((*place, "events"), one["events"])
        late = solver.cell((*place, "late"), one["late"])
        solver.adds_up(events, [late], exactly=False)
        names["events"].append(events)
        names["late"].append(late)
    for part, of_part in names.items():
        left_out = [("agreed team", None, None, part)] if without_team and solver.has(("agreed team", None, None, part)) else []
        solver.adds_up((*key, part), of_part + left_out)


def _of_teams(solver, total, parts):
    for part in ("events", "late"):
        there = [(*one, part) for one in parts if solver.has((*one, part))]
        if there and solver.has((*total, part)):
            solver.adds_up((*total, part), there, exactly=False)


def _horizon(solver, told):
    found = {}
    for level in ("activity", "activity_and_team"):
        found[level] = []
        for one in told[f"horizon_by_{level}"]:
            key = ("horizon", level, one["activity"], one["team"])
            events = solver.marked((*key, "events"), one["events"])
            without = solver.cell((*key, "without_end"), one["without_end"])
            if one["allowed_days"] is not None:
                solver.adds_up(events, [solver.cell((*key, "beyond"), one["beyond"])], exactly=False)
            buckets = [solver.cell((*key, str(at)), count) for at, count in enumerate(one["buckets"] or [])]
            solver.adds_up(events, [without, *buckets], exactly=False)
            if one["allowed_days"] is not None and buckets and one["events"] is not None:
                _beyond(solver, (*key, "beyond"), buckets, one["allowed_days"], LAST_DAYS_OF_PERIODS)
            found[level].append(key)
    for key in found["activity"]:
        mine = [pair for pair in found["activity_and_team"] if pair[2] == key[2]]
        if mine:
            for part in ("events", "without_end", "beyond"):
                named = [*((*pair, part) for pair in mine), solver.cell((*key, "unlisted", part), None)]
                if all(map(solver.has, [(*key, part), *named])):
                    solver.adds_up((*key, part), named)
