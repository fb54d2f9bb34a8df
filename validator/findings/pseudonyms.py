"""Pseudonyms of case ids, and masks for texts that may carry what no report shows."""

from __future__ import annotations

import hashlib
import hmac
import re

from validator.personal.masking import masked

_LETTER = re.compile(r"[^\W\d_]")


def pseudonym(case_id: str, key: bytes, digits: int = 10) -> str:
    """A pseudonym of a case id: the same for the same key, and not to be computed without it.

    ``digits``: hexadecimal ones; a report has ten, an export more, of which the first ten are those of the report.
    """
    return "sag-" + hmac.digest(key, case_id.encode("utf-8"), hashlib.sha256).hex()[:digits]


def shape(text: str) -> str:
    """The shape of a text: letters become x, CPR numbers are masked, and no more than 40 characters are kept."""
    return _LETTER.sub("x", masked(text))[:40]
