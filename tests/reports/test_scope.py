"""What the pages say of the part of the extract that was examined."""

from __future__ import annotations

import pytest

PAGES = ("index", "practice", "quality")


def plain(tag):
    return " ".join(tag.get_text(" ").split())


@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_what_part_was_examined(soup, page):
    note = plain(soup("scoped", "en", page).find(class_="scope"))
    assert note.startswith("Only the scope “ Job goals in 2022 ” was examined: 96,088 of 120,015 rows (80.1%)")
    assert "\u237d" not in note, "a space of ours is no space of the log"
    assert "5,912 of 8,231 cases (71.8%)" in note
    assert soup("realistic", "en", page).find(class_="scope") is None


def test_the_steps_stand_in_their_order_and_a_share_is_never_all_when_it_is_not(soup):
    table = soup("scoped", "en", "quality").find(id="scope").find_next("table")
    rows = [[plain(cell) for cell in row.find_all(["th", "td"])] for row in table.find("tbody").find_all("tr")]
    assert rows[0][::2] == ["Rows loaded", "120,015", "8,231"]
    does = "1. Keep cases that contain “Job goals in 2022” 1 row without a case id is in no case."
    assert rows[1] == [does, "1", "120,014", ">99.9%", "8,230", ">99.9%"]
    assert rows[3][0].endswith("17 rows without a time that can be read have no place in their case.")
    assert [row[2] for row in rows[2:]] == ["110,000", "97,000", "96,088"]


def test_the_leader_sees_the_account_of_rows(soup):
    facts = plain(soup("scoped", "da", "index").find(class_="facts"))
    assert "Rækker i udsnittet 120.015 indlæst = 96.088 i udsnittet + 23.927 uden for udsnittet" in facts
