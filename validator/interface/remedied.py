"""A remedied log as Python code meets it: both audits, what was changed, and the files."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from logsyn.reports.render import render, render_remedy
from logsyn.validator.interface.audited import AuditResult, Lang, refuse_lang
from logsyn.validator.interface.saved import warn_if_open
from logsyn.validator.run.facts import load_run_facts
from logsyn.validator.writing.confidential import CHANGES, CONFIDENTIAL, REMEDIED
from logsyn.validator.writing.output import refuse_foreign_folder, staged

if TYPE_CHECKING:
    import pyarrow as pa

    from logsyn.validator.interface.folder import TemporaryPart
    from logsyn.validator.record import Remedied
    from logsyn.validator.run.remedy import BeforeAndAfter


class RemedyResult:
    """The audits ``before`` and ``after`` the remedies, and what was done in between."""

    def __init__(self, both: BeforeAndAfter, files: TemporaryPart, *, keyed: bool) -> None:
        self.before = AuditResult(both.before, files, within=f"{CONFIDENTIAL}/before")
        self.after = AuditResult(both.after, files, within="after")
        self._account = both.account
        self._folder = files.path
        self._keyed = keyed

    @property
    def account(self) -> Remedied:
        """Rows in and out, and what each step did, with all figures; ``after.record`` has none that tells of a few rows."""
        return self._account

    def changes(self) -> pa.Table:
        """Every change, as an Arrow table: row, file, line, remedy, column, and the hashes of the values before and after."""
        import pyarrow.parquet as pq  # noqa: PLC0415 - a quarter of a second that other uses do not pay

        return pq.read_table(self._folder / CONFIDENTIAL / CHANGES)

    def rows(self) -> pa.Table:
        """The remedied log, as an Arrow table: its columns, then ``row``, ``file`` and ``line`` of the extract. It holds personal data."""
        import pyarrow.parquet as pq  # noqa: PLC0415 - as above

        return pq.read_table(self._folder / CONFIDENTIAL / REMEDIED)

    def save(self, folder: str | Path, lang: Lang = "da") -> Path:
        """Write both reports, the changes and the remedied log into ``folder``, whole or not at all.

        Raises:
            AuditError: something else is there, or it cannot be written.
        """
        out = Path(folder)
        refuse_lang(lang)
        refuse_foreign_folder(out, "remedied log")
        with staged(out, "remedied log", keyed=self._keyed) as staging:
            shutil.copytree(self._folder, staging, dirs_exist_ok=True)
            for name, one in ((f"{CONFIDENTIAL}/before", self.before), ("after", self.after)):
                for file, page in render(one.record, lang, load_run_facts(self._folder / name)).items():
                    (staging / name / file).write_text(page, encoding="utf-8")
            page = render_remedy(self.before.record, self.after.record, lang)
            (staging / "remedy.html").write_text(page, encoding="utf-8")
        warn_if_open(out)
        return out
