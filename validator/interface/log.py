"""An extract that is open: it is audited, remedied and handed on from here, without being read anew for each audit."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from logsyn.expectations.remedies import Remedies, load_remedies
from logsyn.expectations.selection import RuleSelection
from logsyn.validator.errors import AuditError
from logsyn.validator.handing_on.export import Order
from logsyn.validator.handing_on.parts import FileLimits
from logsyn.validator.handing_on.targets import TARGETS
from logsyn.validator.interface.asked import day_of, key_of, limits_of, load_beside, removed_if_it_fails, told
from logsyn.validator.interface.audited import AuditResult
from logsyn.validator.interface.folder import TemporaryFolder
from logsyn.validator.interface.naming import named
from logsyn.validator.interface.remedied import RemedyResult
from logsyn.validator.interface.saved import warn_if_open
from logsyn.validator.interface.turn import Turn
from logsyn.validator.progress import Progress, Stage
from logsyn.validator.record import RowAccounts, sealed
from logsyn.validator.run.audit import AUDITING, EXAMINING
from logsyn.validator.run.declared import request_of
from logsyn.validator.run.examine import examine
from logsyn.validator.run.export import EXPORTING, run_export
from logsyn.validator.run.extract import opened
from logsyn.validator.run.files import write
from logsyn.validator.run.remedy import REMEDYING, run_remedies
from logsyn.validator.tables.registry import drop_all_but
from logsyn.validator.writing.output import refuse_foreign_folder, staged
from logsyn.validator.writing.protected import refuse_inside

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from logsyn.expectations.judgement import Judgement
    from logsyn.expectations.practice import Practice
    from logsyn.expectations.scope import Scope
    from logsyn.expectations.source import SourceProfile
    from logsyn.expectations.suite import Suite
    from logsyn.validator.handing_on.record import Handover
    from logsyn.validator.record import Input
    from logsyn.validator.request import Request
    from logsyn.validator.run.extract import Opened


class Log:
    """An extract. Use it in a ``with`` block; what is temporary is gone afterwards, except what results still hold.

    Several threads may use one log: what they ask of it follows each other.

    Args:
        extract: a CSV file, also .gz or .zip, or several that are read as one log.
        source: where the columns are: a built-in source profile, a YAML file, or a loaded profile; the headers decide unless given.
        key: of the pseudonyms in exports and remedied logs: a file with a key that exists, or its bytes; a random one that nobody keeps unless given.
        memory: the most that all of a run may hold, such as ``"4GB"`` or in bytes; half of the machine's unless given.
        threads: on so many cores DuckDB works; all unless given.

    Raises:
        AuditError: the key cannot be used.
        ValueError: a key, an amount of memory or a number of threads that cannot be.
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
        self._files = [Path(file).absolute() for file in files]
        self._source = source
        self._limits = limits_of(memory, threads)
        self._keyed = key is not None
        self._key = key_of(key)
        self._turn = Turn()
        self._stack = ExitStack()
        self._kept: TemporaryFolder | None = TemporaryFolder()
        self._open: Opened | None = None
        self._checksums: list[str] = []

    def __enter__(self) -> Self:
        self._results()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the extract and of what was derived from it; results that are held stay usable."""
        with self._turn.of(Progress()):
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
        rules: str | Sequence[str] = (),
        consequence: bool = True,
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
            rules: run only these; one, or several.
            consequence: work out what each finding means for the analysis.
            progress: is told each step; its ``cancel`` ends the audit.

        Raises:
            DeclarationError: a declaration cannot be used.
            AuditError: the extract cannot be read, or the audit was cancelled (``CancelledError``).
        """
        progress = told(progress)
        load_beside()
        request = self._request(
            suite=suite, practice=practice, as_of=day_of(as_of), judgement=judgement, scope=scope,
            accepted=Path(accepted) if accepted else None,
            selection=RuleSelection(rules=(rules,) if isinstance(rules, str) else tuple(rules)),
            consequence=consequence,
        )  # fmt: skip
        with self._turn.of(progress), ExitStack() as alone:
            progress.plan(AUDITING if self._open is None or scope else (*EXAMINING, Stage.WRITING))
            files = self._results().new()
            if scope is not None:
                extract = alone.enter_context(opened(request, progress, [files.path]))
            else:
                extract = self._whole(progress)
            with removed_if_it_fails(files), progress.ending(extract.database):
                record, _ = examine(extract, request, progress)
                record = sealed(record)
                self._refuse_other(record.inputs)
                progress.stage(Stage.WRITING)
                accounts = RowAccounts(inputs=extract.reading.inputs, scope=extract.scope)
                write(extract.connection, request, record, files.path, progress, accounts=accounts)
                progress.end()
        return AuditResult(record, files)

    def remedy(
        self,
        remedies: str | Path | Remedies,
        *,
        suite: str | Path | Suite | None = None,
        practice: str | Path | Practice | None = None,
        as_of: str | date | None = None,
        scope: str | Path | Scope | None = None,
        consequence: bool = True,
        progress: Progress | None = None,
    ) -> RemedyResult:
        """Audit the log, do what the remedies say on a copy of it, and audit that, as ``logsyn remedy`` does. The extract stays as it is.

        Raises:
            DeclarationError: a declaration cannot be used.
            AuditError: the extract cannot be read, a remedy cannot be done, or it was cancelled.
        """
        progress = told(progress)
        load_beside()
        declared = remedies if isinstance(remedies, Remedies) else load_remedies(Path(remedies))
        request = self._request(
            suite=suite or declared.suite or "base", practice=practice or declared.practice, as_of=day_of(as_of),
            scope=scope, consequence=consequence,
        )  # fmt: skip
        with self._turn.of(progress):
            progress.plan(REMEDYING)
            files = self._results().new()
            with removed_if_it_fails(files):
                both = run_remedies(request, declared, self._key, files.path, progress)
                self._refuse_other(both.before.inputs)
                progress.end()
        return RemedyResult(both, files, keyed=self._keyed)

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
        progress = told(progress)
        out, target = Path(folder), named(to, TARGETS, "target")
        declared = load_remedies(Path(remedies)) if isinstance(remedies, str | Path) else remedies
        rules: dict[str, Any] = {}
        if declared is not None:
            rules = {"suite": suite or declared.suite or "base", "practice": practice or declared.practice}
        request = self._request(as_of=day_of(as_of), scope=scope, consequence=False, **rules)
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
        with self._turn.of(progress), staged(out, "export", keyed=self._keyed) as staging:
            self._results()
            progress.plan(EXPORTING)
            record = run_export(
                request, lambda: order, staging, progress,
                remedies=declared, key=lambda: self._key, audited=audit.record if audit else None,
            )  # fmt: skip
            self._refuse_other(record.inputs)
            progress.end()
        warn_if_open(out)
        return record

    def _results(self) -> TemporaryFolder:
        """Where results wait.

        Raises:
            AuditError: the log was closed.
        """
        if self._kept is None:
            raise AuditError("the log is closed", "Use it within its with block, or open it again.")
        return self._kept

    def _request(self, **asked: Any) -> Request:
        return request_of(self._files, source=self._source, limits=self._limits, **asked)

    def _whole(self, progress: Progress) -> Opened:
        """The whole extract, read once; what an earlier audit has derived is forgotten."""
        if self._open is None:
            request = self._request(consequence=False)
            self._open = self._stack.enter_context(opened(request, progress, [self._results().path]))
        else:
            drop_all_but(self._open.connection, "extract")
        return self._open

    def _refuse_other(self, inputs: Sequence[Input]) -> None:
        """Make sure that all that is asked of a log is asked of the same files.

        Raises:
            AuditError: they have changed since they were first read.
        """
        checksums = [one.sha256 for one in inputs]
        self._checksums = self._checksums or checksums
        if checksums != self._checksums:
            raise AuditError(
                "the extract has changed since it was first read", "Open it again, for all that is asked of it."
            )
