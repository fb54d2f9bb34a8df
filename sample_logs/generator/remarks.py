"""Free text of the column `Bemærkning`: harmless sentences, some with line breaks, semicolons and quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

PLAIN = (
    "Borgeren har opdateret sit CV.",
    "Aftalt ny opfølgning om fire uger.",
    "Jobsøgningen er drøftet, og joblog er gennemgået.",
    "Der er søgt fire stillinger siden sidst.",
    "Borgeren ønsker at afprøve arbejde på lager.",
    "Vejledt om regler for ferie.",
    "Aftalt at undersøge mulighed for kursus i regnskab.",
    "Har været til jobsamtale \N{EN DASH} afventer svar.",
    "Mødet blev holdt på telefon.",
    "Mødet blev holdt digitalt.",
    "Borgeren er godt i gang med ansøgninger.",
    "Virksomheden vil gerne mødes i næste uge…",
    "Godkendt af a-kassen.",
    "Kort samtale, intet nyt.",
    "Deltager aktivt.",
    "Udsat efter ønske fra borgeren.",
    "Transport er afklaret.",
    "Tilskud på 1.250 € er oplyst til virksomheden.",
    "- sendt til opfølgning",
    "=> se også tidligere notat",
)

AWKWARD = (
    "Aftalt:\r\n- opdatere CV\r\n- søge to stillinger om ugen",
    "Borgeren ringede; ønsker ny tid; aftalt.",
    'Borgeren sagde: "Jeg har fået tilbudt et vikariat".',
    "Telefonnotat\nFølges op i næste uge.",
    'Kursus "Lager og logistik"; start efter sommer\r\nBevilling sendes.',
    "Holdt på biblioteket; borgeren mødte til tiden.\r\n\r\nNæste gang: jobmål.",
)
"""What a careless reader stumbles over: separators, quotes, line breaks of both kinds, an empty line."""


def remark(rng: Random) -> str:
    """A sentence, or nothing for two thirds of the rows."""
    draw = rng.random()
    if draw < 0.02:
        return rng.choice(AWKWARD)
    return rng.choice(PLAIN) if draw < 0.36 else ""
