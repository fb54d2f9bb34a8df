"""Hand-made registration practice: lags, a label with several meanings, and periods. All figures are made up."""

from __future__ import annotations

from typing import Any

from logsyn.validator.record import (
    Agreed,
    AgreedGroup,
    AgreedSlice,
    Gap,
    Horizon,
    LabelUse,
    LagGroup,
    Neighbour,
    OverloadedLabel,
    Registration,
)

TEAMS = ("Afklaring", "Jobklub", "Jobklar", "Sygedagpenge", "Ungeteam")


def lag(activity: str | None, team: str | None, buckets: list[int], days: tuple[float, float], late: int) -> LagGroup:
    """A group with its figures; one day is agreed, two in the job club."""
    return LagGroup(
        activity=activity, team=team, events=sum(buckets), median_days=days[0], p90_days=days[1], late=late,
        buckets=buckets,
        agreed_days=None if activity is None and team is None else 2 if team == "Jobklub" else 1,
    )  # fmt: skip


def lags() -> dict[str, Any]:
    """Registration lag overall and by group, with hidden groups and one group without a key."""
    hidden = {"events": None, "hidden": True}
    return {
        "lag_overall": lag(None, None, [412, 58_310, 14_205, 9_880, 6_377, 3_912, 2_103, 811], (0, 6.5), 19_204),
        "lag_by_team": [
            lag(None, "Afklaring", [40, 12_300, 3_100, 1_020, 402, 310, 120, 33], (0, 3), 1_885),
            lag(None, "Jobklub", [12, 3_105, 2_480, 3_902, 3_610, 2_200, 1_304, 602], (4, 21), 7_716),
            lag(None, "Jobklar", [201, 24_300, 5_020, 2_810, 1_330, 890, 402, 101], (0, 4), 5_533),
            lag(None, "Sygedagpenge", [159, 18_500, 3_500, 2_102, 1_010, 502, 277, 75], (0, 3), 3_966),
            LagGroup(team="Ungeteam", **hidden),
            lag(None, None, [0, 105, 105, 6, 0, 0, 0, 0], (1, 1), 6),
        ],
        "lag_by_activity": [
            lag("Samtale (anden)", None, [80, 10_400, 4_200, 4_610, 3_880, 2_300, 1_350, 640], (2, 16), 12_780),
            lag("Jobsamtale", None, [202, 21_900, 3_300, 1_405, 640, 380, 140, 22], (0, 2), 2_587),
            lag("CV-samtale", None, [30, 9_310, 2_100, 980, 402, 210, 88, 12], (0, 3), 1_692),
            lag("Jobmål", None, [0, 5_900, 300, 90, 12, 8, 0, 0], (0, 1), 110),
            LagGroup(activity="Løntilskud", **hidden),
        ],
        "lag_by_activity_and_team": [
            one.model_copy(update={"buckets": None})  # of an activity in a team no classes are told
            for one in (
                lag("Samtale (anden)", "Jobklub", [5, 800, 1_930, 3_400, 3_101, 1_902, 1_120, 560], (5, 22), 6_950),
                lag("Samtale (anden)", "Jobklar", [40, 6_100, 1_404, 720, 330, 150, 90, 30], (0, 4), 1_320),
            )
        ],
    }  # fmt: skip


def near(*pairs: tuple[str | None, float]) -> list[Neighbour]:
    """Neighbours with their shares."""
    return [Neighbour(activity=activity, share=share) for activity, share in pairs]


def overloaded() -> OverloadedLabel:
    """The label that the job club uses for attendance."""
    uses = [
        LabelUse(
            team="Jobklub", meaning="Borgeren har deltaget i jobklub", events=12_818, share=0.745, median_position=0.71,
            before=near(("Samtale (anden)", 0.812), ("Jobsamtale", 0.061), ("CV-samtale", 0.043)),
            after=near(("Samtale (anden)", 0.809), (None, 0.1), ("Jobsamtale", 0.05)),
            status=near(("Afholdt", 0.9994), (None, 0.0006)),
        ),
        LabelUse(
            team="Jobklar", meaning="Anden samtale", events=8_864, share=0.253, median_position=0.42,
            before=near(("Jobsamtale", 0.41), ("CV-samtale", 0.22), (None, 0.08)),
            after=near(("Jobsamtale", 0.38), ("Jobmål", 0.19), ("Virksomhedspraktik", 0.11)),
            status=near(("Afholdt", 0.78), ("Aflyst", 0.14), ("Planlagt", 0.08)),
        ),
        LabelUse(
            team="Sygedagpenge", meaning="Anden samtale", events=5_778, share=0.221, median_position=0.2,
            before=near(("LÆ265 modtaget - original", 0.33), ("Jobsamtale", 0.2)), after=near(("Raskmelding", 0.27)),
            status=near(("Afholdt", 0.81)),
        ),
        LabelUse(team="Ungeteam", events=None, hidden=True),
    ]  # fmt: skip
    return OverloadedLabel(
        activity="Samtale (anden)", declared=True, found=True, events=27_460, divergence_bits=0.618,
        yardstick_bits=0.079, p_value=0.001, teams=uses,
    )  # fmt: skip


