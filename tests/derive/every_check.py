"""An extract of some disorder, and a suite of all checks of the catalogue, for tests of what must hold for all of them."""

import sys
import tempfile
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from logsyn.validator.database import connection as opening
from tests.auditing import audit_files
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


def columns_in(connection):
    """The columns of every table and view, by its name."""
    found = {}
    for table, column in connection.execute("SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal").fetchall():
        found.setdefault(table, set()).add(column)
    return found


def watched(opens, seen):
    """The same, and what stands in the database at the end is seen."""

    @contextmanager
    def opened(*how):
        with opens(*how) as database:
            yield database
            seen.append(columns_in(getattr(database, "connection", database)))

    return opened


@contextmanager
def watching():
    """What stands in each database that is opened here, at its end."""
    seen = []
    with pytest.MonkeyPatch.context() as patch:
        for name in ("open_database", "open_plain_database"):
            real = getattr(opening, name)
            for module in [one for one in list(sys.modules.values()) if getattr(one, name, None) is real]:
                patch.setattr(module, name, watched(real, seen))
        yield seen


@cache
def audited_once():
    """The audit of the extract with the suite, as ``audit_files`` gives it, and the tables that stood in its database; made once a session."""
    with tempfile.TemporaryDirectory() as folder, watching() as seen:
        audited = audit_files(Path(folder), *write_every_check(Path(folder)))
    return audited, seen[0]
