"""An extract that is open: it is audited, remedied and handed on from here, without being read anew for each audit."""

from __future__ import annotations

import secrets
import threading
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from logsyn.expectations.remedies import Remedies, load_remedies
from logsyn.expectations.selection import RuleSelection
from logsyn.validator.checking.great_expectations import load
from logsyn.validator.database.memory import size_of
from logsyn.validator.errors import AuditError
from logsyn.validator.handing_on.export import Order
from logsyn.validator.handing_on.parts import FileLimits
from logsyn.validator.handing_on.targets import TARGETS
from logsyn.validator.interface.audited import AuditResult
from logsyn.validator.interface.folder import TemporaryFolder
from logsyn.validator.interface.naming import named
from logsyn.validator.interface.remedied import RemedyResult
from logsyn.validator.progress import Progress, Stage
from logsyn.validator.record import sealed
from logsyn.validator.request import Limits
from logsyn.validator.run.audit import AUDITING, EXAMINING, examine
from logsyn.validator.run.declared import request_of
from logsyn.validator.run.export import EXPORTING, run_export
from logsyn.validator.run.extract import opened
from logsyn.validator.run.files import write
from logsyn.validator.run.remedy import REMEDYING, run_remedies
from logsyn.validator.tables.registry import drop_all_but
from logsyn.validator.writing.keys import project_key
from logsyn.validator.writing.output import refuse_foreign_folder, staged
from logsyn.validator.writing.protected import refuse_inside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from logsyn.expectations.judgement import Judgement
    from logsyn.expectations.practice import Practice
    from logsyn.expectations.scope import Scope
    from logsyn.expectations.source import SourceProfile
    from logsyn.expectations.suite import Suite
    from logsyn.validator.handing_on.record import Handover
    from logsyn.validator.run.extract import Opened

SHORTEST_KEY = 32


