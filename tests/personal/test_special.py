"""The words by which special matters are recognised, in Danish and English, in any spelling; and words that only look like them."""

import duckdb
import pytest

from logsyn.validator.database.sql import literal
from logsyn.validator.personal.folding import sql_of_folded
from logsyn.validator.personal.special import ANY, ORDER, TARGET_GROUPS, TERMS, matters_of_header

TOLD = {
    "health": """Sygemelding; SYGEMELDT; Raskmelding; LÆ265 modtaget; LÆ 125; laegeattest; Sygedagpengemodtager; førtidspension; Ressourceforløb; Fleksjobvisitation; jobafklaringsforløb;
        Revalidering; Samtale under sygdom; Nedsat arbejdsevne; Helbredsoplysninger; psykolog; Stress; Gravid; Diagnose; sick_leave; Medical certificate; Disability pension; Hospital; S\u200bygemelding""",
    "union": "Fagforening; trade union; Fagligt medlemskab; union_member",
    "religion": "Religion; Trossamfund; Folkekirken",
    "ethnicity": "Etnicitet; Herkomst; ethnic group; Ikke-vestlig; Flygtning; race",
    "politics": "Politisk tilhørsforhold; partimedlem",
    "sex_life": "Seksuel orientering; sexual orientation",
    "biometrics": "Biometri; Genetiske data",
    "crime": "Straffeattest; Kriminalforsorgen; Sigtet; Løsladt; I fængsel; prison; Convicted",
    "children": "Hjemmeboende børn; BOERN; Barnets skole; Anbragt; Forældremyndighed; children",
}
NOTHING = """Underretning til a-kasse; Samtale (anden); Jobsamtale; Kontanthjælp; Beskæftigelsespolitisk indsats; trace; Afsluttet; Konversation; Anlægning; enabled; disabled; Brask; Frisk start; Doms;
Diverse; Besked til borger; Partshøring; CV-samtale; Udebleven; Union Square; Overenskomst; A-kasse; Statsborgerskab; Kirkegade; 6.1; Praktik; Indsats; Reception; Departmental; <script>; %"""


def listed(texts):
    return [text.strip() for text in texts.split(";")]


@pytest.mark.parametrize(("matter", "texts"), TOLD.items())
def test_a_header_tells_of_a_special_matter(matter, texts):
    assert [text for text in listed(texts) if matter not in {term.matter for term in matters_of_header(text)}] == []


def test_what_only_looks_like_one_is_none():
    assert {text: found for text in listed(NOTHING) if (found := matters_of_header(text))} == {}


def test_the_database_finds_in_values_what_a_header_tells():
    texts = [text for told in (*TOLD.values(), NOTHING) for text in listed(told)]
    asked = ", ".join(f"regexp_matches(folded, {literal(term.form)})" for term in TERMS)
    rows = duckdb.sql(
        f"SELECT words, regexp_matches(folded, {literal(ANY)}), [{asked}] FROM (SELECT words, {sql_of_folded('words')} AS folded FROM unnest({literal(texts)}) AS t(words))"
    ).fetchall()
    found = {words: tuple(term for term, holds in zip(TERMS, there, strict=True) if holds) for words, _, there in rows}
    assert {words: terms for words, terms in found.items() if terms != matters_of_header(words)} == {}
    assert all(may == bool(found[words]) for words, may, _ in rows)


@pytest.mark.parametrize(("code", "tells"), [("6.6", True), ("6.10", True), ("§ 6, nr. 6.11", True), ("6,9", True), ("§ 6, nr. 9", True), ("§ 6, nr. 1", False), ("2.5", True), ("6.1", False), ("6.5", False), ("2.1", False), ("2.12", False), ("16.6", False), ("6.61", False)])
def test_target_groups_are_told_by_their_number(code, tells):
    assert duckdb.sql(f"SELECT regexp_matches({literal(code)}, {literal(TARGET_GROUPS.term.form)})").fetchone() == (tells,)


def test_no_term_is_told_twice():
    assert len(ORDER) == len(TERMS) + 1 == len({term.da for term in ORDER}) == len({term.en for term in ORDER})
