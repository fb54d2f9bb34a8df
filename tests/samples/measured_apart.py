"""Works out with pandas, from the definitions of ``docs/measures.md`` alone, which cases failing rows put in doubt and what becomes of the answers."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import cache
from math import ceil
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

import pandas as pd
from hypothesis import reject
from ruamel.yaml import YAML

from tests.quantiles import middle, shared_rank

EXPECTATIONS = Path(__file__).resolve().parents[2] / "expectations"
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
EPOCH = datetime(1970, 1, 1)
NEEDS = {
    "throughput-time": ["case_id", "timestamp"],
    "order": ["case_id", "activity", "timestamp"],
    "occurrence": ["case_id", "activity"],
    "workload": ["case_id", "timestamp", "team|source"],
    "deadlines": ["case_id", "timestamp", "registered_at"],
}
LIMITS = dict.fromkeys(NEEDS, (0.01, 0.1, 0.5)) | {"deadlines": (0.01, 0.05, 0.5)}
COLUMNS = ["case_id", "activity", "timestamp", "end_timestamp", "registered_at", "planned_end", "team", "source"]
TIMES = ["timestamp", "end_timestamp", "planned_end"]


def yaml(*parts):
    return YAML(typ="safe").load(EXPECTATIONS.joinpath(*parts).read_text(encoding="utf-8"))


REMEDIES = yaml("remedies", "defaults.yaml")["defaults"]


@cache
def catalogue(check):
    """What the catalogue declares of a check."""
    return yaml("catalogue", f"{check}.yaml")


def as_if(check, table):
    """What the rows are taken for that fail a check, or a rule of one's own about these rows."""
    own = {"events": "left-out", "cases": "unknown", "labels": "unknown", "log": "not-computable"}
    return catalogue(check)["as_if"] if (EXPECTATIONS / "catalogue" / f"{check}.yaml").exists() else own[table]


@cache
def elapsed(moment):
    """Seconds since 1970 of a time on the clock of Copenhagen."""
    return (moment - EPOCH).total_seconds() - moment.replace(tzinfo=COPENHAGEN).utcoffset().total_seconds()


def seconds(column):
    return column.map(lambda moment: float("nan") if moment is None else elapsed(moment)).astype(float)


def log_of(lines, **columns):
    """A log as a frame of one row an event in the order of the extract; None for what is not there."""
    read = {name: columns.get(name, [None] * len(lines)) for name in COLUMNS}
    made = {name: pd.Series(list(values), dtype=object, index=list(lines)) for name, values in read.items()}
    return pd.DataFrame(made, index=pd.Index(list(lines), name="line"))


def base(frame):
    """The rows that have a case, an activity and a time, by time and then by the order of the extract."""
    rows = frame[frame["case_id"].notna() & frame["activity"].notna() & frame["timestamp"].notna()]
    rows = rows.assign(place=range(len(rows)))
    return rows.sort_values(["case_id", "timestamp", "place"])


def durations(frame):
    """Seconds by case from the first to the last event, and to the last of the times, ends and planned ends."""
    rows = base(frame)
    at = pd.DataFrame({name: seconds(rows[name]) for name in TIMES})
    by_case = at.assign(last=at.max(axis=1)).groupby(rows["case_id"])
    first = by_case["timestamp"].min()
    return pd.DataFrame({"events": by_case["timestamp"].max() - first, "ends": by_case["last"].max() - first})


def steps(frame):
    """By case, what comes directly before what: both rows and what they are called."""
    rows = base(frame)
    before = rows.assign(line=rows.index).groupby("case_id")[["line", "activity"]].shift()
    inside = before["activity"].notna()
    walked = zip(rows["case_id"], before["line"], rows.index, before["activity"], rows["activity"], inside, strict=True)
    return {step[:5] for step in walked if step[5]}


def counts(frame, question):
    """Events by case and activity; or by case, team (without teams: source; those without one together) and calendar month."""
    rows = base(frame)
    if question == "occurrence":
        return rows.groupby(["case_id", "activity"]).size()
    unit = rows["team" if frame["team"].notna().any() else "source"].fillna("")
    month = rows["timestamp"].map(lambda moment: f"{moment:%Y-%m}")
    return rows.groupby([rows["case_id"], unit, month]).size()


def changed(before, after, question):
    """The cases that count otherwise in the answer to a question."""
    if question == "throughput-time":
        one, other = durations(before).align(durations(after))
        stays = ((other - one).abs() <= 0.05 * one).all(axis=1)
        return set(stays.index[~stays])
    if question == "order":
        return {step[0] for step in steps(before) ^ steps(after)}
    difference = counts(after, question).sub(counts(before, question), fill_value=0)
    return set(difference[difference != 0].index.get_level_values(0))


def swapped(moment):
    return moment.replace(day=moment.month, month=moment.day) if moment.day <= 12 else None


