"""The measure of a finding for one question as a sentence: how many cases it puts in doubt, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from logsyn.validator.consequence.wording import Words
    from logsyn.validator.record import Consequence


def measured(question: str, check: str, known: Consequence, words: Words) -> str:
    """How many cases the finding puts in doubt for a question; nothing where nothing was worked out."""
    doubt = next((one for one in known.doubts if one.question == question), None)
    if doubt is None:
        return ""
    if doubt.cases is None:
        return _NOT_COMPUTED[words.lang]
    if not doubt.cases.count:
        return _NO_CASE[question][words.lang]
    cases, share = words.cases(doubt.cases.count), words.share(doubt.cases.count, doubt.cases.of)
    sentences = _UNKNOWN if known.as_if == "unknown" else _BY_DEADLINE if question == "deadlines" and check not in _OF_REGISTRATION else _MEASURED[question]
    return sentences[words.lang].format(cases=cases, share=share)


_NOT_COMPUTED = {
    "da": "Det kan ikke regnes ud, hvilke sager det angår.",
    "en": "It cannot be worked out which cases it concerns.",
}
_UNKNOWN = {
    "da": "I tvivl er {cases} ({share}), for ingen kan se, hvad der skulle have stået.",
    "en": "In doubt: {cases} ({share}), since nobody can tell what should have been there.",
}
_MEASURED = {
    "throughput-time": {
        "da": "Varigheden flytter sig mere end 5\u202f% i {cases} ({share}).",
        "en": "The duration moves by more than 5% in {cases} ({share}).",
    },
    "order": {
        "da": "Rækkefølgen bliver en anden i {cases} ({share}).",
        "en": "The order becomes another in {cases} ({share}).",
    },
    "occurrence": {
        "da": "Der er et trin mere eller mindre i {cases} ({share}).",
        "en": "There is a step more or less in {cases} ({share}).",
    },
    "workload": {
        "da": "I {cases} ({share}) tæller registreringer hos et andet team, i en anden måned eller slet ikke.",
        "en": "In {cases} ({share}) registrations count for another team, in another month or not at all.",
    },
    "deadlines": {
        "da": "I {cases} ({share}) afhænger det af registreringen, om en frist ser ud til at være holdt.",
        "en": "In {cases} ({share}) it depends on the registration whether a deadline seems to have been kept.",
    },
}
_OF_REGISTRATION = ("backdated-registration", "registered-before-event")
"""What the time of registration decides; elsewhere it is the time to which something must be done, or the row itself."""

_BY_DEADLINE = {
    "da": "I {cases} ({share}) kan det ikke ses, om en frist er holdt.",
    "en": "In {cases} ({share}) it cannot be seen whether a deadline was kept.",
}

_NO_CASE = {
    "throughput-time": {
        "da": "Ingen sags varighed flytter sig mere end 5\u202f%.",
        "en": "The duration of no case moves by more than 5%.",
    },
    "order": {"da": "Rækkefølgen er den samme i alle sager.", "en": "The order is the same in every case."},
    "occurrence": {"da": "Ingen sag får et trin mere eller mindre.", "en": "No case gains or loses a step."},
    "workload": {
        "da": "Registreringerne tæller hos de samme team i de samme måneder.",
        "en": "The registrations count for the same teams in the same months.",
    },
    "deadlines": {"da": "Ingen sag er berørt.", "en": "No case is concerned."},
}
