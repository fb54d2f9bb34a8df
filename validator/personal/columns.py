"""Judges each column of an extract: personal data or not, special categories among them, and why. Reasoned in docs/personal-columns.md."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from logsyn.expectations.source import TIME_COLUMNS
from logsyn.validator.personal import reasons
from logsyn.validator.personal.folding import folded_words
from logsyn.validator.personal.persons import named_by_header
from logsyn.validator.personal.special import ARTICLE_9, ARTICLE_10, ORDER, matters_of_header
from logsyn.validator.record import PersonalData

if TYPE_CHECKING:
    from collections.abc import Iterator

    from logsyn.expectations.text import Text
    from logsyn.validator.personal.special import Term
    from logsyn.validator.record import Column, PersonalAnswer

FEWEST_CASES = 5
"""Of fewer cases it is not said that a column tells of none of them."""

_MOST_TERMS = 3
_MANY = 0.5
"""The share of filled rows that have a value of their own, from which a value may point at one citizen."""

_NEVER_NO: Final = frozenset({"case_id", "activity", *TIME_COLUMNS, "resource", "team", "status", "text"})
"""Canonical columns that tell of a case, whatever stands in them."""

_ROW_NUMBER = re.compile(r"^(?:loebe?|raekke|linje|post|record|row|line|seq|sekvens)[a-z]*(?: ?(?:nr|nummer|no|number|id|index|order))?$|^index$|^#?$|^(?:nr|no)$|^order$")
_OF_THE_SYSTEM = re.compile(
    r"(?:\b|system|program|app|fil|skema)version|\bbuild\b|\brelease\b|udtraek|\bextract|eksport|\bexport|\bbatch|\bkoersel|\bschema\b|\betl\b|\bload(?:ed)?\b|indlaest|filnavn|\bfile ?name"
    r"|^(?:kilde|fag|it ?)?system(?: ?(?:navn|kode|name|id))?$|^source(?: ?system)?$|\btenant\b|\bdatabase\b|\benvironment\b|lifecycle"
    r"|^kommune(?: ?(?:navn|kode|nr|nummer))?$|^municipality(?: ?(?:name|code))?$|^myndighed(?:snavn)?$|\bcvr\b"
)
"""Headers of what is about the system, the extract or the authority."""


@dataclass(frozen=True)
class ColumnContent:
    """What the content of a column shows, gathered by the database.

    ``terms``: of special matters, found in values. ``cpr``, ``contacts``, ``addresses``: whether such stand there. ``counts_rows``: its
    values are whole numbers without a gap, each of one row. ``fewest_cases``: of all its values, the cases of the rarest one,
    counted where the header says that the column may be harmless.
    ``technical``: every value is a version, a number, or a day.
    """

    distinct: int = 0
    terms: tuple[Term, ...] = ()
    cpr: bool = False
    contacts: bool = False
    addresses: bool = False
    counts_rows: bool = False
    fewest_cases: int = 0
    technical: bool = False


def judge(column: Column, content: ColumnContent) -> PersonalData:
    """Whether a column holds personal data, and why; nobody needs to have seen a value of it.

    A row of an event log is about the citizen whose case it is, pseudonym or not (GDPR article 4(1), recital 26). So the
    answer is yes, unless header and content together show that a column is about the system or the extract, or counts rows. A value
    that all rows share is no such thing by itself: what is true of all citizens is true of each.
    """
    terms = (*matters_of_header(column.header), *content.terms)
    matters = {term.matter for term in terms}
    personal = [*_special(column, content), *_persons(column, content)]
    why = [*personal, *_of_the_case(column, content, told=bool(personal))]
    if matters & ARTICLE_9 or matters & ARTICLE_10:
        return _told("sensitive" if matters & ARTICLE_9 else "criminal", why)
    if not personal and column.name not in _canonical(column) and (harmless := _harmless(column, content)):
        return _told("no", [harmless])
    return _told("yes", why)


def _told(answer: PersonalAnswer, why: list[Text]) -> PersonalData:
    return PersonalData(answer=answer, title=reasons.ANSWERS[answer], reasons=why)


def _canonical(column: Column) -> frozenset[str]:
    return _NEVER_NO if column.mapped_by != "kept" else frozenset()


def _special(column: Column, content: ColumnContent) -> Iterator[Text]:
    """What the header or the values tell of special matters, those of article 9 first, then article 10, then children."""
    by_header = matters_of_header(column.header)
    if by_header:
        yield reasons.header_tells(_weightiest(by_header))
    by_values = tuple(term for term in content.terms if term not in by_header)
    if by_values:
        activity = column.name == "activity" and column.mapped_by != "kept"
        yield reasons.values_tell(_weightiest(by_values), activity=activity)


def _weightiest(terms: tuple[Term, ...]) -> list[Term]:
    weights = (ARTICLE_9, ARTICLE_10)
    heavy = sorted(terms, key=lambda term: (*(term.matter not in weight for weight in weights), ORDER[term]))
    first_of_each = [term for at, term in enumerate(heavy) if term.matter not in {one.matter for one in heavy[:at]}]
    return [*first_of_each, *(term for term in heavy if term not in first_of_each)][:max(_MOST_TERMS, len(first_of_each))]


def _persons(column: Column, content: ColumnContent) -> Iterator[Text]:
    """What leads to a person by itself."""
    canonical = column.name if column.mapped_by != "kept" else ""
    by_header = named_by_header(column.header)
    if canonical == "case_id":
        yield reasons.CASE
    if canonical == "resource" or column.persons == "employees":
        yield reasons.EMPLOYEES if canonical == "resource" or by_header else reasons.LIKE_EMPLOYEES
    elif column.persons == "citizens":
        yield reasons.CITIZENS if by_header else reasons.LIKE_PERSONS
    if content.cpr:
        yield reasons.CPR
    if content.contacts:
        yield reasons.CONTACTS
    if content.addresses:
        yield reasons.ADDRESSES
    if canonical == "text":
        yield reasons.FREE_TEXT


def _of_the_case(column: Column, content: ColumnContent, *, told: bool) -> Iterator[Text]:
    """Why a column is personal data by where it stands. ``told``: something in it stands out, and has been told."""
    canonical = column.name if column.mapped_by != "kept" else ""
    if column.filled == 0:
        yield reasons.EMPTY
    elif canonical in reasons.OF_CASE:
        yield reasons.OF_CASE[canonical]
    elif canonical == "" and not told:
        if content.distinct > _MANY * column.filled and column.filled > 1:
            yield reasons.MANY_VALUES
        yield reasons.OF_EVERYBODY if content.distinct == 1 and not column.missing else reasons.ABOUT_CASE


def may_be_harmless(column: Column) -> bool:
    """Whether the header of a column says that it is about the system or the extract, so that its content decides."""
    return column.name == "source" or _OF_THE_SYSTEM.search(folded_words(column.header)) is not None


def _harmless(column: Column, content: ColumnContent) -> Text | None:
    """Why a column says nothing of a citizen, if its header says what it is about and its content bears it out."""
    if content.counts_rows and column.filled >= FEWEST_CASES and _ROW_NUMBER.search(folded_words(column.header)):
        return reasons.ROW_NUMBER
    if content.fewest_cases < FEWEST_CASES or not may_be_harmless(column):
        return None
    if content.distinct == 1 and not column.missing:
        return reasons.SAME_SYSTEM
    return reasons.OF_THE_SYSTEM if content.technical else None
