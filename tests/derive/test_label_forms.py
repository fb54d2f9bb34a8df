"""What varies in a label by its form, what is a name in it, what is its base, and which labels have one stem: at their edges."""

import pytest

from logsyn.validator.derive.label_bases import base_labels
from logsyn.validator.derive.label_marks import mask, mask_names
from logsyn.validator.derive.label_pairs import alike_in_words
from logsyn.validator.derive.label_templates import find_templates

MONTHS = """jan januar january feb februar february mar marts march apr april maj may jun juni june jul juli july aug august sep sept september
okt oct oktober october nov november dec des december""".split()


@pytest.mark.parametrize(
    "varies",
    [
        "2023-01-02", "2.1.2023", "02/01/23", "2023-01-02 10:30", "2023-01-02T10:30:15", "2023-01-02 10:30:15.123", "2.1.2023 kl. 10.30", "2.1.2023 kl 10.30", "2.1.2023 kl.10.30", "2.1.2023T10:30",
        "2. marts", "2 marts 2023", "2.marts", "02. mar. 23", "marts 2", "Mar. 2, 2023", "MARTS 2023", "10:30", "9:05:59", "a.b+c@mail-x.dk", "123e4567-e89b-12d3-a456-426614174000",
        "12345", "1234567", "AB12345", "a1b2",
    ],
)  # fmt: skip
def test_a_form_that_alone_says_that_it_varies(varies):
    found = mask(f"Møde {varies}")
    assert (found.text, found.is_certain) == ("Møde …", True)


@pytest.mark.parametrize("month", MONTHS)
def test_a_day_of_any_month_varies(month):
    assert [mask(text).text for text in (f"Brev 3. {month}", f"Brev 13 {month.title()} 2023", f"Brev {month} 3")] == ["Brev …"] * 3


@pytest.mark.parametrize("label", ["LÆ265", "LÆ 265", "§ 118", "Team3", "Team12b", "Team123", "Møde", "CV-samtale", "X9", "KLAR 12", "mark 2-delt x"])
def test_codes_and_words_do_not_vary(label):
    found = mask(label)
    assert not found.is_certain
    assert found.text == label or found.values == ("2",)


@pytest.mark.parametrize(("label", "values"), [("Sag 1234", ("1234",)), ("Fase 1 af 3", ("1", "3")), ("klar 12", ("12",)), ("KLARE 12", ("12",)), ("Sag § 12 nr 3", ("3",))])
def test_short_numbers_may_vary(label, values):
    found = mask(label)
    assert (found.values, found.is_certain) == (values, False)


@pytest.mark.parametrize(
    ("label", "text", "values", "certain"),
    [
        ("Møde med Hanne Jensen", "Møde med …", ("Hanne Jensen",), True), ("Møde med Hanne", "Møde med …", ("Hanne",), True), ("Møde - Hanne", "Møde - …", ("Hanne",), False),
        ("Møde: Hanne Jensen", "Møde: …", ("Hanne Jensen",), True), ("Hanne Jensen: møde", "…: møde", ("Hanne Jensen",), True), ("Hanne: møde", "Hanne: møde", (), False),
        ("Møde med H. Jensen", "Møde med …", ("H. Jensen",), True), ("Møde med Anne-Marie Holm", "Møde med …", ("Anne-Marie Holm",), True), ("Møde med HR", "Møde med HR", (), False),
        ("Møde Hanne", "Møde Hanne", (), False), ("Møde", "Møde", (), False), ("Brev til Bo og Ib", "Brev til … og …", ("Bo", "Ib"), True), ("Brev (Bo)", "Brev (…)", ("Bo",), False),
    ],
)  # fmt: skip
def test_what_is_written_as_a_name_behind_a_word_or_a_sign(label, text, values, certain):
    found = mask_names(label)
    assert (found.text, found.values, found.is_certain) == (text, values, certain)


