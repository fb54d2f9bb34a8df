"""The words of the judgement of columns: the answers, and the reasons, in Danish and English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from logsyn.expectations.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from logsyn.validator.personal.special import Term
    from logsyn.validator.record import PersonalAnswer

ANSWERS: Final[Mapping[PersonalAnswer, Text]] = {
    "no": Text(da="Nej", en="No"),
    "yes": Text(da="Ja", en="Yes"),
    "sensitive": Text(da="Ja, følsomme (artikel 9)", en="Yes, sensitive (article 9)"),
    "criminal": Text(da="Ja, strafbare forhold (artikel 10)", en="Yes, criminal matters (article 10)"),
}

CASE = Text(da="Fører til en borger.", en="Leads to a citizen.")
EMPLOYEES = Text(da="Udpeger medarbejdere.", en="Names employees.")
LIKE_EMPLOYEES = Text(
    da="Værdierne ligner medarbejderes navne, initialer eller brugernavne.",
    en="The values look like names, initials or user names of employees.",
)
CITIZENS = Text(da="Udpeger en borger eller en anden person.", en="Names a citizen or another person.")
LIKE_PERSONS = Text(da="Værdierne ligner personers navne, adresser eller telefonnumre.", en="The values look like names, addresses or phone numbers of persons.")
CPR = Text(
    da="Der står CPR-numre (databeskyttelseslovens § 11).", en="CPR numbers stand here (Danish data protection act, section 11)."
)
CONTACTS = Text(da="Der står mailadresser eller telefonnumre.", en="E-mail addresses or phone numbers stand here.")
ADDRESSES = Text(da="Der står postadresser.", en="Postal addresses stand here.")
FREE_TEXT = Text(
    da="Fritekst kan rumme alt, også det følsomme, som ingen ordsøgning finder.",
    en="Free text may hold anything, also what is sensitive and no search for words finds.",
)
MANY_VALUES = Text(da="Så mange forskellige værdier, at de kan pege på enkelte borgere.", en="So many values that they may point at single citizens.")
ABOUT_CASE = Text(da="Siger noget om den sag, rækken hører til.", en="Says something of the case that the row belongs to.")
EMPTY = Text(
    da="Tom i dette udtræk. Det viser ikke, at kolonnen er uden personoplysninger.",
    en="Empty in this extract. That does not show that the column has no personal data.",
)
OF_CASE: Final[Mapping[str, Text]] = {
    "activity": Text(da="Viser, hvad der er sket i borgerens sag.", en="Shows what happened in the citizen's case."),
    "timestamp": Text(da="Viser, hvornår det skete i borgerens sag.", en="Shows when it happened in the citizen's case."),
    "end_timestamp": Text(da="Viser, hvornår det sluttede i borgerens sag.", en="Shows when it ended in the citizen's case."),
    "registered_at": Text(da="Viser, hvornår det blev registreret i borgerens sag.", en="Shows when it was registered in the citizen's case."),
    "planned_start": Text(da="Viser, hvornår noget skal begynde i borgerens sag.", en="Shows when something is to begin in the citizen's case."),
    "planned_end": Text(da="Viser, hvornår noget skal slutte i borgerens sag.", en="Shows when something is to end in the citizen's case."),
    "team": Text(da="Viser, hvor borgerens sag bliver behandlet.", en="Shows where the citizen's case is handled."),
    "source": Text(da="Viser, hvilken slags oplysning der er registreret om borgeren.", en="Shows what kind of thing was registered about the citizen."),
    "status": Text(da="Viser, hvordan det gik i borgerens sag.", en="Shows how things went in the citizen's case."),
}  # fmt: skip

OF_EVERYBODY = Text(
    da="Samme værdi i alle rækker: det, den siger, gælder hver borger.", en="One value in all rows: what it says is true of each citizen."
)
SAME_SYSTEM = Text(
    da="Handler om systemet eller udtrækket og er ens i alle rækker.", en="Is about the system or the extract, and the same in all rows."
)
ROW_NUMBER = Text(
    da="Tæller rækkerne i udtrækket og siger intet om borgeren.", en="Counts the rows of the extract, and says nothing of the citizen."
)
OF_THE_SYSTEM = Text(
    da="Handler om systemet eller udtrækket og er ens for mange sager.", en="Is about the system or the extract, and shared by many cases."
)

_ARTICLE_10 = Text(da=" (artikel 10)", en=" (article 10)")


def header_tells(terms: Sequence[Term]) -> Text:
    """A reason: what the header of a column tells of."""
    da, en = _listed(terms)
    return Text(da=f"Overskriften handler om {da}.", en=f"The header is about {en}.")


def values_tell(terms: Sequence[Term], *, activity: bool) -> Text:
    """A reason: what the values, or the labels of activities, tell of. No value is told, only what it was recognised by."""
    da, en = _listed(terms)
    return Text(
        da=f"{'Aktiviteterne' if activity else 'Værdierne'} nævner {da}.",
        en=f"The {'activities' if activity else 'values'} speak of {en}.",
    )


def _listed(terms: Sequence[Term]) -> tuple[str, str]:
    named = [
        (term.da + (_ARTICLE_10.da if term.matter == "crime" else ""), term.en + (_ARTICLE_10.en if term.matter == "crime" else ""))
        for term in terms
    ]
    return _joined([da for da, _ in named], "og"), _joined([en for _, en in named], "and")


def _joined(words: Sequence[str], last: str) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"
