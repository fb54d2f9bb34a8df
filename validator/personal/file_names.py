"""Names of files and of members of archives as they may be shown: with what their bytes mean, so that no personal number hides in them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from logsyn.validator.personal.masking import masked

if TYPE_CHECKING:
    import zipfile

_CODE_PAGES = ("cp850", "cp1252", "mac_roman")
"""How names are written that are no UTF-8: by DOS and Windows in Denmark, by Windows, by old Macs."""

_NAME_IS_UTF8 = 0x800


def shown_name(name: str) -> str:
    """The name of a file with the bytes in it that are no UTF-8 written out, so that it can stand in a page and in JSON.

    Where such a byte parts a personal number in an encoding that people use, the name is that one, with the number masked.
    """
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    meanings = () if text == name else (_meant(name, page) for page in _CODE_PAGES)
    return next((masked(meant) for meant in meanings if masked(meant) != meant), text)


def member_name(member: zipfile.ZipInfo) -> str:
    """The name of a member of an archive; where it does not say how its name is written, UTF-8, else the code page of DOS in Denmark.

    Where a personal number is to be seen in another encoding, the name is that one.
    """
    if member.flag_bits & _NAME_IS_UTF8:
        return member.filename
    try:
        written = member.filename.encode("cp437")  # as which Python's zipfile has read it
    except UnicodeEncodeError:
        return member.filename
    try:
        return written.decode()
    except UnicodeDecodeError:
        meanings = [written.decode(page, "replace") for page in _CODE_PAGES]
        return next((meant for meant in meanings if masked(meant) != meant), meanings[0])


def _meant(name: str, page: str) -> str:
    """A name in which each byte that is no UTF-8 is the sign of a code page."""
    return "".join(
        bytes([ord(sign) - 0xDC00]).decode(page, "replace") if "\udc80" <= sign <= "\udcff" else sign for sign in name
    )
