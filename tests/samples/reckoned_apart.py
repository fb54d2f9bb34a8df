"""Works out with pandas, from the definitions alone, what a remedy does to the process of a sample."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import pandas as pd
from judged_apart import AS_OF

from tests.quantiles import middle

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
EPOCH = datetime(1970, 1, 1)


@cache
def elapsed(moment):
    """Seconds since 1970, exact across daylight saving."""
    return (moment - EPOCH).total_seconds() - moment.replace(tzinfo=COPENHAGEN).utcoffset().total_seconds()


def table(rows):
    """The rows of an extract as a frame, in file order."""
    columns = {
        "line": [row.line for row in rows],
        "case": [row.text("SagsID") for row in rows],
        "activity": [row.text("Aktivitet") for row in rows],
        "time": [row.moment("Starttidspunkt") for row in rows],
        "registered": [row.moment("Oprettet") for row in rows],
        "start": [row.moment("Startdato") for row in rows],
        "end": [row.moment("Slutdato") for row in rows],
        "team": [row.text("Team") for row in rows],
    }
    return pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in columns.items()})


def chains(frame, time="time"):
    """Per case its rows in the order of a time, then of the file; rows that lack case, activity or time have no place."""
    placed = frame[frame["case"].notna() & frame["activity"].notna() & frame["time"].notna()]
    return {case: of_case.sort_values(time, kind="stable") for case, of_case in placed.groupby("case")}


def variants(ordered):
    return {case: tuple(rows["activity"]) for case, rows in ordered.items()}


def arcs(ordered):
    walked = Counter()
    for sequence in variants(ordered).values():
        walked.update(pairwise(sequence))
    return walked


def figures(frame, time="time"):
    """What ``ProcessFigures`` says."""
    ordered = chains(frame, time)
    walked = arcs(ordered)
    timed = frame[frame["case"].notna() & frame["activity"].notna() & frame["time"].notna()]
    seconds = timed.assign(at=timed[time].map(elapsed)).groupby("case")["at"].agg(lambda at: at.max() - at.min())
    return {
        "events": sum(map(len, ordered.values())),
        "cases": len(ordered),
        "variants": len(set(variants(ordered).values())),
        "arcs": len(walked),
        "self_loops": sum(times for (one, other), times in walked.items() if one == other),
        "median_duration_seconds": middle(seconds),
        "mean_duration_seconds": seconds.mean(),
    }


def compared(before, after, times=("time", "time")):
    """What ``Comparison`` says of two frames."""
    one, other = chains(before, times[0]), chains(after, times[1])
    first, second = variants(one), variants(other)
    walked, then = arcs(one), arcs(other)
    return {
        "cases_changed": sum(first.get(case) != second.get(case) for case in first.keys() | second.keys()),
        "arcs_gained": len(then.keys() - walked.keys()),
        "arcs_lost": len(walked.keys() - then.keys()),
        "lost": {pair: times for pair, times in walked.items() if pair not in then},
        "gained": {pair: times for pair, times in then.items() if pair not in walked},
    }


def without(frame, lines):
    return frame[~frame["line"].isin(lines)]


def merged(frame, lines):
    """Rows of one case and time become their first, with all their labels."""
    chosen = frame[frame["line"].isin(lines)]
    result = frame.copy()
    for _, group in chosen.groupby(["case", "time"]):
        result.loc[group.index[0], "activity"] = " + ".join(sorted(set(group["activity"]), key=str.encode))
        result = result.drop(group.index[1:])
    return result


def split(frame, label, meanings):
    """A label with its meaning behind it: that of the team, else of all others."""
    meaning = frame["team"].map(lambda team: meanings.get(team, meanings["*"]))
    return frame.assign(activity=frame["activity"].where(frame["activity"] != label, label + " (" + meaning + ")"))


def tidied(frame):
    """Without stray spaces; spellings that differ by capitals as the commonest of them."""
    tidy = [None if pd.isna(label) else re.sub(r"\s+", " ", label).strip() for label in frame["activity"]]
    spellings = {}
    for label, _ in sorted(
        Counter(label for label in tidy if label is not None).items(), key=lambda item: (-item[1], item[0])
    ):
        spellings.setdefault(label.lower(), label)
    chosen = [None if label is None else spellings[label.lower()] for label in tidy]
    return frame.assign(activity=pd.Series(chosen, dtype=object, index=frame.index))


def rework(frame, cases):
    """Events whose activity their case had before, in some cases."""
    return sum(
        len(sequence) - len(set(sequence)) for case, sequence in variants(chains(frame)).items() if case in cases
    )


def ends(frame, lines, reading):
    """Seconds from the first event to the last event or end of a period, per case, in one reading of the end dates."""
    as_of = datetime(AS_OF.year, AS_OF.month, AS_OF.day)
    timed = frame[frame["case"].notna() & frame["time"].notna()]

    def last(row):
        end = row.end
        if end is None or (reading == "open" and row.line in lines):
            return row.time
        return max(row.time, min(end, as_of) if reading == "clipped" else end)

    spans = {}
    for row in timed.itertuples():
        first, until = spans.get(row.case, (row.time, last(row)))
        spans[row.case] = (min(first, row.time), max(until, last(row)))
    return pd.Series([elapsed(until) - elapsed(first) for first, until in spans.values()])
