"""Whom a header says that a column names, however it is spelled; and what only looks like it."""

import pytest

from logsyn.validator.findings.persons import is_protected
from logsyn.validator.personal.persons import named_by_header
from logsyn.validator.tables.registry import TABLES

EMPLOYEES = """Ansvarlig; Initialer; Sagsbehandler2; Sagsbehandler 2; Oprettet af; OPRETTET_AF; OprettetAf; oprettetaf; Oprettet_af_2; sagsbeh.; Ansv. medarb.;
Medarb.nr.; Rådgiver; RAADGIVER; Beskæftigelsesrådgiver; Jobkonsulent; Godkendt af; ÆndretAf; closed_by; sys_created_by; Created-By; assigned_to; Tildelt til; Case owner;
userId; UserName; Brugernavn; login; Team ansvarlig; Teamleder; Sidst rettet af bruger; org:resource; Sagsbehandler (initialer); Sagsbehandlers e-mail; Init.; Case-Worker Name;
Ini; Init; Sagsb; Behandler; Centerleder; Centersleder; Lønnr; Løn nummer; Bruger; Brugere; Bruger id; Brugerident; Tildelt; Visiteret til; caseworker; case officer; user name; userid; assignedto;
counselor; Counsellor; sendt af; Lavet af; Skrevet af; written by; Sendte af; Oprettede af; closedby; godkendtaf; Vedtaget af; handled by; Af; Kollega; Agent; Staff"""
CITIZENS = """Navn; Fornavn; Borgernavn; full_name; Telefon; E-mail; Adresse; CPR; cpr-nr; Personnr; Fødselsdato; caller_id; Ægtefælle; IBAN; cpr; cpr no; cprnummer; CPR id; cprid; Personnummer;
person nr; personid; Navn 2; name; fullname; fulde navn; fuldenavn; firstname; Last name; Borgers navn; borger navn; Klientens navn; Kundenavn; Ægtefælles navn; Ægtefællenavn;
partner navn; Partners navn; samlevers navn; Samlevernavn; pårørende navn; Pårørendes navn; citizen name; clientname; Citizens name; Borger; borgerid; Borger nr; client; client no;
Clientid; Bopælsadresse; Folkeregisteradresse; Privatadresse; borgers_adresse; Postadresse 1; address; home address; homeaddress; mail address; Mailing address; Mobil; mobilnr; email; e mail; mail; Adresse 2; Birth date"""
NOBODY = """Ansvarlig enhed; Ansvarligt team; Medarbejdertype; Brugergruppe; Ressourceforløb; Antal medarbejdere; Omfattet af; Behandlet; Behandlingsdato; Sagsbehandlerskift;
assignment_group; reassignment_count; Aktivitetsnavn; Teamnavn; Målgruppe; Årsag til afslutning; By; Bynavn; Byg; Status; location; Standby; <script>; %; æøå; Stand;
Del af; Heraf; Deraf; stand by; group by; Grouped by; sort by; Sorted by; Team id; Brugergruppe nr; Antal brugere; number of users; count of workers; no of owners; Sagsbehandler antal; Navngivning; Filnavn; Vejleder type kode"""


@pytest.mark.parametrize(("headers", "whom"), [(EMPLOYEES, "employees"), (CITIZENS, "citizens"), (NOBODY, None)])
def test_a_header_says_whom_it_names(headers, whom):
    listed = [header.strip() for header in headers.split(";")]
    assert {header: named_by_header(header) for header in listed} == dict.fromkeys(listed, whom)


@pytest.mark.parametrize("header", ["Rådgiver", "Ra\u030adgiver", "R\u200bådgiver", "  rådgiver  ", "RÅDGIVER"])
def test_the_spelling_of_a_letter_hides_no_employee(header):
    assert named_by_header(header) == "employees"


def test_no_column_of_events_that_logsyn_derives_is_taken_for_persons():
    derived = {name for table in TABLES if table.name in ("event_facts", "events", "labels", "cases") for name in (*table.columns, *table.optional)}
    assert derived
    assert {name for name in derived if is_protected(str(name))} <= {"case_id", "resource", "text"}
