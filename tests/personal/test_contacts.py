"""What is a phone number or an e-mail address, and what is not: the same to the database and to what masks texts."""

import duckdb
import pytest

from logsyn.validator.derive.contacts import create_contacts
from logsyn.validator.personal.contacts import announces, masked_contacts

CONTACTS = [
    "tlf 12345678", "Tlf.: 12 34 56 78", "ring på 20304050", "+45 12345678", "(+45) 20 30 40 50", "0045 20304050", "20 30 40 50",
    "mobil nr. 2030-4050", "mobilnr: 20 304 050", "Telefon: 20-30-40-50", "tlf.nr. er 20.30.40.50", "skriv til mette@eksempel.dk nu",
    "jørgen.ø@æblegård.dk", "20 30 40 50.", "træffes på 20 30 40 50, helst tidligt", "20\u00a030\u00a040\u00a050", "tlf.\u00a020304050",
    "ring 20 30 40 50 2 gange", "+4520304050", "tlf. +45 20 30 40 50", "TELEFONNUMMER 20304050", "tlf. 45 20 30 40 50", "Mobil:20304050;privat",
    "log_tlf_12345678.csv", "Tlf 12345678/87654321", "tlf 20304050,20 30 40 51", "Tlf\t12345678", "tlf:\t20\t30\t40\t50", "+45 123 45 678", "tlf. 203 04 050",
    "anna@ha\u030aby.dk", "a\u030age@eksempel.dk", "anna\u200b@eksempel\u2060.dk", "tlf 2030\u200b4050", "anna@eksempel.d\ufe0fk",
]  # fmt: skip
OTHERS = [
    "12345678", "010180-1234", "0101801234", "tlf 0101801234", "12-05-2023", "12.05.2023 10:30", "2023-05-12 10:30:00", "tlf 10.30-12.30",
    "telefon 12-05-2023", "10 20 30 40 50", "12 05 20 23", "kr. 1.250.000,00", "12 345 678 kr", "1.234.567", "S-2022-000123", "sag 12345678",
    "sag nr. 12 34 56 789", "2023 1015", "20230512", "mødt kl. 10.15 og 12.45", "telefonmøde 12345678", "Telefonisk kontakt sag 12345678",
    "EAN 57 98 00 12 34 56 7", "@ kontoret", "kl. 08 15 09 30", "1234 12345678", "tlf. 1813", "LÆ265", "2023-11-08T10:30:00.000",
    "+46 12345678", "DK12345678", "CVR 12345678", "20230512103000", "tlf 2030405060",
]  # fmt: skip


@pytest.fixture(scope="module")
def found():
    con = duckdb.connect()
    con.execute("CREATE TABLE rows AS SELECT text, row_id::INTEGER AS row_id FROM unnest(?::VARCHAR[]) WITH ORDINALITY AS texts(text, row_id)", [[*CONTACTS, *OTHERS]])
    create_contacts(con, ["text"])
    texts = con.execute("SELECT text FROM rows WHERE row_id IN (SELECT row_id FROM contacts_found)").fetchall()
    return {text for (text,) in texts}


@pytest.mark.parametrize("text", CONTACTS)
def test_a_contact_detail_is_found_and_masked(found, text):
    assert text in found
    mask = masked_contacts(text)
    assert "dk" not in mask
    digits = sum(character.isdigit() for character in mask)
    assert digits <= (1 if "gange" in text else 0)


@pytest.mark.parametrize("text", OTHERS)
def test_another_number_is_left_alone(found, text):
    assert text not in found
    assert masked_contacts(text) == text


@pytest.mark.parametrize(
    ("name", "says"),
    [("Telefon", True), ("tlf_nr", True), ("Borgers tlf.", True), ("Mobilnummer", True), ("Telefonisk kontakt", False), ("Beskrivelse", False)],
)  # fmt: skip
def test_the_name_of_a_column_announces(name, says):
    assert announces(name) == says
