"""What generated extracts hold in their cells: times of all years, labels that are usual, odd or hostile, persons that no page may name.

No text has a word that tells of a fault on a page (``None``, ``nan``, ``NaT``, ``{{``, ``Traceback``): where one stands, it is ours.
"""

from __future__ import annotations

from datetime import datetime

from hypothesis import strategies as st

SENTINELS = (
    "31-12-9999",
    "9999-12-31",
    "9999-12-31 23:59:59",
    "2099-12-31",
    "2999-12-31",
    "1900-01-01",
    "0001-01-01",
    "0001-01-01 00:00:00",
)
UNREADABLE = ("snarest", "31-02-2023", "2023-13-45", "ukendt dato", "12", "2023", "24:00")
AT_CHANGES = ("2023-03-26 02:30", "2023-10-29 02:30", "2023-10-29 03:00", "2023-03-25 23:59:59")
USUAL_LABELS = (
    "Jobmål",
    "CV-samtale",
    "Samtale (anden)",
    "LÆ125 anmodet",
    "LÆ125 modtaget",
    "Brev",
    "Afgørelse",
    "Tilmelding som ledig",
)
ODD_LABELS = (
    "jobmål", " Jobmål", "Jobmål ", "Job  mål", "Jobmål\u00a0", "JOBMÅL", "Jobmaal", "Jobmål (kopi)", "Jobmål 2", "x", "-", "?", "1", "0.5", "1e9",
    "2023-01-01", "Borger ringer om sygdom og vil høre om sin sag", "010180-1234", "ring 20 30 40 50", "a@b.dk", "Å" * 300, "lang " * 400,
)  # fmt: skip
HOSTILE = (
    "<script>alert(1)</script>", "</style></title><svg onload=alert(1)>", "'; DROP TABLE rows; --", 'et "citat"', "=1+1", "@SUM(A1)", "+1", "\x1b[31mrød\x1b[0m",
    "\x1b]0;titel\x07", "{% raw %}", "{0} {x}", "%(x)s %s 100%", "a;b,c\td", "to\nlinjer", "\\", "\x01", "\x7f", "\u2028", "\u202eenatlaS", "\u200b", "\ufeff",
    "e\u0301", "\U0001f600", "\ufffe", "&amp;<b>", "javascript:alert(1)//'`", "row_id", "SELECT", "[x](y)", "| a | b |", "# titel",
)  # fmt: skip
EMPTY = ("", "-", "ukendt")
EMPLOYEES = tuple(f"Zwansat{number}" for number in range(4))
"""Of columns of employees: no page, record, draft or message may have one of them."""

CASES = tuple(f"Zwsag{number}" for number in range(9))
"""Of case ids: the same."""


def _written(moment: datetime, form: int) -> str:
    """A time in one of the forms that one extract may mix; by hand, since strftime does not pad the years before 1000."""
    day = f"{moment.year:04}-{moment.month:02}-{moment.day:02}"
    clock = f"{moment.hour:02}:{moment.minute:02}"
    return (day, f"{day} {clock}", f"{day} {clock}:{moment.second:02}")[form]


def _moments(first: int, last: int) -> st.SearchStrategy[str]:
    times = st.datetimes(datetime(first, 1, 1), datetime(last, 12, 31, 23, 59, 59))
    return st.builds(_written, times, st.integers(0, 2))


TIMES_OF_A_COLUMN = st.one_of(
    st.lists(_moments(2023, 2023), min_size=1, max_size=8),
    st.lists(_moments(2023, 2023).map(lambda time: time[:10]), min_size=1, max_size=4),
    st.lists(_moments(1, 9999), min_size=1, max_size=6),
    st.tuples(_moments(2023, 2023), st.sampled_from(SENTINELS)).map(list),
    st.lists(st.sampled_from(SENTINELS), min_size=1, max_size=4),
    st.lists(st.sampled_from(AT_CHANGES), min_size=1, max_size=3),
    st.just(["2023-03-01 10:00"]),
    st.just([""]),
    st.lists(st.sampled_from(UNREADABLE), min_size=1, max_size=3),
    st.lists(
        st.one_of(_moments(2022, 2024), st.sampled_from([*SENTINELS, *UNREADABLE, *EMPTY])), min_size=2, max_size=8
    ),
)
"""The times that one column is filled with."""

LABELS = st.one_of(
    st.lists(st.sampled_from(USUAL_LABELS), min_size=1, max_size=6),
    st.lists(st.sampled_from([*USUAL_LABELS, *ODD_LABELS, ""]), min_size=1, max_size=8),
    st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=6),
    st.lists(st.sampled_from([*USUAL_LABELS, *HOSTILE]), min_size=2, max_size=8),
)
TEXTS = st.one_of(
    st.just([""]),
    st.lists(st.sampled_from(["Åben", "Lukket", "Afholdt", "Aflyst", ""]), min_size=1, max_size=4),
    st.lists(st.sampled_from([*HOSTILE, *ODD_LABELS, ""]), min_size=1, max_size=6),
    st.lists(
        st.decimals(-(10**9), 10**9, places=2).map(lambda number: str(number).replace(".", ",")), min_size=1, max_size=6
    ),
    st.lists(st.integers(-(10**30), 10**30).map(str), min_size=1, max_size=4),
)
"""The values of a column of the source's own."""
