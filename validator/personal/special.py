"""What the General Data Protection Regulation protects more than other personal data, and the words by which it is recognised.

Articles 9 (special categories) and 10 (criminal matters), and children, of whom recital 38 asks for particular care. A word
is looked for in headers and in values, both folded (``folding``), by DuckDB and Python alike. In an employment case much is said
about health without the word: who has a flex job, a resource course or disability pension has a reduced ability to work.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from logsyn.validator.personal.folding import folded_words

Matter = Literal["health", "union", "religion", "ethnicity", "politics", "sex_life", "biometrics", "crime", "children"]

ARTICLE_9: frozenset[Matter] = frozenset(
    {"health", "union", "religion", "ethnicity", "politics", "sex_life", "biometrics"}
)
ARTICLE_10: frozenset[Matter] = frozenset({"crime"})


class Term(NamedTuple):
    """One thing that is recognised: what it tells of, by which regular expression, and what it is called."""

    matter: Matter
    form: str
    da: str
    en: str


@dataclass(frozen=True)
class Codes:
    """Codes that tell of something in a column whose header says what they are codes of."""

    header: str
    term: Term


TERMS = (
    Term("health", r"sygemeld|sygefrav|sick ?leave|sick ?note|fit ?note|sickness absence", "sygemelding", "sick leave"),
    Term("health", r"raskmeld|\brask\b|fit for work", "raskmelding", "recovery"),
    Term("health", r"\blae[ -]?[0-9]{3}|laegeattest|statusattest|medical certificate", "lægeattest (LÆ)", "medical certificate (LÆ)"),
    Term("health", r"\blaege|speciallaege|\bdoctor|physician|\bmedical|medicin\b|medication|medikament", "læge eller medicin", "doctor or medicine"),
    Term("health", r"diagnos|\bicd\b", "diagnose", "diagnosis"),
    Term("health", r"sygedagpenge|sygedp|sickness benefit", "sygedagpenge", "sickness benefit"),
    Term("health", r"jobafklaring", "jobafklaring", "job clarification"),
    Term("health", r"ressourceforloeb|resource course", "ressourceforløb", "resource course"),
    Term("health", r"fleks ?(?:job|ydelse|loen)|flexi? ?job", "fleksjob", "flex job"),
    Term("health", r"foertidspension|seniorpension|disability pension", "førtidspension eller seniorpension", "disability or senior pension"),
    Term("health", r"revalid|rehabilit", "revalidering eller rehabilitering", "rehabilitation"),
    Term("health", r"arbejdsevne|funktionsevne|funktionsnedsaet|handicap|disabilit|disabled person|work capacity|ability to work", "arbejdsevne eller handicap", "ability to work or disability"),
    Term("health", r"sygdom|\bsyge?\b|sygehus|hospital|patient|illness|disease|\bsick\b|arbejdsskade|injur|kraeft\b|cancer", "sygdom", "illness"),
    Term("health", r"helbred|sundhed|\bhealth", "helbred", "health"),
    Term("health", r"psyki|psyko|psych|depression|\bangst|\bstress|\bmental|misbrug|alkohol|alcohol|addiction", "psykisk helbred eller misbrug", "mental health or abuse"),
    Term("health", r"gravid|pregnan", "graviditet", "pregnancy"),
    Term("union", r"fagforening|fagforbund|fagligt medlem|trade ?union|\bunion (?:member|due|fee)|^union$", "fagforening", "trade union"),
    Term("religion", r"religi|trossamfund|trosretning|folkekirke|konfession|\bmuslim|\bislam|\bjoed(?:e|isk)|\bjewish|christian\b|\bkristen|\bkristn", "religion", "religion"),
    Term("ethnicity", r"\betni|\bethni|\brace\b|racial|herkomst|oprindelsesland|country of origin|indvandrer|\befterkommere?\b|ikke ?-?vestlig|non ?-?western|hudfarve|flygtning|refugee", "etnisk oprindelse", "ethnic origin"),
    Term("politics", r"\bpolitisk|\bpolitical|partimedlem|partitilhoer", "politik", "politics"),
    Term("sex_life", r"seksu|sexual|\blgbt|transkoen|transgender", "seksuelle forhold", "sex life"),
    Term("biometrics", r"biometri|genetisk|genetic|gentest|\bdna\b", "biometri eller arveanlæg", "biometrics or genes"),
    Term("crime", r"\bstraf|kriminal|kriminel|\bsigtelse|\bsigtet|anholdt|faengs|afson|loesladt|domfael|\bdomfoer|boerneattest|politianmeld|criminal|convict|prison\b|offence|offense|probation|parole", "strafbare forhold", "criminal matters"),
    Term("children", r"\bboern|\bbarn(?:et|ets|s)?\b|\bchild|foraeldremyndig|boerneunderretning|underretning om (?:et )?(?:barn|boern)|\banbragt|\banbring|custody", "børn", "children"),
)  # fmt: skip

TARGET_GROUPS = Codes(
    header=r"maalgruppe|malgruppe|maalgr\b|target ?group",
    term=Term(
        "health",
        r"(?:^|[^0-9.,])(?:6[.,](?:[6-9]|1[0-9])|2[.,](?:[4-79]|1[134])|§ ?6,? ?(?:stk[.] ?1,? ?)?nr[.]? ?(?:[6-9]|1[0-9]))(?:[^0-9]|$)",
        "målgrupper for sygdom, fleksjob og pension",
        "target groups of illness, flex jobs and pension",
    ),
)
"""LAB section 6: from no. 6 on (sickness benefit, job clarification, resource course, flex job, rehabilitation, pension), and what the numbers 2.x were."""

ANY = "|".join(f"(?:{term.form})" for term in TERMS)
"""A regular expression that every folded text with one of the terms matches."""

ORDER = {term: place for place, term in enumerate((TARGET_GROUPS.term, *TERMS))}
"""Terms in the order in which they are told."""

_COMPILED = tuple((term, re.compile(term.form)) for term in TERMS)


def matters_of_header(header: str) -> tuple[Term, ...]:
    """What a header says a column tells of."""
    words = folded_words(header)
    joined = words.replace(" ", "")
    return tuple(term for term, form in _COMPILED if form.search(words) or form.search(joined))