def horizons() -> dict[str, Any]:
    """Planned ends of job goals and company placements."""
    goal = Horizon(
        activity="Jobmål", events=6_310, without_end=402, median_days=365, max_days=27_759, allowed_days=365,
        beyond=1_630, buckets=[3, 1_105, 3_170, 1_204, 322, 61, 43],
    )  # fmt: skip
    placement = Horizon(
        activity="Virksomhedspraktik", events=1_240, without_end=0, median_days=28, max_days=182, beyond=None,
        buckets=[0, 1_130, 110, 0, 0, 0, 0],
    )  # fmt: skip
    teams = [
        goal.model_copy(update={"team": "Jobklar", "events": 4_200, "buckets": None}),
    ]
    return {"horizon_by_activity": [goal, placement], "horizon_by_activity_and_team": teams}


def registration() -> Registration:
    """The registration practice of the project."""
    return Registration(practice="jobcenter", overloaded=[overloaded()], **lags(), **horizons())


def slices(keys: list[str | None], events: int, late: int) -> list[AgreedSlice]:
    """Slices of equal size, of which the last but one is hidden."""
    told = [AgreedSlice(key=key, events=events, late=late, median_days=0.125, p90_days=1.5) for key in keys]
    told[-2] = AgreedSlice(key=keys[-2], events=None, hidden=True)
    return told


def kept(activity: str | None, team: str | None, events: int, late: int, agreed: float | None) -> AgreedGroup:
    """A group with agreed days, by weekday and month."""
    return AgreedGroup(
        activity=activity, team=team, events=events, late=late, agreed_days=agreed, median_days=0.0417, p90_days=4.1667,
        by_weekday=slices(["1", "2", "3", "4", "5-7"], events // 5, late // 5),
        by_month=slices(["2022-12", "2023-01", "2023-02", "2023-03", "2023-04", None], events // 6, late // 6),
    )  # fmt: skip


def agreed() -> Agreed:
    """The practice against the log, with every kind of gap."""
    gaps = [
        Gap(kind="activity_not_in_practice", activity="Cafemøde", events=17),
        Gap(kind="activity_not_in_practice", activity="partshøring", hidden=True),
        Gap(kind="no_agreed_days", activity="Journalnotat", events=410),
        Gap(
            kind="typical_later", activity="Samtale (anden)", team="Jobklub", events=12_818, share=0.458, agreed_days=2,
            typical_days=5,
        ),
        Gap(
            kind="share_below", activity="CV-samtale", team="Jobklar", events=604, share=0.71, agreed_days=1,
            typical_days=0.25,
        ),
        Gap(
            kind="typical_earlier", activity="Sygemelding", team="Jobklar", events=300, share=1, agreed_days=14,
            typical_days=1.5,
        ),
        Gap(kind="several_meanings", activity="Samtale (anden)", count=2),
        Gap(kind="period_without_agreed_end", activity="Mentorstøtte", events=44),
        Gap(kind="end_without_period", activity="Min Plan revideret", events=40),
        Gap(kind="no_meaning", count=31),
        Gap(kind="nobody_named", activity="Jobrotation"),
        Gap(kind="activity_not_used", activity="Voksenlærling"),
        Gap(kind="team_not_in_log", team="Integration"),
        Gap(kind="system_user_not_in_log", system_user="RPA02"),
    ]  # fmt: skip
    return Agreed(
        overall=kept(None, None, 90_000, 16_000, None),
        by_team=[
            kept(None, "Jobklub", 17_215, 7_716, None), kept(None, "Jobklar", 35_054, 5_533, 1),
            AgreedGroup(team="Ungeteam", events=None, hidden=True),
        ],
        by_activity_and_team=[
            kept("Samtale (anden)", "Jobklub", 12_818, 6_950, 2), kept("Samtale (anden)", "Jobklar", 8_864, 1_320, 1),
            AgreedGroup(activity="Jobmål", team="Ungeteam", events=None, hidden=True),
        ],
        system=LagGroup(events=4_020, median_days=0.01, p90_days=0.7, agreed_days=1, late=12, buckets=[0, 4_008, 12, 0, 0, 0, 0, 0]),
        system_users=2,
        low_share=0.8,
        low_share_from=30,
        gaps=gaps,
        gaps_left_out=3,
    )  # fmt: skip
