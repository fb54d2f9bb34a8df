"""Checks of labels on faults that the generator puts into Danish labels, and on logs that have none."""

import time
from pathlib import Path
from random import Random

import duckdb
import pytest

from benchmarks.accuracy.injected import score_names
from logsyn.validator.derive.label_bases import base_labels
from logsyn.validator.derive.label_pairs import alike_in_words
from logsyn.validator.derive.label_similarity import find_distorted
from logsyn.validator.derive.label_templates import find_templates
from sample_logs.generator.names import (
    ADDITIONS,
    SECOND_NAMES,
    with_a_name_of_its_own,
    with_additions,
    with_alternatives,
    with_second_names,
    with_slips,
)

SAMPLES = Path(__file__).parents[2] / "sample_logs"
PRACTICE_LABELS = sorted({
    *(label for (label,) in duckdb.sql(f"SELECT DISTINCT Aktivitet FROM read_csv('{SAMPLES / 'clean.csv'}', delim=';')").fetchall()),
    "LÆ121", "LÆ125", "LÆ131", "LÆ135", "LÆ265 anmodet", "LÆ265 modtaget - original", "Planlagt samtale", "Afholdt samtale",
    "Jobklub start", "Jobklub slut", "CV godkendt", "CV ikke godkendt", "Samtale (anden)", "Samtale under sygdom",
})  # fmt: skip
UNLIKE = ("other form", "a word more", "other words")


def test_slips_of_the_keyboard_are_found():
    one = score_names(with_slips(3), "distorted-label")
    assert (one.precision, one.recall) == (pytest.approx(1, abs=0.01), pytest.approx(1, abs=0.03))


@pytest.mark.parametrize("form", ADDITIONS)
def test_labels_with_what_varies_are_found(form):
    labels = [event.activity for event in with_additions(5, form, cases=150)]
    faulty = {event.activity for event in with_additions(5, form, cases=150) if event.is_faulty}
    counts = {label: labels.count(label) for label in sorted(set(labels))}
    assert set(find_templates(list(counts), list(counts.values()))) == faulty


@pytest.mark.parametrize("form", [form for form in SECOND_NAMES if form not in UNLIKE])
def test_a_second_name_of_an_activity_is_found(form):
    one = score_names(with_second_names(7, form), "synonymous-label")
    assert (one.wrong, one.missed) == (0, 0)
    assert one.right > 0


@pytest.mark.parametrize("form", UNLIKE)
def test_a_name_that_is_hardly_alike_or_that_says_more_is_no_synonym_to_the_check(form):
    assert score_names(with_second_names(7, form), "synonymous-label").right == 0


@pytest.mark.parametrize("by", ["team", "time"])
def test_a_name_that_says_more_is_one_where_a_team_or_a_time_has_it_to_itself(by):
    one = score_names(with_a_name_of_its_own(7, "a word more", by), "synonymous-label")
    assert (one.wrong, one.missed) == (0, 0)
    assert one.right > 0


@pytest.mark.parametrize("label", ["Visitation", "Telefonisk kontakt"])
def test_two_outcomes_of_a_step_are_no_synonyms(label):
    assert score_names(with_alternatives(7, label), "synonymous-label").wrong == 0


def test_usual_labels_are_neither_slips_nor_templates():
    usual = [100] * len(PRACTICE_LABELS)
    assert find_distorted(PRACTICE_LABELS, usual, 5) == []
    assert find_templates(PRACTICE_LABELS, [1] * len(PRACTICE_LABELS)) == {}


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Fraflyttet", "Fraflyttet kommunen", True),
        ("Telefonisk kontakt", "Telefonkontakt", True),
        ("Jobsamtale", "Jobsamtale (Team Øst)", True),
        ("CV-samtale", "Jobsamtale", False),
        ("Planlagt samtale", "Afholdt samtale", False),
        ("Jobklub start", "Jobklub slut", False),
        ("LÆ121", "LÆ125", False),
        ("CV godkendt", "CV ikke godkendt", False),
        ("Sygemelding", "Raskmelding", False),
        ("Tilbud bevilget", "Tilbud afvist", False),
    ],
)
def test_which_labels_are_alike_in_words(one, other, alike):
    assert bool(alike_in_words([one, other])) == alike


