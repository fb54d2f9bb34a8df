"""The draft of a practice: what the data say of each activity and team, and a limit only where it has a reason.

A limit is a round number from the law, or the team's own typical value (the median, rounded up to a number that people would
agree on), and is marked as which. Where the typical value is longer than a week, none is suggested: the draft says what is
usual and leaves the question open. What is usual is never called good for being usual.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from logsyn.expectations.limit import reaches
from logsyn.validator.database.answers import records
from logsyn.validator.personal.masking import shown
from logsyn.validator.suggesting.draft import Draft, Line

if TYPE_CHECKING:
    import duckdb

    from logsyn.validator.suggesting.wording import NoteWording

DEFAULT_DAYS = 1
ROUND_DAYS = (2, 3, 5, 7)
ROUND_PERIODS = (14, 30, 91, 182, 365, 730)
ENOUGH = 20
"""Registrations of an activity in a team from which on something can be said of them."""
FEWEST = 5
PERIOD_SHARE = 0.5
PLANNED_SHARE = 0.9

USE = """
SELECT activity::VARCHAR AS activity, {team}::VARCHAR AS team, count(*) AS events,
  count({lag}) AS lags, quantile_disc({lag}, 0.5) AS median_days, quantile_disc({lag}, 0.9) AS p90_days,
  count(*) FILTER ({lag} <= {default}) AS in_time, count(*) FILTER ({lag} < 0) AS ahead,
  count(planned_end) AS with_end,
  quantile_disc(planned_period_days, 0.9) FILTER (year(planned_end) < 2099) AS period_days,
  count(*) FILTER (year(planned_end) >= 2099) AS without_real_end
