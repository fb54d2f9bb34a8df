"""Which header is which column: by profile, usual headers, detection; and the words when it cannot be told."""

from __future__ import annotations

import pytest

from logsyn.expectations.source import SourceProfile, load_source
from logsyn.validator.errors import ExtractError
from tests.reading.conftest import read_bytes, read_paths


def read(headers: str, profile: SourceProfile | None = None, values: str = ""):
    row = values or ";".join(["1", "a", "01-02-2023 10:00", *"xyzwvu"][: headers.count(";") + 1])
    return read_bytes(f"{headers}\n{row}\n".encode(), profile)


def mapped(found) -> dict[str, tuple[str, str]]:
    return {
        column.name: (column.header, column.mapped_by) for column in found.reading.columns if column.mapped_by != "kept"
    }


@pytest.mark.parametrize(
    ("headers", "source"),
    [
        ("SagsID;Aktivitet;Starttidspunkt;Oprettet", "momentum"),
        ("CaseID;Activity;StartTimestamp;EndTimestamp", "fasit"),
        ("number;incident_state;sys_updated_at", "servicedesk"),
        ("SagsID;Aktivitet;TimeStamp;Team", "generic"),  # momentum and fasit find as much
        ("case_id;activity;timestamp", "generic"),
    ],
)
def test_the_source_is_found_by_its_headers(headers, source):
    assert read(headers).reading.source == source


def test_detection_is_said_aloud():
    texts = read("SagsID;Aktivitet;Starttidspunkt;Oprettet;Afdeling").reading.remarks
    assert "source profile momentum" in texts[0].en
    assert "Afdeling → team" in texts[1].en
    assert "kildeprofilen momentum" in texts[0].da


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ("Case ID;Activity;Complete Timestamp;org:group", {"timestamp": "Complete Timestamp", "team": "org:group"}),
        (
            "case:concept:name;concept:name;time:timestamp",
            {"case_id": "case:concept:name", "timestamp": "time:timestamp"},
        ),
        (
            "case;Activity;Complete Timestamp;Start Timestamp",
            {"timestamp": "Start Timestamp", "end_timestamp": "Complete Timestamp"},
        ),
        ("sag;hændelse;dato", {"case_id": "sag", "activity": "hændelse", "timestamp": "dato"}),
        ("CASE_ID;activity;TimeStamp;created_at", {"case_id": "CASE_ID", "registered_at": "created_at"}),
    ],
)
def test_usual_headers_are_recognised(headers, expected):
    found = mapped(read(headers, values="1;a;01-02-2023;02-02-2023" if headers.count(";") == 3 else ""))
    assert {name: found[name][0] for name in expected} == expected
    assert {by for _, by in found.values()} == {"synonym"}


def test_a_profile_takes_the_first_header_that_the_file_has():
    profile = SourceProfile(source="x", columns={"case_id": ["Nr", "Sag"], "activity": ["HVAD"], "timestamp": ["Når"]})
    found = read("Sag;nr;Hvad;Na\u030ar;Team", profile, values="1;2;a;01-02-2023;t")
    assert mapped(found) == {
        "case_id": ("nr", "profile"),
        "activity": ("Hvad", "profile"),
        "timestamp": ("Na\u030ar", "profile"),
    }


def test_a_given_profile_is_completed_for_required_columns_only():
    profile = SourceProfile(source="x", columns={"case_id": ["Nr"]})
    found = mapped(read("Nr;Aktivitet;Tidspunkt;Team", profile))
    assert found == {
        "case_id": ("Nr", "profile"),
        "activity": ("Aktivitet", "synonym"),
        "timestamp": ("Tidspunkt", "synonym"),
    }


def test_a_header_that_the_profile_names_and_the_file_lacks_is_an_error():
    with pytest.raises(ExtractError) as error:
        read("SagsID;Aktivitet;Når", load_source("momentum"))
    text = str(error.value)
    assert (
        "log.csv: no column found for timestamp (the profile momentum has it as 'Starttidspunkt' or 'TimeStamp')"
        in text
    )
    assert "its 3 headers are 'SagsID', 'Aktivitet', 'Når'" in text
    assert 'case_id: "SagsID"' in text
    assert 'timestamp: HEADER  # one of: "SagsID", "Aktivitet", "Når"' in text


def test_two_headers_that_are_equally_good_are_an_error():
    with pytest.raises(ExtractError) as error:
        read("Case ID;Case No;Activity;Time stamp", values="1;2;a;2023-01-01")
    assert "log.csv: 'Case ID' and 'Case No' could both be case_id" in str(error.value)
    assert 'case_id: "Case ID"  # or "Case No"' in str(error.value)


def test_a_header_that_is_nearly_right_is_suggested():
    with pytest.raises(ExtractError, match='activity: "Aktivitetter"  # is it this one'):
        read("SagsID;Aktivitetter;Tidspunkt")


def test_an_error_names_the_file_that_lacks_a_column(write):
    paths = [
        write("a.csv", "case;activity;timestamp\n1;a;2023-01-01\n"),
        write("b.csv", "case;what else;timestamp\n1;a;2023-01-01\n"),
    ]
    with pytest.raises(ExtractError, match=r"^b.csv: no column found for activity"):
        read_paths(paths)
