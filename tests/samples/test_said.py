"""What the practice and quality pages say of two logs is what pandas works out of their rows: the sample, and one drawn here."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from pathlib import Path
from unittest.mock import patch
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from judged_apart import AS_OF, SAMPLES, read

from logsyn.expectations.practice import Practice, load_practice
from logsyn.expectations.selection import RuleSelection
from logsyn.reports.render import render
from logsyn.validator.commands.summary import summary
from logsyn.validator.findings import breakdown_cells
from tests.auditing import audit_files
from tests.quantiles import middle, shared_rank

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
WORDS = re.compile(r"\s+")
AGREED = {"Talk": 2, "Plan": 1}
FEW = RuleSelection(rules=("missing-activity", "overloaded-label"))
"""The rules that these tests look at; the figures on registration need none."""

DRAWN = Practice.model_validate({
    "practice": "drawn",
    "resources": {"Robot": {"system": True}},
    "activities": {
        **{name: {"register_within_days": days} for name, days in AGREED.items()},
        "Goal": {"period": True, "planned_end_within_days": 365}, "Spell": {"period": True},
    },
})  # fmt: skip


@dataclass(frozen=True)
class Log:
    """The pages of a log and what the terminal says of it, and its rows as they were written."""

    terminal: str
    practice: BeautifulSoup
    quality: BeautifulSoup
    rows: pd.DataFrame

    @property
    def people(self) -> pd.DataFrame:
        """Registrations by people that have both times."""
        return self.rows[self.rows["lag"].notna() & ~self.rows["robot"]]


@contextmanager
def whole_tables():
    """Every table as fine as it is counted, however much of it would be hidden: these tests are about what is said of figures."""
    with patch.object(breakdown_cells, "MOST_HIDDEN", 1):
        yield


def pages(audit, rows):
    html = render(audit, "en")
    return Log(
        summary(audit, Path("report")),
        *(BeautifulSoup(html[f"{name}.html"], "html.parser") for name in ("practice", "quality")),
        rows,
    )


def elapsed(happened, registered, *, dates_only):
    """Days from one local time to another; whole calendar days where either is a date only."""
    if dates_only:
        return (registered.date() - happened.date()).days
    shift = registered.replace(tzinfo=COPENHAGEN).utcoffset() - happened.replace(tzinfo=COPENHAGEN).utcoffset()
    return (registered - happened - shift) / timedelta(days=1)


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    how = {
        "profile": None,
        "practice": load_practice("jobcenter"),
        "as_of": AS_OF,
        "consequence": False,
        "selection": FEW,
    }
    folder, extract = tmp_path_factory.mktemp("sample"), SAMPLES / "momentum.csv"
    with whole_tables():
        audit = audit_files(folder, [extract], "momentum-jobklub", **how).before
    return pages(audit, pd.DataFrame(map(of_row, read(extract)[0])))


def of_row(row):
    happened, registered = row.moment("Starttidspunkt"), row.moment("Oprettet")
    both = happened is not None and registered is not None
    at_midnight = both and datetime.min.time() in (happened.time(), registered.time())
    ends = row.moment("Slutdato")
    starts = row.moment("Startdato") or happened
    return {
        "case": row.text("SagsID"), "activity": row.text("Aktivitet"), "team": row.text("Team"),
        "robot": row.text("Sagsbehandler") == "RPA01", "happened": happened,
        "lag": elapsed(happened, registered, dates_only=at_midnight) if both else None,
        "agreed": row.agreed_days("register_within_days", 1),
        "ahead": (ends.date() - starts.date()).days if ends and starts else None,
        "allowed": row.agreed_days("planned_end_within_days", None) if row.agreed.get("period") else None,
    }  # fmt: skip


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """Forty months with wrong years, teams of unlike size and none, seconds, robots, activities that are not agreed on or missing."""
    random, folder = np.random.default_rng(11), tmp_path_factory.mktemp("drawn")
    records = [draw(random, number) for number in range(1500)]
    nowhere = {"registered": None, "lag": None, "ahead": None}
    records += [
        record | nowhere | {"happened": datetime(year, 1, 1, 12)} for year in (1, 1900, 9999) for record in records[:7]
    ]
    lines = ["case_id,activity,timestamp,registered_at,planned_end,team,resource"]
    lines += map(written, records)
    (folder / "extract.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    how = {"practice": DRAWN, "as_of": date(2023, 12, 31), "consequence": False, "selection": FEW}
    with whole_tables():
        audit = audit_files(folder, [folder / "extract.csv"], **how).before
    return pages(audit, pd.DataFrame(records))


def written(record):
    happened = record["happened"]
    end = "" if record["ahead"] is None else (happened + timedelta(record["ahead"])).date()
    who = "Robot" if record["robot"] else "R"
    times = f"{iso(happened)},{iso(record['registered'])},{end}"
    return f"{record['case']},{record['activity']},{times},{record['team'] or ''},{who}"


def draw(random, number):
    activity = str(random.choice(["Talk", "Plan", "Note", "Goal", "Spell"])) if number % 90 else ""
    happened = datetime(2020, 9, 1, 9) + timedelta(
        days=int(random.integers(0, 1170)), seconds=int(random.integers(0, 9_000))
    )
    registered = happened + timedelta(seconds=int(10 ** random.uniform(1, 6)))
    return {
        "case": number % 90, "activity": activity, "happened": happened, "robot": bool(random.random() < 0.1),
        "team": random.choice(["North", "South", "West", None], p=[0.6, 0.25, 0.1, 0.05]),
        "registered": registered, "lag": elapsed(happened, registered, dates_only=False), "agreed": AGREED.get(activity),
        "ahead": int(random.integers(1, 900)) if activity in ("Goal", "Spell") else None,
        "allowed": 365 if activity == "Goal" else None,
    }  # fmt: skip


def iso(moment):
    return f"{moment.year:04}-{moment:%m-%d %H:%M:%S}" if moment else ""


@pytest.fixture(params=["sample", "drawn"])
def log(request):
    return request.getfixturevalue(request.param)


def plain(tag):
    return WORDS.sub(" ", tag.get_text(" ")).strip()


def table(soup, caption):
    return next((one for one in soup.find_all("table") if plain(one.caption) == caption), None)


def lines(found):
    """The cells of each row by what stands at its head, those of hidden rows left out."""
    rows = {plain(row.th): [plain(cell) for cell in row.find_all("td")] for row in found.tbody.find_all("tr")}
    return {head: cells for head, cells in rows.items() if "hidden" not in cells[0]}


def number(text):
    return int(text.replace(",", ""))


def spoken(days):
    """Within how long something is registered, in the words of the page, from days that were worked out here."""
    hours = ceil(round(days * 1440, 3) / 60)
    if hours < 1:
        return "the same day"
    if hours == 1:
        return "within an hour"
    days, rest = divmod(hours, 24)
    if days >= 10:
        return f"within {days + (rest > 0)} days"
    told = [f"{count} {unit}{'s' if count > 1 else ''}" for count, unit in ((days, "day"), (rest, "hour")) if count]
    return f"within {' '.join(told)}"


def rank(lags, share):
    return shared_rank([ceil(round(days * 86_400) / 60) for days in lags], share) / 1440


def figures(rows):
    return f"{len(rows):,}", spoken(rank(rows["lag"], 0.5)), spoken(rank(rows["lag"], 0.9))


def test_the_figures_above_are_those_of_all_registrations_by_people(log):
    told = [plain(value) for value in log.practice.find(class_="figures").find_all("dd")]
    assert told[:2] == list(figures(log.people)[1:])
    limit = log.people["agreed"].fillna(1)
    assert told[3].rstrip("%") == f"{100 * (log.people['lag'] <= limit + 1e-9).mean():.1f}"


@pytest.mark.parametrize(
    ("caption", "agreed_only", "cells"),
    [("Time until registration, by team", False, (0, 2, 3)), ("Agreed and actual, by team", True, (0, 4, 5))],
)
def test_both_sections_tell_the_same_of_a_team(log, caption, agreed_only, cells):
    rows = log.people[log.people["agreed"].notna()] if agreed_only else log.people
    teams = {key: figures(part) for key, part in rows.fillna({"team": "(no team)"}).groupby("team")}
    told = {team: tuple(row[at] for at in cells) for team, row in lines(table(log.practice, caption)).items()}
    assert told == teams


def test_what_weekdays_and_months_leave_out_is_said(log):
    agreed = log.people[log.people["agreed"].notna()]
    without = agreed["team"].isna().sum()
    found = table(log.practice, "By the weekday on which it happened")
    assert sum(number(row[0]) for row in lines(found).values()) == len(agreed) - without
    assert f"{without} registrations without a team are not in the table." in plain(log.practice.find("main"))


def test_registrations_without_an_agreement_are_counted_where_there_are_any(log):
    others = log.people["agreed"].isna().sum()
    said = f"For {others} registrations nothing is agreed" in plain(log.practice.find("main"))
    assert said == (others > 0)


def test_nothing_lies_beyond_an_agreement_that_there_is_not(log):
    ends = log.rows[log.rows["ahead"].notna()]
    told = lines(table(log.practice, "How far ahead periods end, by activity"))
    assert len(told) >= 2
    for activity, row in told.items():
        mine = ends[ends["activity"] == activity]
        beyond = (mine["ahead"] > mine["allowed"]).sum()
        assert row[4:] == [row[4], str(beyond)] if mine["allowed"].notna().any() else row[4:] == ["not agreed", "–"]  # noqa: RUF001


def test_half_of_the_periods_end_within_the_median_of_their_registered_ends(log):
    ends = log.rows[log.rows["ahead"].notna()]
    told = lines(table(log.practice, "How far ahead periods end, by activity"))
    half = {activity: ends.loc[ends["activity"] == activity, "ahead"].pipe(middle) for activity in told}
    assert {activity: row[3] for activity, row in told.items()} == {
        activity: f"{round(days, 1):g} days" for activity, days in half.items()
    }


def months_of(log):
    """All months of the log, those of its history, and those of wrong years, from the days between which 98 % lie."""
    days = sorted(moment.date() for moment in log.rows["happened"] if moment is not None and not pd.isna(moment))
    first, last = (days[int(0.01 * len(days))], days[ceil(0.99 * len(days)) - 1])
    months = sorted({(day.year, day.month) for day in days})
    near = [
        m for m in months if first.year * 12 + first.month - 12 <= m[0] * 12 + m[1] <= last.year * 12 + last.month + 12
    ]
    return months, near


def test_tables_by_month_keep_the_newest_and_count_those_of_wrong_years(log):
    months, near = months_of(log)
    article = log.quality.find("h3", id="rule-missing-activity").find_parent("article")
    heads = [plain(row.th) for row in table(article, "Month: checked and failing").tbody.find_all("tr")]
    newest = [datetime(*month, 1).strftime("%B %Y") for month in near[-25:]]
    assert [head for head in heads if head in newest] == newest
    far = len(months) - len(near)
    assert [head for head in heads if head.startswith(f"{far} months far from the others: January 1 to ")] == heads[-1:]
    earlier = len(near) - 25
    assert (f"{earlier} earlier months" in heads) == (earlier > 1)


def test_a_name_is_a_share_of_events_and_cases(sample):
    used = sample.rows[sample.rows["activity"] == "Samtale (anden)"]
    cases = used["case"].dropna().nunique()
    said = (
        f"used in {len(used)} registrations ({100 * len(used) / len(sample.rows):.1f}%) "
        f"in {cases} cases ({100 * cases / sample.rows['case'].nunique():.1f}%)."
    )
    assert said.startswith("used in 461 registrations (9.7%) in 137 cases (45.7%)")
    for page in (sample.practice, sample.quality):
        assert said in plain(page.find("h3", id="rule-overloaded-label").find_parent("article").find(class_="seen"))
    assert "of the names" not in plain(sample.practice)
    assert "used in 461 rows (9.7 %) in 137 cases (45.7 %)" in sample.terminal