class Log:
    """An extract. Use it in a ``with`` block; what is temporary is gone afterwards, except what results still hold.

    Several threads may use one log: its audits then follow each other.
    """

    def __init__(
        self,
        extract: str | Path | Sequence[str | Path],
        *,
        source: str | Path | SourceProfile | None = None,
        key: str | Path | bytes | None = None,
        memory: str | int | None = None,
        threads: int | None = None,
    ) -> None:
        files = [extract] if isinstance(extract, str | Path) else list(extract)
        self._files = [Path(file) for file in files]
        self._source = source
        self._limits = Limits(size_of(memory) if isinstance(memory, str) else memory, threads)
        self._keyed = key is not None
        self._key = _key(key)
        self._lock = threading.Lock()
        self._stack = ExitStack()
        self._kept: TemporaryFolder | None = TemporaryFolder()
        self._open: Opened | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the extract and of what was derived from it; results that are held stay usable."""
        with self._lock:
            self._open = self._kept = None
            self._stack.close()

    def audit(
        self,
        suite: str | Path | Suite = "base",
        *,
        practice: str | Path | Practice | None = None,
        as_of: str | date | None = None,
        judgement: str | Path | Judgement = "default",
        accepted: str | Path | None = None,
        scope: str | Path | Scope | None = None,
        rules: Sequence[str] = (),
        consequence: bool = True,
        show_case_ids: bool = False,
        progress: Progress | None = None,
    ) -> AuditResult:
        """Audit the log, as ``logsyn audit`` does.

        Args:
            suite: a built-in suite, a YAML file, or a suite that was loaded.
            practice: how we have agreed to register.
            as_of: the day that the audit speaks for, as ``2023-11-30``; today unless given.
            judgement: how the log is judged.
            accepted: a YAML file of findings that are accepted for a time.
            scope: the part of the log that is audited.
            rules: run only these.
            consequence: work out what each finding means for the analysis.
            show_case_ids: show case ids instead of pseudonyms.
            progress: is told each step; its ``cancel`` ends the audit.

        Raises:
            DeclarationError: a declaration cannot be used.
            AuditError: the extract cannot be read, or the audit was cancelled (``CancelledError``).
        """
        progress = progress or Progress()
        _load_beside()
        request = self._request(
            suite=suite, practice=practice, as_of=_day(as_of), judgement=judgement, scope=scope,
            accepted=Path(accepted) if accepted else None, selection=RuleSelection(rules=tuple(rules)),
            consequence=consequence, pseudonym_key=None if show_case_ids else self._key,
        )  # fmt: skip
        with self._lock, ExitStack() as alone:
            progress.plan(AUDITING if self._open is None or scope else (*EXAMINING, Stage.WRITING))
            if scope is not None:
                extract = alone.enter_context(opened(request, progress, [self._results().root]))
            else:
                extract = self._whole(progress)
            with progress.ending(extract.database):
                record, _ = examine(extract, request, progress)
                record = sealed(record)
                progress.stage(Stage.WRITING)
                folder = self._results().new()
                write(extract.connection, request, record, folder, progress)
                progress.end()
        return AuditResult(record, folder, keyed=self._keyed and not show_case_ids, kept=self._results())

    def remedy(
        self,
        remedies: str | Path | Remedies,
        *,
        suite: str | Path | Suite | None = None,
        practice: str | Path | Practice | None = None,
        as_of: str | date | None = None,
        scope: str | Path | Scope | None = None,
        consequence: bool = True,
        show_case_ids: bool = False,
        progress: Progress | None = None,
    ) -> RemedyResult:
        """Audit the log, do what the remedies say on a copy of it, and audit that, as ``logsyn remedy`` does. The extract stays as it is.

        Raises:
            DeclarationError: a declaration cannot be used.
            AuditError: the extract cannot be read, a remedy cannot be done, or it was cancelled.
        """
        progress = progress or Progress()
        progress.plan(REMEDYING)
        _load_beside()
        declared = remedies if isinstance(remedies, Remedies) else load_remedies(Path(remedies))
        request = self._request(
            suite=suite or declared.suite or "base", practice=practice or declared.practice, as_of=_day(as_of),
            scope=scope, consequence=consequence,
        )  # fmt: skip
        folder = self._results().new()
        both = run_remedies(request, declared, self._key, folder, progress, pseudonyms=not show_case_ids)
        return RemedyResult(both.before, both.after, folder, keyed=self._keyed, kept=self._results())

    def export(
        self,
        to: str,
        folder: str | Path,
        *,
        columns: Sequence[str] = (),
        scope: str | Path | Scope | None = None,
        remedies: str | Path | Remedies | None = None,
        suite: str | Path | Suite | None = None,
        practice: str | Path | Practice | None = None,
        as_of: str | date | None = None,
        audit: AuditResult | None = None,
        mask_cpr: bool = False,
        show_case_ids: bool = False,
        show_resources: bool = False,
        split: bool = False,
        progress: Progress | None = None,
    ) -> Handover:
        """Hand the log on to a mining tool, as ``logsyn export`` does: files, a README and the account of every row in ``folder``.

        Args:
            to: ``apromore``, ``power-automate``, ``xes``, ``parquet`` or ``csv``.
            folder: where the files go, whole or not at all.
            columns: what is handed on; the default choice unless given.
            scope: the part that is handed on.
            remedies: what is done before; ``suite`` and ``practice`` are those that they name.
            suite: see ``remedies``.
            practice: see ``remedies``.
            as_of: the day that the README speaks for.
            audit: the audit that these rows went through.
            mask_cpr: mask CPR numbers instead of leaving out the columns that have them.
            show_case_ids: hand on case ids instead of pseudonyms.
            show_resources: hand on the names of employees instead of pseudonyms, where ``columns`` asks for them.
            split: write several files, by whole cases, if one is too large.
            progress: is told each step; its ``cancel`` ends the export.

        Raises:
            DeclarationError: a declaration cannot be used.
            AuditError: it cannot be handed on so, or was cancelled.
        """
        progress = progress or Progress()
        progress.plan(EXPORTING)
        out, target = Path(folder), named(to, TARGETS, "target")
        declared = load_remedies(Path(remedies)) if isinstance(remedies, str | Path) else remedies
        rules: dict[str, Any] = {}
        if declared is not None:
            rules = {"suite": suite or declared.suite or "base", "practice": practice or declared.practice}
        request = self._request(as_of=_day(as_of), scope=scope, consequence=False, **rules)
        order = Order(
            target=target,
            as_of=request.as_of,
            columns=list(columns),
            case_key=None if show_case_ids else self._key,
            person_key=None if show_resources else self._key,
            mask_cpr=mask_cpr,
            split=split,
            limits=FileLimits(target.max_bytes, target.max_events),
        )
        refuse_inside(out, [("extract", file) for file in self._files])
        refuse_foreign_folder(out, "export")
        with staged(out, "export", keyed=self._keyed) as staging:
            return run_export(
                request, lambda: order, staging, progress,
                remedies=declared, key=lambda: self._key, audited=audit.record if audit else None,
            )  # fmt: skip

    def _results(self) -> TemporaryFolder:
        """Where results wait.

        Raises:
            AuditError: the log was closed.
        """
        if self._kept is None:
            raise AuditError("the log is closed", "Audit it within its with block, or open it again.")
        return self._kept

    def _request(self, **asked: Any) -> Any:
        return request_of(self._files, source=self._source, limits=self._limits, **asked)

    def _whole(self, progress: Progress) -> Opened:
        """The whole extract, read once; what an earlier audit has derived is forgotten."""
        if self._open is None:
            request = self._request(consequence=False)
            self._open = self._stack.enter_context(opened(request, progress, [self._results().root]))
        else:
            drop_all_but(self._open.connection, "extract")
        return self._open


def audit(
    extract: str | Path | Sequence[str | Path],
    *,
    source: str | Path | SourceProfile | None = None,
    key: str | Path | bytes | None = None,
    memory: str | int | None = None,
    threads: int | None = None,
    **asked: Any,
) -> AuditResult:
    """Audit an extract: opens it as ``open`` does, and passes what else is asked to ``Log.audit``.

    Raises:
        DeclarationError: a declaration cannot be used.
        AuditError: the extract cannot be read, or the audit was cancelled.
    """
    with Log(extract, source=source, key=key, memory=memory, threads=threads) as log:
        return log.audit(**asked)


def _load_beside() -> None:
    """Begin to import Great Expectations while the extract is read. What goes wrong there comes again where it is needed."""
    threading.Thread(target=load, name="logsyn-loading", daemon=True).start()


def _key(given: str | Path | bytes | None) -> bytes:
    """The key of pseudonyms: in a file or as it is; else one that nobody keeps, so that no pseudonym can be told from another log's."""
    if given is None:
        return secrets.token_bytes(SHORTEST_KEY)
    if not isinstance(given, bytes):
        return project_key(Path(given))
    if len(given) < SHORTEST_KEY:
        raise ValueError(f"a key of pseudonyms has {SHORTEST_KEY} bytes at least, and this one {len(given)}")
    return given


def _day(given: str | date | None) -> date | None:
    return date.fromisoformat(given) if isinstance(given, str) else given
