"""An extract of some disorder, and a suite of all checks of the catalogue, for tests of what must hold for all of them."""

from ruamel.yaml import YAML

from tests.whole_runs.scenes import CALM, COURSE

HEAD = "case_id;activity;timestamp;end_timestamp;registered_at;planned_start;planned_end;team;resource;status;Beløb;note"
LABELS = [*COURSE, "Brev_kopi", "Mode", "Møde", "brev"]
FURTHER = [
    {"check": "duplicate-event", "id": "identical", "columns": "all"},
    {"check": "shared-timestamp", "id": "usual", "usual": 0.5},
    {"id": "rising", "expect": "expect_column_values_to_be_increasing", "args": {"column": "Beløb"}},
]


def row(n):
    day = f"2023-0{1 + n % 9}-"
    times = [
        f"{day}{1 + n % 28:02} {n % 24:02}:{n % 7}0",
        f"{day}{1 + (n + n % 3) % 28:02} {n % 24:02}:{n % 11 % 6}5",
        f"{day}{1 + (n + n % 5) % 28:02} 0{n % 9}:00",
        f"2023-01-0{1 + n % 9}",
        f"20{23 + n % 70}-03-0{1 + n % 9}",
    ]
    note = "010190-1234" if n % 90 == 0 else "3.4.2023"
    return ";".join([str(n % 60), LABELS[(n * n) % 8], *times, "XY"[n % 2], f"p{n % 5}", "ok", str(n), note])


def write_every_check(folder):
    """Write ``extract.csv`` and ``suite.yaml``; they are given back as ``audit_files`` takes them."""
    rows = [row(n) for n in range(600)]
    (folder / "extract.csv").write_text("\n".join([HEAD, *rows, *rows[:9]]) + "\n", encoding="utf-8")
    rules = [{"check": check, "id": check, **(given or {})} for check, given in CALM.items()]
    with (folder / "suite.yaml").open("w", encoding="utf-8") as file:
        YAML().dump({"suite": "every", "rules": [*rules, *FURTHER]}, file)
    return [folder / "extract.csv"], str(folder / "suite.yaml")
