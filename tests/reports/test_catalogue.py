"""Every text of the pages has a Danish translation, and none is stale, fuzzy or fills in something else."""

from __future__ import annotations

import re

import pytest
from catalogue_fixture import danish, extracted


def keys(catalogue):
    return {message.id for message in catalogue if message.id}


def parts(message):
    originals = message.id if isinstance(message.id, tuple) else (message.id,)
    translated = message.string if isinstance(message.string, tuple) else (message.string,)
    return [*originals, *translated]


def test_there_are_texts_from_templates_and_code():
    files = {file for message in extracted() for file, _ in message.locations}
    assert {"templates/index.html.j2", "templates/practice.html.j2", "names.py", "views/lag.py"} <= files


def test_catalogue_has_exactly_the_texts_of_the_pages():
    without, stale = (sorted(map(str, one)) for one in (keys(extracted()) - keys(danish()), keys(danish()) - keys(extracted())))
    assert not without, f"write the Danish of {without} into reports/locale/da/LC_MESSAGES/logsyn.po"
    assert not stale, f"no page has {stale} any more: take them out of reports/locale/da/LC_MESSAGES/logsyn.po"
    assert not danish().obsolete


@pytest.mark.parametrize("message", [m for m in danish() if m.id], ids=lambda m: str(m.id)[:40])
def test_translation_is_complete(message):
    assert not message.fuzzy
    assert all(part.strip() for part in parts(message))
    assert len({frozenset(re.findall(r"%\(\w+\)s", part)) for part in parts(message)}) == 1


def test_danish_has_its_own_plural():
    assert danish().num_plurals == 2
    assert danish().plural_expr == "(n != 1)"
