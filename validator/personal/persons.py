"""Whom the values of a column name, by its header: employees, or citizens and others."""

from __future__ import annotations

import re
from typing import Literal

from logsyn.validator.personal.folding import folded_words

Named = Literal["employees", "citizens"]

# Participle and "af": Oprettet af, Godkendt af, Closed by. A law is no employee (Omfattet af), nor is a town (By).
_AGENT = r"\b(?:[a-z]+(?:e?t|ed|en|de|n))(?: ?af| by)$|(?:et|dt|gt|rt|ed)(?:af|by)$|\baf$"
_EMPLOYEE = re.compile(
    r"sagsbeh|\bsagsb\b|medarb|initial|\binit?\b|ansvarlig|raadgiver|radgiver|konsulent|vejleder|koordinator|kontaktperson|visitator|forfatter"
    r"|fagperson|tovholder|jobformidler|\bbehandler|\bmentor\b|\bejer\b|\bleder\b|(?:team|afdelings|centers?|kontor|sektions|gruppe)leder|loen ?(?:nummer|nr)\b|tjenestenummer"
    r"|\bbrugere?\b|bruger ?(?:navn|id|nummer|nr|kode|ident)|tildelt(?: til)?$|visiteret til$|\bkollega"
    r"|employee|case ?(?:worker|manager|handler|owner|officer)|\bworker|\bstaff\b|\buser\b|user ?(?:name|id)|\bresource\b|\bressource\b"
    r"|\blogin\b|\blogon\b|assignee|assigned ?to|\bowner|\bagent\b|\bhandler\b|performer|\boperator\b|adviser|advisor|counsell?or|consultant"
    r"|\bmanager|supervisor|\bauthor\b|approver|reviewer|\bclerk|\bofficer\b|\bactor\b|\boriginator\b"
    rf"|{_AGENT}"
)
_NO_AGENT = re.compile(r"omfattet af$|\bdel af$|heraf$|deraf$|stand ?by$|group(?:ed)? by$|sort(?:ed)? by$")
# The last word says what stands there: a team, a role, a count or a time, and no person.
_OTHER_HEAD = re.compile(
    r"(?:\b|[a-z])(?:team|enhed|afdeling|forvaltning|center|centret|gruppe|group|unit|department|type|rolle|role|antal|count|skift|skifte"
    r"|dato|date|tidspunkt|tid|time|kl|kategori|category|status|titel|stilling|niveau|level|queue|forloeb)(?: (?:id|kode|code|nr|navn|name))?$"
    r"|^(?:antal|number of|count of|no of) "
)
_CITIZEN = re.compile(
    r"\bcpr(?: ?(?:nr|nummer|no|number|id))?$|personn(?:ummer|r)\b|person ?(?:nummer|nr|id|number)\b|\bssn\b|^navn\b(?: ?\d*)$|^(?:full ?)?name$|fornavn|efternavn|mellemnavn|fulde ?navn"
    r"|(?:first|last|full|sur|given|family|maiden) ?name\b|(?:borger|klient|patient|person|kunde|ansoeger|barnets|aegtefaelles?|partners?|samlevers?|paaroerendes?|kontakt) ?(?:ens|s)? ?navn"
    r"|(?:citizen|client|patient|customer|person|applicant|child|contact|spouse)s? ?name|^borger(?: ?(?:id|nummer|nr|noegle))?$|^(?:citizen|client|customer|caller|applicant|requester)(?: ?(?:id|no|number))?$"
    r"|adresse|^address|(?:home|street|mail(?:ing)?) ?address|vejnavn|husnummer|gadenavn|\btelefon|\btlf\b|\bmobil(?:nr|nummer|telefon)?\b|\bphone|e ?mail\b|^mail|mailadresse"
    r"|foedselsdato|foedselsdag|foedt$|birth|\bdob\b|bankkonto|kontonummer|kontonr|\biban\b|aegtefaelle|samlever|paaroerende|\bspouse"
)


def named_by_header(header: str) -> Named | None:
    """Whom a header says that a column names; None: it does not say."""
    words = re.sub(r"(?: \d+)+$", "", folded_words(header))
    if _EMPLOYEE.search(words) and not _NO_AGENT.search(words) and not _OTHER_HEAD.search(words):
        return "employees"
    return "citizens" if _CITIZEN.search(words) else None
