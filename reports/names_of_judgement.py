"""Owns the names of codes about answers, steps, suitability, acceptance and what fails together, and what each measure means."""

from __future__ import annotations

from typing import Final

from logsyn.reports.language import N_

FITNESS_OF_SELECTION: Final = {
    "fit": N_("No reservations among the rules that were run"),
    "fit_with_reservations": N_("Fit with reservations at best"),
    "not_fit": N_("Not fit"),
}
"""What can be said when only some of the rules were run."""

ACCEPTANCE: Final = {
    "accepted": N_("Accepted"),
    "partly_accepted": N_("Partly accepted"),
    "expired": N_("Acceptance has run out"),
    "unused": N_("Accepted, but nothing to accept"),
}

SCOPES: Final = {"team": N_("Team"), "activity": N_("Activity"), "month": N_("Month")}

UNITS: Final = {"rows": N_("rows"), "cases": N_("cases")}

CRITERIA: Final = {"met": N_("Shown"), "not_met": N_("Not met"), "not_evaluated": N_("Not shown")}

MATURITY: Final = {
    "1": N_("What is registered may differ from what happened, and something may be missing."),
    "2": N_("Registered along the way in a system, but neither systematically nor completely."),
    "3": N_("What is registered can be trusted, but it is not complete."),
    "4": N_("Registration is true, complete and systematic."),
    "5": N_("Registration is true, complete and systematic, with a clear meaning and with care for the citizens."),
}

MEASURES: Final = {
    "volume": N_("Volume"),
    "period": N_("Observed period"),
    "required-fields": N_("Rows with case, activity and time"),
    "time-of-day": N_("Registrations with a time of day"),
    "events-per-case": N_("Registrations per case"),
    "variants-per-case": N_("Different courses per case"),
    "own-variant": N_("Cases with a course of their own"),
    "labels": N_("Activity names that cover 95 per cent of the registrations"),
    "free-text": N_("Columns with free text"),
    "cut-at-start": N_("Cases that may have begun before the period"),
    "cut-at-end": N_("Cases that may go on after the period"),
}

MEASURES_MEAN: Final = {
    "volume": N_(
        "The less there is, the more a single case weighs. Divided by team or month, each part must still be large enough."
    ),
    "period": N_(
        "The period should be several times as long as a case lasts; otherwise the long cases are seen in part only."
    ),
    "required-fields": N_(
        "The three fields that must be there. Mining tools leave the other rows out, often without saying so."
    ),
    "time-of-day": N_(
        "Without a time of day nobody can see what came first on the same day, and short waiting times disappear."
    ),
    "events-per-case": N_("A course takes several steps. With one or two per case there is hardly any process to see."),
    "variants-per-case": N_(
        "Near 1, nearly every case goes its own way, and a map of all cases becomes a tangle: look at parts of the process or at the commonest steps. Near 0, the cases follow few tracks."
    ),
    "own-variant": N_(
        "These cases resemble no other from beginning to end. An analysis of whole courses tells little of them; one of single steps still does."
    ),
    "labels": N_(
        "Few names for most of the registrations suggest fixed categories. When it takes most of the names, the field resembles free text or holds many local names."
    ),
    "free-text": N_(
        "What stands only in free text is not part of a process map. It may also hold what must not be passed on."
    ),
    "cut-at-start": N_(
        "Their first steps may be missing, so their throughput time may be too short. It is an upper bound: some of them really did begin then."
    ),
    "cut-at-end": N_(
        "Their last steps may be missing, so leave them out of throughput times, or count them as open. It is an upper bound: some of them really did end then."
    ),
}

ANSWERS: Final = {
    "can_be_answered": N_("Can be answered"),
    "small_reservations": N_("Can be answered, with small reservations"),
    "great_reservations": N_("Can be answered, with great reservations"),
    "cannot_be_answered": N_("Cannot be answered"),
    "not_known": N_("Not known"),
}

WHO: Final = {
    "leader": N_("The leaders"),
    "domain-expert": N_("Those who know the work"),
    "bi-consultant": N_("The BI consultant"),
    "supplier": N_("The supplier of the system or the extract"),
}

TAKES: Final = {
    "minutes": N_("some minutes' work on the extract"),
    "agreement": N_("an agreement"),
    "new-extract": N_("a new extract"),
}
