"""What the rules of the base suite look at, derived with pandas: the facts of events and of labels."""

from __future__ import annotations

import numpy as np
import pandas as pd

from logsyn.expectations.practice import for_team, load_practice
from logsyn.validator.derive.overload import measure_overload

MISSING = [
    text for base in ("-", "?", "ukendt", "ingen", "n/a", "null") for text in (base, base.upper(), base.capitalize())
]
SENTINELS = ["9999-12-31", "2099-12-31", "2999-12-31"]
DEFAULTS = ["1900-01-01", "1970-01-01", "1753-01-01", "0001-01-01", *SENTINELS]
TIMES = ["Starttidspunkt", "Oprettet", "Startdato", "Slutdato"]
AS_OF_END = pd.Timestamp("2023-12-01")
ZONE = "Europe/Copenhagen"
CPR = r"(?:^|[^0-9])([0-9]{6})-?([0-9]{4})(?:$|[^0-9])"


def load(path: str) -> pd.DataFrame:
    """The extract as texts. The faster reader of pandas, pyarrow, refuses files with line breaks in quotes."""
    log = pd.read_csv(path, sep=";", dtype=str, encoding="utf-8", keep_default_na=False, na_values=["", *MISSING])
    few = ["Aktivitet", "Team", "Sagsbehandler", "DataSource", "Status", "Årsag til afslutning", "Målgruppe"]
    return log.astype(dict.fromkeys(few, "category"))


def times(texts: pd.Series) -> tuple[pd.Series, pd.Series]:
    """The times of a column of texts, NaT where no format fits; and whether a time of day was written."""
    found = pd.to_datetime(texts, format="%d-%m-%Y %H:%M", errors="coerce")
    midnight = found.dt.hour.eq(0) & found.dt.minute.eq(0)
    clock = found.notna() & ~midnight
    for form, has_clock in (("%d-%m-%Y %H:%M:%S", True), ("%d-%m-%Y", False)):
        left = texts[found.isna() & texts.notna()]
        read = pd.to_datetime(left, format=form, errors="coerce").dropna()
        found.loc[read.index], clock.loc[read.index] = read, has_clock
    return found, clock


def of_events(log: pd.DataFrame, read: dict[str, tuple[pd.Series, pd.Series]]) -> pd.DataFrame:
    """One row per event: the columns that the rules judge, and those by which they are broken down; ``read``: its times."""
    (happened, clock), (registered, registered_clock) = read["Starttidspunkt"], read["Oprettet"]
    start, end = read["Startdato"][0], read["Slutdato"][0]
    agreed = _agreed(log)
    lag = _lag_days(happened, registered, clock & registered_clock)
    begun = start.fillna(happened)
    sentinel = end.dt.normalize().isin(pd.to_datetime(SENTINELS))
    days = (end.dt.normalize() - begun.dt.normalize()).dt.days
    beyond = (days - agreed["allowed"].fillna(730)).where(~sentinel, 1)
    key = pd.DataFrame({"case": log["SagsID"], "activity": log["Aktivitet"].cat.codes, "time": happened})
    key = key[log["SagsID"].notna() & log["Aktivitet"].notna() & happened.notna()]
    given = happened.notna()
    return pd.DataFrame(
        {
            "case": log["SagsID"],
            "activity": log["Aktivitet"],
            "team": log["Team"],
            "month": happened.dt.to_period("M").astype("category"),
            "status": log["Status"],
            "time": happened,
            "days": days,
            "time_text": log["Starttidspunkt"],
            "time_read": given.astype(float).where(log["Starttidspunkt"].notna()),
            "overrun": lag - agreed["within"].fillna(1),
            "lag": lag.mask(agreed["planned"]),
            "beyond": beyond.where(end.notna()),
            "has_end": end.notna().astype(float).where(agreed["period"]),
            "reversed": (end < start.fillna(happened.dt.normalize())).astype(float).where(end.notna() & begun.notna()),
            "future": (happened >= AS_OF_END).astype(float).where(given & ~agreed["planned"]),
            "default": happened.dt.normalize().isin(pd.to_datetime(DEFAULTS)).astype(float).where(given),
            "duplicate": key.duplicated().astype(float),
            "activities_at_once": _at_once(key),
            "clock": clock.astype(float).where(given),
            "known": agreed["known"].astype(float).where(log["Aktivitet"].notna()),
            "cpr": _cpr(log).astype(float),
        }
    )


def of_labels(events: pd.DataFrame) -> pd.DataFrame:
    """One row per label: whether it is untidy, and whether it is overloaded, by the measure that the audit uses."""
    counts = events["activity"].value_counts().sort_index()
    labels = pd.DataFrame({"activity": counts.index.astype(str), "events": counts.to_numpy()})
    labels = labels[labels["events"] > 0].reset_index(drop=True)
    name = labels["activity"]
    alike = name.groupby(name.str.lower()).transform("size") > 1
    labels["untidy"] = ((name != name.str.strip()) | name.str.contains("  ") | alike).astype(float)
    return labels.assign(overloaded=_overloaded(events, labels))


def _agreed(log: pd.DataFrame) -> pd.DataFrame:
    """What the practice says of each event, looked up once per activity and team."""
    practice = load_practice("jobcenter")
    activity, team = log["Aktivitet"], log["Team"]
    code = (activity.cat.codes.astype("int64") + 1) * (len(team.cat.categories) + 1) + team.cat.codes + 1
    said = []
    for label in (None, *activity.cat.categories):
        known = practice.activities.get(label) if label is not None else None
        for name in (None, *team.cat.categories):
            within = for_team(known.register_within_days, name) if known else None
            within = 0 if within is None and known and known.planned else within
            said.append(
                {
                    "known": known is not None,
                    "planned": bool(known and known.planned),
                    "period": bool(known and known.period),
                    "within": within if within is not None else for_team(practice.default.register_within_days, name),
                    "allowed": for_team(known.planned_end_within_days, name) if known else None,
                }
            )
    table = pd.DataFrame(said).astype({"within": float, "allowed": float})
    return table.take(code.to_numpy()).set_axis(log.index)


