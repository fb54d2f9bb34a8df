"""Values that look like persons: initials, logins, mail addresses, names; whatever the header of their column says."""

from __future__ import annotations

from logsyn.validator.database.sql import literal
from logsyn.validator.personal.contacts import MAIL
from logsyn.validator.personal.folding import sql_of_folded
from logsyn.validator.personal.special import ANY

MOST_PERSONS = 0.8
"""Share of the distinct values of a column that must look like persons, so that the column is taken to name them."""

_KNOWN_NAMES = 0.25
"""Of values written as a name is, the share that must have a usual first name or a surname in -sen: teams are written so, too."""

_SHARED = 0.5
"""The share of the values of a column that must be among those of the column of employees."""

_INITIALS = r"[A-ZÆØÅ]{2,4}[0-9]{0,2}"
_LOGIN = r"[A-Za-zÆØÅæøå]{1,4}[-_]?[0-9]{3,6}"
_MARKED = rf"(?:{_INITIALS} ?[-–:/] ?)?"  # noqa: RUF001 - dashes as people write them
_NAME = rf"{_MARKED}\p{{Lu}}[\p{{Ll}}'’]+(?:[- ]\p{{Lu}}(?:[\p{{Ll}}'’]*|[.])){{1,3}}(?: ?[(\[][^)\]]*[)\]])?"  # noqa: RUF001
_REVERSED = r"\p{Lu}[\p{Ll}'’-]+, ?\p{Lu}[\p{L}.' -]*"  # noqa: RUF001

ADDRESS = r"(?i)\p{L}(?:vej|gade|allé|alle|stræde|torv|plads|vænge|parken|boulevard)(?:en|et)? +[0-9]{1,3}[A-Za-z]?(?:$|[^0-9])"
"""A street and a number in a text."""
_PHONE = r"(?:[+]45 ?)?[0-9]{2}(?: [0-9]{2}){3}"

# What consists of two to four capitals and is nobody's initials: answers, currencies, laws, days, months, words of systems;
# nor are words of sickness and the like: SYG, RASK.
_CODES = (
    "JA|NEJ|YES|NO|OK|NA|OPEN|NEW|DONE|NULL|TRUE|SAND|MAND|DKK|EUR|USD|SEK|NOK|GBP|DK|EN|DA|SE|DE|UK|US|EU|LAB|LAS|LSD|LASD|KMD|IT|HR|RPA|BI|ESDH|CPR|CVR|SMS"
    "|MAIL|WEB|PDF|CSV|XES|API|ON|OFF|MAN|TIR|ONS|TORS|FRE|LOR|SON|MON|TUE|WED|THU|FRI|SAT|SUN|JAN|FEB|MAR|APR|MAJ|MAY|JUN|JUL|AUG|SEP|OKT|OCT|NOV|DEC"
)

_FIRST_NAMES = (
    "Peter|Michael|Lars|Jens|Thomas|Henrik|Søren|Christian|Martin|Jan|Morten|Niels|Jesper|Anders|Hans|Mads|Rasmus|Per|Ole|Kim|Mikkel|Kasper|Jakob|Jacob|Frederik|Erik|Simon"
    "|Andreas|Daniel|Bo|Emil|Claus|Klaus|Jonas|Alexander|Carsten|Finn|Brian|Torben|Allan|Sebastian|Mathias|Magnus|John|Knud|René|Steen|Flemming|Svend|Poul|Ali|Mohammad|Mohamed"
    "|Anne|Mette|Kirsten|Hanne|Anna|Susanne|Helle|Lene|Marianne|Maria|Lone|Camilla|Inge|Pia|Louise|Charlotte|Karen|Bente|Tina|Julie|Ida|Emma|Gitte|Jette|Sofie|Rikke|Line|Signe"
    "|Birgit|Ulla|Sanne|Heidi|Dorte|Dorthe|Maja|Laura|Jonna|Ellen|Birthe|Vibeke|Lotte|Sara|Cecilie|Else|Nanna|Trine|Malene|Katrine|Kristine|Christina|Mia|Pernille|Stine|Tove"
    "|Annette|Merete|Rie|Bodil|Fatima|Aisha|James|Mary|Robert|Patricia|David|Jennifer|William|Linda|Elizabeth"
)
_USUAL = rf"(?:^|[^\p{{L}}])(?:{_FIRST_NAMES})(?:$|[^\p{{L}}])|\p{{Ll}}sen(?:$|[^\p{{L}}])"


def sql_of_persons(words: str, of_employees: str) -> str:
    """SQL of an aggregate over the distinct values of a column: whether they name persons who register, or may. No value: NULL or false.

    Args:
        words: SQL of a value, a text without spaces around it.
        of_employees: SQL that says whether a value is among those of the column of employees.
    """
    other = f"regexp_full_match({words}, {literal(_CODES)}) OR regexp_matches({sql_of_folded(words)}, {literal(ANY)})"
    initials = f"(regexp_full_match({words}, {literal(_INITIALS)}) AND NOT ({other}))"
    short = f"regexp_full_match({words}, {literal(f'(?:{_LOGIN}|{MAIL}|{_FIRST_NAMES})')})"
    return f"{_share(f'{initials} OR {short}')} >= {MOST_PERSONS} OR {sql_of_names(words)} OR {_share(of_employees)} >= {_SHARED}"


def sql_of_names(words: str) -> str:
    """SQL of an aggregate over the distinct values of a column: whether they are names of persons, written out."""
    named = f"(regexp_full_match({words}, {literal(_NAME)}) OR regexp_full_match({words}, {literal(_REVERSED)}))"
    usual = f"regexp_matches({words}, {literal(_USUAL)})"
    return f"({_share(named)} >= {MOST_PERSONS} AND {_share(usual)} >= {_KNOWN_NAMES})"


def sql_of_homes(words: str) -> str:
    """SQL of the same for postal addresses and phone numbers, by which citizens are found and never those who register."""
    return f"{_share(f'regexp_matches({words}, {literal(ADDRESS)}) OR regexp_full_match({words}, {literal(_PHONE)})')} >= {MOST_PERSONS}"


def _share(condition: str) -> str:
    return f"count(*) FILTER ({condition}) / count(*)"