FROM event_facts WHERE activity IS NOT NULL GROUP BY ALL ORDER BY activity, team NULLS FIRST"""


# Spellings of one label: all but the most frequent one.
UNTIDY = """
SELECT activity FROM labels QUALIFY row_number() OVER (
  PARTITION BY lower(trim(regexp_replace(activity, '\\s+', ' ', 'g'))) ORDER BY events DESC, activity) > 1"""


@dataclass(frozen=True)
class RegistrationHabit:
    """How one team (None: all) registers one activity. Days are elapsed days; ``period_days`` leaves sentinels out."""

    activity: str
    team: str | None
    events: int
    lags: int
    median_days: float | None
    p90_days: float | None
    in_time: int
    ahead: int
    with_end: int
    period_days: int | None
    without_real_end: int


def draft_practice(
    connection: duckdb.DuckDBPyConnection, have: frozenset[str], overloaded: list[str], say: NoteWording
) -> Draft:
    """A practice from ``event_facts``: ``have`` are its columns; ``overloaded`` labels that teams use differently."""
    whole = _uses(connection, have, by_team=False)
    teams = _uses(connection, have, by_team=True) if "team" in have else []
    untidy = {label for (label,) in connection.execute(UNTIDY).fetchall()}
    known = [
        use
        for use in whole
        if use.events >= FEWEST and shown(use.activity) == use.activity and use.activity not in untidy
    ]
    lines = [Line(("practice",), "draft", comparable=False), *_default(whole, say)]
    for use in known:
        own = [team for team in teams if team.activity == use.activity and team.team is not None]
        lines += _activity(use, own, say, overloaded=use.activity in overloaded)
    preface = [
        say("Udkast til registreringspraksis, lavet ud fra data. Hver linje er et spørgsmål: er det sådan, vi vil registrere?",
            "Draft of a registration practice, made from the data. Every line is a question: is this how we want to register?"),
        say("LOV: fristen kommer fra reglerne. TYPISK: det er teamets egen vane, ikke en anbefaling. AFKLAR: aftales af jer.",
            "LAW: the limit comes from the rules. TYPICAL: it is the team's own habit, no advice. SETTLE: for you to agree on."),
    ]  # fmt: skip
    if len(known) < len(whole):
        preface.append(
            say("{count} aktiviteter er ikke med: under 5 registreringer, et CPR-nummer i navnet, et meget langt navn, eller samme navn som et hyppigere bortset fra mellemrum og store bogstaver.",
                "{count} activities are left out: fewer than 5 registrations, a CPR number in the label, a very long label, or the label of a more frequent one but for spaces and capitals.",
                count=say.count(len(whole) - len(known)))
        )  # fmt: skip
    return Draft("practice", preface, lines)


def round_up(days: float, numbers: tuple[int, ...]) -> int | None:
    """The least of the numbers that is not less; None when all are."""
    return next((number for number in numbers if days <= number), None)


def _uses(connection: duckdb.DuckDBPyConnection, have: frozenset[str], *, by_team: bool) -> list[RegistrationHabit]:
    lag = "registration_lag_days" if "registration_lag_days" in have else "NULL::DOUBLE"
    query = USE.format(team="team" if by_team else "NULL", lag=lag, default=DEFAULT_DAYS)
    return [RegistrationHabit(**row) for row in records(connection.execute(query))]


def _default(whole: list[RegistrationHabit], say: NoteWording) -> list[Line]:
    lags, in_time = sum(use.lags for use in whole), sum(use.in_time for use in whole)
    if not lags:
        return []
    note = say(
        "LOV: samme dag eller senest dagen efter gælder visse hændelser om rådighed (BEK 257/2023 § 118), for andre er det et udgangspunkt; i dag {share} af {lags}",
        "LAW: the same day or the day after holds for certain events on availability (BEK 257/2023 § 118), for others it is a start; today {share} of {lags}",
        share=say.share(in_time, lags), lags=say.count(lags),
    )  # fmt: skip
    return [Line(("default", "register_within_days"), DEFAULT_DAYS, note)]


def _activity(use: RegistrationHabit, teams: list[RegistrationHabit], say: NoteWording, *, overloaded: bool) -> list[Line]:
    path = ("activities", use.activity)
    inside = [
        *_planned(path, use, say),
        *_limits(path, use, teams, say),
        *_period(path, use, say),
    ]
    several = say(
        "AFKLAR: navnet ser ud til at rumme flere betydninger; skriv meaning for hvert team",
        "SETTLE: the label seems to carry several meanings; write a meaning for each team",
    )
    told = [say("{count} registreringer", "{count} events", count=say.count(use.events)), *_usual(use, teams, say)]
    note = "; ".join([*told, *([several] if overloaded else [])])
    if not inside:
        return [Line(path, {}, note)]
    return [Line(path, heading=True, note=note), *inside]


def _usual(use: RegistrationHabit, teams: list[RegistrationHabit], say: NoteWording) -> list[str]:
    """What is usual, and what is to be settled since no limit is suggested for it."""
    if use.lags < ENOUGH or use.median_days is None:
        return []
    slow = [team for team in teams if _typical(team) is not None and round_up(_typical(team) or 0, ROUND_DAYS) is None]
    days = use.median_days
    told = [
        say("typisk samme dag", "typically the same day")
        if days < 1
        else say("typisk {days} dage efter", "typically {days} days later", days=say.days(days))
    ]
    told += [
        say("AFKLAR {team}: typisk {days} dage, for længe til at blive foreslået", "SETTLE {team}: typically {days} days, too long to be suggested",
            team=team.team, days=say.days(_typical(team) or 0))
        for team in slow
    ]  # fmt: skip
    return told


def _typical(use: RegistrationHabit) -> float | None:
    return use.median_days if use.lags >= ENOUGH else None


def _planned(path: tuple[str, ...], use: RegistrationHabit, say: NoteWording) -> list[Line]:
    if use.lags < ENOUGH or not reaches(use.ahead, use.lags, PLANNED_SHARE):
        return []
    note = say(
        "{share} er registreret før datoen",
        "{share} are registered before their date",
        share=say.share(use.ahead, use.lags),
    )
    return [Line((*path, "planned"), value=True, note=note)]


def _limits(path: tuple[str, ...], use: RegistrationHabit, teams: list[RegistrationHabit], say: NoteWording) -> list[Line]:
    """Limits of the teams whose typical value is over the default and not over a week."""
    own = {
        team: days
        for team in teams or [use]
        if (typical := _typical(team)) is not None and typical > DEFAULT_DAYS
        if (days := round_up(typical, ROUND_DAYS)) is not None
    }
    if not own or _planned(path, use, say):
        return []
    lines = [
        Line((*path, "register_within_days", team.team or "*"), days, _habit(team, say)) for team, days in own.items()
    ]
    if teams:
        lines.append(
            Line((*path, "register_within_days", "*"), DEFAULT_DAYS, say("de øvrige teams", "the other teams"))
        )
    return lines


def _habit(team: RegistrationHabit, say: NoteWording) -> str:
    return say(
        "TYPISK: median {median} dage, 90 % inden for {p90}; {share} inden for {default} dag; {lags} registreringer",
        "TYPICAL: median {median} days, 90 % within {p90}; {share} within {default} day; {lags} events",
        median=say.days(team.median_days or 0), p90=say.days(team.p90_days or 0),
        share=say.share(team.in_time, team.lags), default=DEFAULT_DAYS, lags=say.count(team.lags),
    )  # fmt: skip


def _period(path: tuple[str, ...], use: RegistrationHabit, say: NoteWording) -> list[Line]:
    if use.events < ENOUGH or not reaches(use.with_end, use.events, PERIOD_SHARE):
        return []
    lines = [
        Line(
            (*path, "period"),
            value=True,
            note=say("{share} har en slutdato", "{share} have an end date", share=say.share(use.with_end, use.events)),
        )
    ]
    days = round_up(use.period_days, ROUND_PERIODS) if use.period_days is not None else None
    unreal = say("; {count} med en dato, der betyder »ingen slutdato«", "; {count} with a date that means “no end”", count=say.count(use.without_real_end)) if use.without_real_end >= FEWEST else ""  # fmt: skip
    if days is None:
        note = say("AFKLAR: 90 % slutter inden for {days} dage, for længe til at blive foreslået", "SETTLE: 90 % end within {days} days, too long to be suggested", days=say.count(use.period_days or 0))  # fmt: skip
        lines[0] = Line(lines[0].path, lines[0].value, f"{lines[0].note}{unreal}; {note}")
    else:
        note = say(
            "TYPISK: 90 % slutter inden for {days} dage",
            "TYPICAL: 90 % end within {days} days",
            days=say.count(use.period_days or 0),
        )
        lines.append(Line((*path, "planned_end_within_days"), days, note + unreal))
    return lines