def _lag_days(happened: pd.Series, registered: pd.Series, exact: pd.Series) -> pd.Series:
    """Days from event to registration: elapsed time where both have a clock, else calendar days."""
    both = happened.notna() & registered.notna()
    lag = (registered.dt.normalize() - happened.dt.normalize()).dt.days.astype(float)
    exact &= both & happened.dt.year.between(1900, 2100) & registered.dt.year.between(1900, 2100)
    elapsed = _utc(registered[exact]) - _utc(happened[exact])
    lag.loc[elapsed.index] = elapsed.dt.total_seconds() / 86400
    return lag


def _utc(local: pd.Series) -> pd.Series:
    first = np.ones(len(local), dtype=bool)
    return local.dt.tz_localize(ZONE, ambiguous=first, nonexistent=pd.Timedelta(hours=1)).dt.tz_convert("UTC")


def _at_once(key: pd.DataFrame) -> pd.Series:
    """Distinct activities of the case at the time; only events that share it are counted, the others are alone."""
    shared = key[key.duplicated(["case", "time"], keep=False)]
    distinct = shared.drop_duplicates().groupby(["case", "time"]).size().rename("activities").reset_index()
    found = pd.Series(1.0, index=key.index)
    found.loc[shared.index] = shared.merge(distinct, how="left", on=["case", "time"])["activities"].to_numpy(
        dtype=float
    )
    return found


def _cpr(log: pd.DataFrame) -> pd.Series:
    """Whether a CPR number stands in any text; categories are searched once per value."""
    found = pd.Series(data=False, index=log.index)
    for name in log.columns.difference(TIMES):
        texts = log[name]
        if isinstance(texts.dtype, pd.CategoricalDtype):
            values = pd.Series(texts.cat.categories.astype(str))
            found |= texts.isin(values[_has_cpr(values)])
        else:
            found |= _has_cpr(texts)
    return found


def _has_cpr(texts: pd.Series) -> pd.Series:
    """A number with a date that is one; its century follows from the seventh digit and the year."""
    found = pd.Series(data=False, index=texts.index)
    likely = texts[texts.str.contains(r"[0-9]{6}-?[0-9]{4}", na=False)]
    numbers = likely.str.extractall(CPR)
    if len(numbers):
        date, seventh, year = numbers[0], numbers[1].str[0], numbers[0].str[4:6].astype(int)
        late = year.le(36) & seventh.isin(["4", "9"]) | year.le(57) & seventh.isin(["5", "6", "7", "8"])
        early = year.gt(57) & seventh.isin(["5", "6", "7", "8"])
        century = np.select([late, early], [2000, 1800], 1900)
        day = date.str[:2].astype(int)
        day = day.where(day <= 60, day - 60)
        parts = pd.DataFrame({"year": year + century, "month": date.str[2:4].astype(int), "day": day})
        valid = pd.to_datetime(parts, errors="coerce").notna()
        found.loc[valid[valid].index.get_level_values(0).unique()] = True
    return found


def _overloaded(events: pd.DataFrame, labels: pd.DataFrame) -> pd.Series:
    """1 for labels that carry several meanings, 0 for those that do not, NaN where they are too few to tell."""
    chain = events[events["case"].notna() & events["activity"].notna() & events["time"].notna()]
    chain = chain[["case", "activity", "team", "status", "time", "days"]].sort_values(["case", "time"], kind="stable")
    code, case = chain["activity"].cat.codes, chain["case"].to_numpy()
    begins = np.r_[True, case[1:] != case[:-1]]
    before = code.shift(fill_value=-1).mask(begins, -1)
    after = code.shift(-1, fill_value=-1).mask(np.r_[begins[1:], True], -1)
    length = np.floor(np.log2(chain["days"].clip(lower=0) + 1)).fillna(-1).astype("int8")
    facets = {"status": chain["status"], "planned_length": length}
    keys = [
        chain["activity"].rename("activity"),
        chain["team"].rename("team"),
        before.rename("previous"),
        after.rename("next"),
        *(v.rename(n) for n, v in facets.items()),
    ]
    contexts = chain.groupby(keys, observed=True, dropna=False).size().rename("events").reset_index()
    contexts = contexts[contexts["team"].notna()]
    contexts = contexts.astype({"activity": str, "team": str, "status": str}).fillna({"status": ""})
    names = np.append(
        chain["activity"].cat.categories.to_numpy(dtype=str), ""
    )  # code -1, at either end of a case, is the last
    contexts = contexts.assign(**{side: names[contexts[side].to_numpy()] for side in ("previous", "next")})
    order = ["activity", "team", "previous", "next", "status", "planned_length"]
    measured = {one.activity: one for one in measure_overload(contexts.sort_values(order), list(facets))}
    practice = load_practice("jobcenter")

    def verdict(label: str, count: int) -> float:
        known, one = practice.activities.get(label), measured.get(label)
        if known is not None and len(known.meaning) > 1:
            return 1.0
        if count < 30 or one is None:
            return float("nan")
        return float(one.p_value < 0.01 and one.excess_bits > one.outlier_limit_bits and one.team_share >= 0.05)

    return pd.Series(
        [verdict(*of) for of in zip(labels["activity"], labels["events"], strict=True)], index=labels.index
    )