@pytest.mark.parametrize(
    ("labels", "bases"),
    [
        (["Trin 0", "Trin 1"], ["trin", "trin"]), (["Trin 1", "Trin 2", "Trin 6"], ["trin"] * 3), (["Trin 1", "Trin 2", "Trin 7"], ["trin 1", "trin 2", "trin 7"]),
        (["Trin 2", "Trin 3"], ["trin 2", "trin 3"]), (["Trin 1"], ["trin 1"]), (["Trin_1", "Trin-2", "Trin (3)", "Trin #4", "trin/5", "Trin.6"], ["trin"] * 6), (["Trin 1", "Trin 123"], ["trin 1", "trin 123"]),
        (["Brev", "Brev_kopi", "Brev - sendt", "Brev/ny", "Brev (rettet)", "Brev-kopi", "Breve"], ["brev"] * 5 + ["brev kopi", "breve"]), (["Brev_kopi"], ["brev kopi"]),
        (["Brev", "Brev_kopi", "Brev_kopi_2"], ["brev"] * 3), (["Brev_kopi", "Brev_kopi: 2023"], ["brev kopi"] * 2),
    ],
)  # fmt: skip
def test_the_base_of_labels_is_what_they_say_without_numbers_and_additions(labels, bases):
    assert list(base_labels(labels, {}).values()) == bases


@pytest.mark.parametrize(
    ("labels", "additions"),
    [
        (["Brev", "Brev - sendt"], ([], ["sendt"])), (["Brev_ny", "Brev_gammel"], (["ny"], ["gammel"])), (["Brev (a b c)", "Brev"], (["a", "b", "c"], [])), (["Brev (a b c d)", "Brev"], None),
        (["Kob", "Kob: x"], ([], ["x"])), (["Ko", "Ko: x"], None), (["W_Complete", "W_Start"], None), (["Møde", "Møde i klub"], ([], [])), (["Møde", "Møde i ny klub"], None), (["Mø", "Mø i"], None),
        (["Møde", "Mode"], None), (["Telefonsamtale", "Telefon samtale"], "spelling"), (["Planlægning", "Planlægnng"], "spelling"), (["Brev 12", "Brev 13"], None),
    ],
)  # fmt: skip
def test_two_labels_are_one_stem_with_other_additions_or_other_spellings(labels, additions):
    found = alike_in_words(labels)
    assert found == ({} if additions is None else {(0, 1): None if additions == "spelling" else additions})


@pytest.mark.parametrize(("many", "told"), [(29, True), (30, False)])
def test_more_labels_of_one_stem_than_thirty_are_no_synonyms(many, told):
    letters = [f"{a}{b}" for a in "abcdefg" for b in "vwxyz"][:many]
    assert bool({pair for pair, how in alike_in_words(["Brev", *(f"Brev: {a * 3}" for a in letters)]).items() if how and how[1] and not how[0]}) is told


@pytest.mark.parametrize(
    ("labels", "events", "template"),
    [
        (["Sag 4711", "Sag 9"], 1, "Sag …"), (["Sag 4711", "Sag 9"], 10, "Sag …"), (["Sag 4711", "Sag 9"], 11, None), (["Fase 1", "Fase 4"], 1, None), (["Fase 1", "Fase 5"], 1, "Fase …"),
        (["Møde 1.2.2023", "Møde 3.4.2023"], 500, "Møde …"), (["Møde 1.2.2023"], 1, None), (["Møde med Bo", "Møde med Ib"], 5, "Møde med …"), (["Møde med Bo", "Møde med Ib"], 6, None),
        (["Møde - Bo", "Møde - Ib"], 1, None), (["Møde - Bo", "Møde - Ib", "Møde - Eva", "Møde - Tue", "Møde - Liv"], 1, "Møde - …"),
        (["Møde med Bo Holm", "Møde med Ib Holm"], 5, "Møde med …"), (["1234567", "7654321"], 1, None),
    ],
)  # fmt: skip
def test_a_template_has_two_variants_that_hardly_come_back(labels, events, template):
    found = find_templates(labels, [events] * len(labels))
    assert {one.text for one in found.values()} == ({template} if template else set())
