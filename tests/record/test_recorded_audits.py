"""An audit.json that is none, or one that is nested without end, is told in one line."""

import pytest

from logsyn.validator.errors import AuditError
from logsyn.validator.recorded import load_audit

NO_AUDITS = {
    "nested lists": b"[" * 100_000,
    "nested mappings": b'{"inputs":' * 100_000,
    "nested where it may be": b'{"schema": "logsyn/audit/1", "findings": ' + b"[" * 5_000 + b"]" * 5_000 + b"}",
    "many digits": b'{"schema": ' + b"9" * 100_000 + b"}",
    "half of a pair": b'{"schema": "\\ud800"}',
    "no UTF-8": b'{"schema": "\xe6"}',
    "NUL": b"\0" * 1000,
    "empty": b"",
    "no number": b'{"schema": NaN}',
}


@pytest.mark.parametrize("name", NO_AUDITS)
def test_what_is_no_audit_is_told_in_one_line(tmp_path, name):
    (tmp_path / "audit.json").write_bytes(NO_AUDITS[name])
    with pytest.raises(AuditError) as told:
        load_audit(tmp_path)
    first, *hint = str(told.value).splitlines()
    assert len(first) < 600 + len(str(tmp_path))
    assert len(hint) <= 1