def test_the_base_of_a_label():
    labels = [
        "Afgørelse",
        "Afgørelse_kopi1",
        "Afgørelse (rettet)",
        "CV",
        "CV-samtale",
        "LÆ121",
        "LÆ125",
        "Trin 1",
        "Trin 2",
    ]
    bases = base_labels(labels, {})
    assert [bases[label] for label in labels] == [
        "afgørelse", "afgørelse", "afgørelse", "cv", "cv samtale", "læ121", "læ125", "trin", "trin",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("label", "of", "events", "slip"),
    [
        ("Trin A", "Trin B", 1, False),  # a letter of its own is a code, however rare
        ("Svar nok", "Svar nik", 19, True), ("Svar nok", "Svar nik", 20, False), ("Svar klar", "Svar klor", 20, True),
        ("abcdefghijk", "abcdefghixy", 1, False), ("abcdefghijk", "abcdefghijy", 1, True),  # one slip in eleven letters
        ("abcdefghijkl", "abcdefghijxy", 1, True), ("abcdefghijkl", "abcdefghixyz", 1, False),  # two in twelve
        ("Møde 12 dage", "Møde 13 dage", 1, False),  # other digits are another thing
    ],
)  # fmt: skip
def test_what_is_a_slip_and_what_a_code(label, of, events, slip):
    found = find_distorted([label, of], [events, 1000], 5)
    assert [(one.activity, one.of) for one in found] == ([(label, of)] if slip else [])


@pytest.mark.parametrize(("events", "found"), [(200, 1), (201, 0)])
def test_the_other_label_must_be_so_many_times_as_frequent(events, found):
    assert len(find_distorted(["Samtalle", "Samtale"], [events, 1000], 5)) == found


def test_many_labels_take_no_quadratic_time():
    # A Python loop over all pairs of these would take minutes.
    rng = Random(1)
    syllables = [a + v + b for a in "kstbmlr" for v in "aeiouyæøå" for b in "lnrdt"]
    labels = sorted(
        {" ".join("".join(rng.choices(syllables, k=3)) for _ in range(rng.randint(1, 3))) for _ in range(20_000)}
    )
    events = [int(rng.paretovariate(0.8)) for _ in labels]
    start = time.perf_counter()
    found = find_distorted(["Indkaldelse", "Indkadelse", *labels], [100_000, 1, *events], 5)
    find_templates(labels, events)
    alike_in_words([label for label, number in zip(labels, events, strict=True) if number > 2])
    assert found[0].of == "Indkaldelse"
    assert time.perf_counter() - start < 30


WORDS = "afslag brev notat kort svar møde opkald bilag journal ansøgning referat".split()


@pytest.mark.parametrize(
    ("labels", "events", "template"),
    [
        ([f"sendt {word}" for word in WORDS[:10]], 2, "sendt …"),
        ([f"{word} er modtaget" for word in WORDS[:10]], 2, "… er modtaget"),
        ([f"{word}, modtaget" for word in WORDS[:10]], 1, "… , modtaget"),
        ([f"SENDT {word}" if at % 2 else f"sendt {word}" for at, word in enumerate(WORDS)], 1, "sendt …"),
        ([f"sendt {word}" for word in WORDS[:9]], 1, None),  # too few
        ([f"{word} er modtaget" for word in WORDS[:9]], 1, None),
        ([f"sendt {word}" for word in WORDS[:10]], 3, None),  # they come back
        ([f"{word} er modtaget" for word in WORDS[:10]], 3, None),
        ([f"nr {word}" for word in WORDS], 1, None),  # what is left says nothing
    ],
)
def test_what_is_continued_in_a_new_way_nearly_each_time_is_a_template_by_its_beginning_or_its_end(labels, events, template):
    found = find_templates(labels, [events] * len(labels))
    assert {(one.text, one.variants) for one in found.values()} == ({(template, len(labels))} if template else set())
    assert set(found) == (set(labels) if template else set())
