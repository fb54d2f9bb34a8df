"""Audits of successive deliveries side by side, as Python code meets them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from logsyn.reports.render import render_succession
from logsyn.validator.comparing.compare import side_by_side
from logsyn.validator.comparing.written import write_comparison
from logsyn.validator.interface.audited import AuditResult, Lang, load_audit, refuse_lang
from logsyn.validator.writing.output import refuse_foreign_folder, staged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from logsyn.validator.record import Succession


class ComparisonResult:
    """What is new, gone, better or worse from one delivery to the next; ``record`` is the whole of it, as in ``compare.json``."""

    def __init__(self, record: Succession) -> None:
        self.record = record

    def save(self, folder: str | Path, lang: Lang = "da") -> Path:
        """Write the page and ``compare.json`` into ``folder``, whole or not at all.

        Raises:
            AuditError: something else is there, or it cannot be written.
        """
        out = Path(folder)
        refuse_lang(lang)
        refuse_foreign_folder(out, "comparison")
        with staged(out, "comparison") as staging:
            write_comparison(self.record, staging)
            (staging / "compare.html").write_text(render_succession(self.record, lang), encoding="utf-8")
        return out


def compare(audits: Sequence[AuditResult | str | Path]) -> ComparisonResult:
    """Compare audits of successive deliveries, as ``logsyn compare`` does; each by itself or by the folder of its report.

    Raises:
        AuditError: fewer than two, or a folder without an audit.
        TypeError: what was given is no list.
    """
    if isinstance(audits, str | Path):
        raise TypeError(f"{audits!r} is one folder: give a list of two at least")
    results = [one if isinstance(one, AuditResult) else load_audit(one) for one in audits]
    named = [(one.name or str(number), one.record) for number, one in enumerate(results, start=1)]
    return ComparisonResult(side_by_side(named))
