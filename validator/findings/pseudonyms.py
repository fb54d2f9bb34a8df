"""Pseudonyms of case ids, and masks for texts that may carry what no report shows."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
from pathlib import Path

from validator.errors import AuditError
from validator.personal.masking import masked

KEY_FILE = Path(".logsyn") / "pseudonym.key"
"""Where the key of a project is kept: in the working folder, never beside a report."""

_LETTER = re.compile(r"[^\W\d_]")


def project_key(path: Path) -> bytes:
    """The key of a project, made on first use with permissions for its owner only.

    Raises:
        AuditError: the key cannot be read or written, or is no key.
    """
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w") as file:
                file.write(secrets.token_hex(32) + "\n")
        return bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as error:
        hint = "Give another file with --key, or remove this one: a new key gives new pseudonyms."
        raise AuditError(f"{path}: the key for pseudonyms cannot be used: {error}", hint) from error


def pseudonym(case_id: str, key: bytes, digits: int = 10) -> str:
    """A pseudonym of a case id: the same for the same key, and not to be computed without it.

    ``digits``: hexadecimal ones; a report has ten, an export more, of which the first ten are those of the report.
    """
    return "sag-" + hmac.digest(key, case_id.encode("utf-8"), hashlib.sha256).hex()[:digits]


def without_cpr(text: str) -> str:
    """A text with all that looks like a CPR number masked, valid or not; and e-mail addresses and phone numbers."""
    return masked(text)


def shape(text: str) -> str:
    """The shape of a text: letters become x, CPR numbers are masked, and no more than 40 characters are kept."""
    return _LETTER.sub("x", without_cpr(text))[:40]
