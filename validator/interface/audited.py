"""An audit as Python code and notebooks meet it: its record, its failing rows, its pages."""

from __future__ import annotations

import html
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from logsyn.reports.render import render
from logsyn.validator.failing_rows import failing_rows
from logsyn.validator.interface.folder import TemporaryPart
from logsyn.validator.interface.naming import named
from logsyn.validator.interface.saved import warn_if_open
from logsyn.validator.recorded import load_audit as load_record
from logsyn.validator.run.facts import load_run_facts
from logsyn.validator.writing.confidential import ACCOUNTS, CONFIDENTIAL, FAILING, REJECTED, confidential_file
from logsyn.validator.writing.output import refuse_foreign_folder, staged

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from logsyn.validator.record import Audit, Finding, Verdict

Lang = Literal["da", "en"]
FOR_MACHINES = ("audit.json", "run.json")
"""What a report has beside its pages and what is kept back; what else lies in a folder is not of it."""


class AuditResult:
    """What an audit found.

    ``record`` is the whole of it, as in ``audit.json``; ``result["duplicate-event"]`` is the finding of a rule, and iterating gives all of
    them. In a notebook it shows the first page of its report.
    """

    def __init__(self, record: Audit, files: TemporaryPart, *, within: str = "", name: str = "") -> None:
        self.record = record
        self.name = name
        self._files = files  # held, so that they are there as long as this is
        self._folder = files.path / within

    @property
    def verdict(self) -> Verdict:
        """Whether the log can be trusted, and why."""
        return self.record.verdict

    def __getitem__(self, rule: str) -> Finding:
        """What was found by the rule of this id.

        Raises:
            KeyError: no such rule was run; the message names those that are nearest.
        """
        return named(rule, {finding.rule: finding for finding in self.record.findings}, "rule")

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.record.findings)

    def __len__(self) -> int:
        return len(self.record.findings)

    def failing(self, rule: str) -> pa.Table:
        """The rows that fail a rule, as an Arrow table: ``row_id`` (from 1, over all files), ``file`` and ``line`` of the extract.

        They are as many as ``rows_affected`` of its finding says: of a rule about labels all rows with a label that fails, of a case the
        first row, and none of what is found in the log as a whole.

        Raises:
            KeyError: no such rule was run.
            AuditError: the failing rows are not with the record that was loaded, or are those of another one.
        """
        return failing_rows(self._folder, self[rule])

    def save(self, folder: str | Path, lang: Lang = "da") -> Path:
        """Write the report into ``folder``, whole or not at all: the pages in ``lang``, and the files for machines.

        Failing rows and rejected records lie in ``confidential/``, which is not to be passed on with the rest. An earlier report in its place is replaced if it is as it was written; nothing else ever is.

        Raises:
            AuditError: something else is there, or it cannot be written.
        """
        out = Path(folder)
        refuse_lang(lang)
        refuse_foreign_folder(out)
        with staged(out) as staging:
            files = {name: self._folder / name for name in FOR_MACHINES}
            files |= {f"{CONFIDENTIAL}/{name}": confidential_file(self._folder, name) for name in (FAILING, REJECTED, ACCOUNTS)}
            for name, file in files.items():
                if file.is_file():
                    (staging / name).parent.mkdir(mode=0o700, exist_ok=True)
                    shutil.copyfile(file, staging / name)
            for name, page in render(self.record, lang, load_run_facts(self._folder)).items():
                (staging / name).write_text(page, encoding="utf-8")
        warn_if_open(out)
        return out

    def _repr_html_(self) -> str:
        """The first page of the report, in a frame of its own, so that its styles are not those of the notebook."""
        page = render(self.record, "en")["index.html"]
        return f'<iframe srcdoc="{html.escape(page)}" sandbox="" style="width:100%;height:36rem;border:1px solid #ccc"></iframe>'

    def __repr__(self) -> str:
        failed = sum(finding.outcome == "failed" for finding in self)
        return f"<logsyn audit: {self.verdict.overall}, {failed} of {len(self)} rules failed>"


def load_audit(path: str | Path) -> AuditResult:
    """An audit that was saved: its report folder, or its ``audit.json``, of this version or an earlier one.

    Raises:
        AuditError: there is none, or it is not as it was written.
    """
    place = Path(path)
    folder = place if place.is_dir() else place.parent
    return AuditResult(load_record(place), TemporaryPart(folder), name=folder.resolve().name)


def refuse_lang(lang: str) -> None:
    """Make sure that there are pages in a language.

    Raises:
        ValueError: there are none.
    """
    if lang not in get_args(Lang):
        raise ValueError(f"no language {lang!r}; there is {' and '.join(get_args(Lang))}")