def end_of_day(moment):
    return moment.replace(hour=23, minute=59, second=59, microsecond=999999)


def end_before(row):
    """The first of the end and the planned end that lies before the event."""
    ends = [row["end_timestamp"], row["planned_end"]]
    return next((end for end in ends if None not in (end, row["timestamp"]) and end < row["timestamp"]), None)


def end_of_hour(moment):
    """The last second of an hour that comes twice, the later events of it first."""
    hour = moment.replace(minute=0, second=0, microsecond=0)
    return hour + timedelta(hours=1, microseconds=-1 - (moment - hour) // timedelta(microseconds=1000))


def begun_earlier(row, frame):
    """The time of an event without duration, earlier by the median of what its activity lasts where it lasts."""
    others = frame[(frame["activity"] == row["activity"]) & frame["timestamp"].notna() & frame["end_timestamp"].notna()]
    lengths = [
        end - start for start, end in zip(others["timestamp"], others["end_timestamp"], strict=True) if end > start
    ]
    try:
        return row["timestamp"] - median(lengths) if lengths else None
    except OverflowError:  # before the year 1, of which Python knows nothing
        return reject()


MOVED = {
    "backdated-registration": lambda row, frame: row["registered_at"] if row["registered_at"].date() <= frame.attrs["as_of"] else None,
    "end-before-start": lambda row, _: end_before(row),
    "day-month-swap": lambda row, _: swapped(row["timestamp"]),
    "imprecise-timestamp": lambda row, _: end_of_day(row["timestamp"]),
    "dst-gap": lambda row, _: row["timestamp"] + timedelta(hours=1),
    "dst-ambiguous": lambda row, _: end_of_hour(row["timestamp"]),
    "overlap": lambda row, _: row["end_timestamp"],
    "zero-duration": begun_earlier,
}


@dataclass
class Taken:
    """What a rule takes its failing rows for: lines that go, and values that become others, by line and column. None of it: unknown."""

    out: set = field(default_factory=set)
    new: dict = field(default_factory=dict)

    def of(self, frame):
        """The log so taken."""
        taken = frame.copy()
        for column in {column for _, column in self.new}:
            now = taken[column].to_dict() | {line: value for (line, of), value in self.new.items() if of == column}
            taken[column] = pd.Series(now, dtype=object)
        return taken.drop(index=list(self.out))


def merged(frame, lines):
    """Rows of one case and time become the first of them, with all their labels."""
    taken = Taken()
    for _, group in base(frame.loc[lines]).groupby(["case_id", "timestamp"]):
        taken.new[group.index[0], "activity"] = " + ".join(sorted(set(group["activity"])))
        taken.out |= set(group.index[1:])
    return taken


def tidied(frame):
    """Labels without stray spaces; those that differ by capitals as the commonest of them."""
    tidy = frame["activity"].dropna().map(lambda label: re.sub(r"\s+", " ", label).strip())
    spelt = {}
    for label, _ in sorted(Counter(tidy).items(), key=lambda item: (-item[1], item[0])):
        spelt.setdefault(label.lower(), label)
    return {(line, "activity"): spelt[label.lower()] for line, label in tidy.items()}


@dataclass
class Log:
    """A log, the columns that are mapped, the meanings that a practice declares, and what labels are found to be by column."""

    frame: pd.DataFrame
    mapped: set
    meanings: dict = field(default_factory=dict)
    labels: dict = field(default_factory=dict)

    @property
    def cases(self):
        return self.frame["case_id"].nunique()

    def split(self, lines):
        """Labels by their declared meaning, else by team; None without either."""
        taken = Taken()
        for line, label, team in self.frame.loc[lines, ["activity", "team"]].itertuples():
            meaning = self.meanings.get(label, {})
            by = meaning.get(team, meaning.get("*")) if self.meanings else team
            if by is not None:
                taken.new[line, "activity"] = f"{label} ({by})"
        return taken if self.meanings or "team" in self.mapped else None

    def mended(self, check, lines):
        """As the remedy of the check would leave the failing rows; None where there is none."""
        remedy = REMEDIES.get(check, {})
        match remedy.get("do"):
            case "drop-rows":
                return Taken(out=set(lines))
            case "merge-rows":
                return merged(self.frame, lines)
            case "map-labels":
                return Taken(new={at: label for at, label in tidied(self.frame).items() if at[0] in lines})
            case "relabel":
                return self.split(lines)
            case "end-date":
                return Taken(new={(line, "planned_end"): None for line in lines})
        return None

    def taken(self, check, table, lines):
        """What the failing rows are taken for; None: unknown."""
        how = as_if(check, table)
        if how == "left-out":
            return Taken(out=set(lines))
        if how == "mended":
            return self.mended(check, lines)
        if how == "unknown":
            return None
        if "named" in how:
            to = self.frame.loc[lines, "activity"].map(self.labels[how["named"]]).dropna()
            return Taken(new={(line, "activity"): name for line, name in to.items()})
        to = {line: MOVED[check](row, self.frame) for line, row in self.frame.loc[lines].iterrows()}
        return Taken(new={(line, "timestamp"): moment for line, moment in to.items() if moment is not None})

    def in_doubt(self, check, table, lines, question):
        """The cases that a rule puts in doubt; where they are in doubt by failing, a row without a case counts as one of its own."""
        cases = self.frame.loc[lines, "case_id"]
        nowhere = {("row", line) for line in cases.index[cases.isna()]}
        taken = self.taken(check, table, lines)
        if question == "deadlines" or taken is None:
            return set(cases.dropna()) | nowhere
        touched = self.frame[self.frame["case_id"].isin(cases)]
        return changed(touched, taken.of(self.frame).loc[lambda rows: rows["case_id"].isin(cases)], question)

    def measure(self, sets):
        """How many cases these are together, and no more than there are."""
        return min(len(set().union(*sets)), self.cases)


ANSWERS = ["can_be_answered", "small_reservations", "great_reservations", "not_known", "cannot_be_answered"]


def answer(question, measured, cases, mapped, beside=()):
    """The answer to a question by the columns that it needs, its measure and its limits; ``beside``: what else makes it no better than that."""
    if any(not set(name.split("|")) & mapped for name in NEEDS[question]):
        return "cannot_be_answered"
    if not cases:
        return max(["not_known", *beside], key=ANSWERS.index)
    by_measure = ["can_be_answered", "small_reservations", "great_reservations", "cannot_be_answered"]
    said = by_measure[sum(measured >= limit * cases for limit in LIMITS[question])]
    return max([said, *beside], key=ANSWERS.index)


def beside_the_measure(finding):
    """What a rule makes of its questions whose cases cannot be counted, that could not be run, or that is one's own and found nothing to look at."""
    weighs = finding.severity in ("critical", "warning")
    if finding.outcome == "failed" and as_if(finding.check, finding.table) == "not-computable":
        return {"critical": "great_reservations", "warning": "small_reservations"}.get(
            finding.severity, "can_be_answered"
        )
    if finding.outcome == "nothing_checked" and finding.own and weighs:
        return "small_reservations"
    return "not_known" if finding.outcome == "error" and weighs else "can_be_answered"


def together(frame, takings):
    """The log with all of it taken: a row that one rule leaves out is left out; of two times or two labels the first counts."""
    taken = Taken()
    for one in takings:
        taken.out |= one.out
        taken.new = one.new | taken.new
    return taken.of(frame)


def figures(frame, question, *, with_ends):
    """What stands for the answer to a question, ``with_ends``: where ends or planned ends are mapped; nothing of a log in which no event is left."""
    rows = base(frame)
    if rows.empty:
        return {}
    match question:
        case "throughput-time":
            return lasting(frame, with_ends=with_ends)
        case "order":
            courses = rows.groupby("case_id")["activity"].agg(tuple)
            return {"variants": courses.nunique(), "arcs": len({step[3:] for step in steps(frame)})}
        case "occurrence":
            return {"events_per_case": len(rows) / rows["case_id"].nunique()}
        case "deadlines":
            return lags(rows)
    return {"events": len(rows)}


def lasting(frame, *, with_ends):
    """Median and mean days by case, to the last event and to the last end."""
    days, to_end = (durations(frame)[to] / 86_400 for to in ("events", "ends"))
    ends = {"median_duration_to_end_days": middle(to_end), "mean_duration_to_end_days": to_end.mean()}
    return _there({"median_duration_days": middle(days), "mean_duration_days": days.mean()} | (ends if with_ends else {}))


def _there(figures):
    """The figures that there are: none is told of fewer than five."""
    return {name: value for name, value in figures.items() if value is not None}


def _lag(when, then):
    """Days from one time to another; these logs write a time of day with all but dates, and no event is at midnight."""
    if min(when.time(), then.time()) == time():
        return (then.date() - when.date()).days
    return ceil(round(elapsed(then) - elapsed(when)) / 60) / 1440


def lags(rows):
    """The days from event to registration that half and nine of ten have at most, by nearest rank, in whole minutes rounded up; whole calendar days where a time of day lacks."""
    found = sorted(_lag(when, then) for when, then in zip(rows["timestamp"], rows["registered_at"], strict=True) if when is not None and then is not None)
    ranks = {"median_lag_days": 0.5, "p90_lag_days": 0.9}
    told = {name: shared_rank([round(one * 1440) for one in found], share) for name, share in ranks.items()} if found else {}
    return {name: minutes / 1440 for name, minutes in _there(told).items()}
