"""How an e-mail address and a Danish phone number are written: regular expressions that DuckDB and Python read alike."""

from __future__ import annotations

import re

from logsyn.validator.personal.characters import plain

_LETTERS = "A-Za-zÀ-ÖØ-öø-ÿ\u0300-\u036f"  # with marks that follow their letter: å may be a and a ring
_DOMAIN = rf"@(?:[{_LETTERS}0-9-]+[.])+[{_LETTERS}]{{2,}}"
MAIL = rf"[{_LETTERS}0-9._%+-]+{_DOMAIN}"
_AT_DOMAIN = re.compile(_DOMAIN)
_BEFORE_AT = "".join(filter(re.compile(rf"[{_LETTERS}0-9._%+-]").match, map(chr, range(0x370))))

_WORD = (
    r"(?:\b|_)(?:tlf|tel|telefon|telefonisk|mobil|mobiltelefon|mob|fastnet|phone|telephone|mobile|cell|sms|ring|ringe|ringes|opkald)"
    r"[ _]?(?:nr|nummer|numre|number)?"
)
_FILLING = r"(?:[ .:,/_#=(-]|nr|nummer|number|no|er|is|på|til|on|at)*"
_COUNTRY = r"[(]?(?:[+]|00)45[)]?[ .-]?"

MAIL_MASK = "xxx@xxx"

CANDIDATE = rf"(?i)(?:{_WORD}{_FILLING})?(?:{_COUNTRY})?[0-9]+(?:[ .,:/-][0-9]+)*"
"""All digits that stand together, so that no longer number is cut into a phone number, and what announces them."""

# Eight digits, the first no 0: in pairs, in fours, as 2-3-3 or 3-2-3, or together. One kind of separator throughout, so that no time
# of day or date (10.30-12.30, 12-05-2023) is among them. Unannounced only pairs are a phone number, and not 24 12 20 23.
_PAIRS = r"[1-9][0-9](?: [0-9]{2}){3}"
_EIGHT = (
    rf"(?:[1-9][0-9]{{7}}|{_PAIRS}|[1-9][0-9](?:-[0-9]{{2}}){{3}}|[1-9][0-9](?:[.][0-9]{{2}}){{3}}"
    r"|[1-9][0-9]{3}[ -][0-9]{4}|[1-9][0-9] [0-9]{3} [0-9]{3}|[1-9][0-9]{2} [0-9]{2} [0-9]{3})"
)
_ANNOUNCED = rf"(?:{_WORD}{_FILLING}(?:{_COUNTRY}|45 )?|{_COUNTRY}){_EIGHT}"
PHONE = rf"(?i)(?:{_ANNOUNCED}(?:[/,]{_EIGHT})*|(?:[0-9] )?{_PAIRS})(?: [0-9])?"
DATE_IN_PAIRS = r"[0-3][0-9] [01][0-9] (?:19|20) [0-9]{2}"

SPACES_ALIKE = "\t\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
"""They are looked at as plain ones."""
_AS_SPACES = dict.fromkeys(map(ord, SPACES_ALIKE), " ")


def may_hold(name: str) -> str:
    """A regular expression that every text with one of them matches, in a column of that name; parted by plain spaces or not."""
    if announces(name):
        return rf"@|[0-9](?:[ .{SPACES_ALIKE}-]?[0-9]){{7}}"
    spaces = f"[ {SPACES_ALIKE}]"
    filling = _FILLING.replace("[ ", f"[ {SPACES_ALIKE}")
    return rf"(?i)@|[0-9]{{2}}(?:{spaces}[0-9]{{2}}){{3}}|(?:[+]|00)45|{_WORD}{filling}[0-9]"


def announces(name: str) -> bool:
    """Whether the name of a column says that phone numbers stand in it."""
    return re.fullmatch(rf"(?i).*{_WORD}", name.replace("_", " ").replace(".", "").strip()) is not None


def masked_contacts(text: str) -> str:
    """A text with every e-mail address and phone number masked; only then without what has no width."""
    words = plain(text)
    mask = _masked(words)
    return text if mask == words else mask


def _masked(text: str) -> str:
    text = _masked_mails(text)
    pieces, at = [], 0
    for found in re.finditer(CANDIDATE, text.translate(_AS_SPACES)):
        if _is_phone(found[0]):
            pieces += [text[at : found.start()], re.sub("[0-9]", "#", text[found.start() : found.end()])]
            at = found.end()
    return "".join([*pieces, text[at:]])


def _masked_mails(text: str) -> str:
    """The same as masking all that matches ``MAIL``, which would take the square of the length of a text without spaces."""
    pieces, at = [], 0
    for found in _AT_DOMAIN.finditer(text):
        before = text[at : found.start()].rstrip(_BEFORE_AT)
        if at + len(before) < found.start():
            pieces += [before, MAIL_MASK]
            at = found.end()
    return "".join([*pieces, text[at:]])


def _is_phone(found: str) -> bool:
    return bool(re.fullmatch(PHONE, found)) and not re.fullmatch(DATE_IN_PAIRS, found)
