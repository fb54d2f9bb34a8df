"""The draft of remedies from an audit: for every failed rule what could be done, with what it would change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from logsyn.expectations.declaration import built_in_names
from logsyn.expectations.remedies import default_remedy
from logsyn.validator.suggesting.draft import Draft, Line

if TYPE_CHECKING:
    from logsyn.validator.record import Audit, Finding
    from logsyn.validator.suggesting.wording import NoteWording

ORDER = (
    "mask-cpr",
    "drop-rows",
    "drop-cases",
    "keep-first",
    "blank",
    "end-date",
    "use-time",
    "map-labels",
    "relabel",
    "merge-rows",
)
"""First what must not stay, then what is no event, then times, and labels last, since rows are merged by their labels."""


def draft_remedies(audit: Audit, say: NoteWording) -> Draft | None:
    """Remedies for the findings of an audit; None when there is none to draft. Nothing is done before somebody runs them."""
    mapped = frozenset(column.name for column in audit.extract.columns)
    failed = [finding for finding in audit.findings if finding.still_fails]
    steps = [(finding, step) for finding in failed if (step := _step(finding, mapped)) is not None]
    if not steps:
        return None
    steps.sort(key=lambda one: ORDER.index(one[1]["do"]) if one[1]["do"] in ORDER else len(ORDER))
    with_step = {finding.rule for finding, _ in steps}
    by_people = [finding.rule for finding in failed if finding.rule not in with_step]
    lines = [
        Line(("remedies",), "draft", comparable=False),
        *_spoken_of(audit),
        *(Line(("steps", finding.rule), step, _effect(finding, say), item=True) for finding, step in steps),
    ]
    preface = [
        say("Udkast til det, der kan gøres før analysen. Kun det, der står her, bliver gjort, i denne rækkefølge: slet det, I ikke vil have.",
            "Draft of what can be done before the analysis. Only what stands here is done, in this order: delete what you do not want."),
        say("Se virkningen først: logsyn remedy … --remedies remedies.yaml --dry-run",
            "See the effect first: logsyn remedy … --remedies remedies.yaml --dry-run"),
        *_own_files(audit, say),
        *([say("AFKLAR: kan kun rettes i fagsystemet eller aftales: {rules}", "SETTLE: can only be mended at the source, or agreed on: {rules}",
               rules=", ".join(by_people))] if by_people else []),
    ]  # fmt: skip
    return Draft("remedies", preface, lines)


def _spoken_of(audit: Audit) -> list[Line]:
    """The suite and the practice of the audit, where they are built in and so go by their names."""
    named = (("suite", "suites", audit.suite), ("practice", "practices", audit.registration.practice))
    return [Line((key,), name) for key, folder, name in named if name in built_in_names(folder)]


def _own_files(audit: Audit, say: NoteWording) -> list[str]:
    """What must be given on the command line, since the steps speak of it and it is a file of one's own."""
    options = (("--suite", "suites", audit.suite), ("--practice", "practices", audit.registration.practice))
    return [
        say("Giv {option} med den fil, synet brugte: {name}", "Give {option} with the file that the audit used: {name}", option=option, name=name)
        for option, folder, name in options
        if name is not None and name not in built_in_names(folder)
    ]  # fmt: skip


def _step(finding: Finding, mapped: frozenset[str]) -> dict[str, Any] | None:
    """The remedy that the audit proposes; where it has worked out no consequences, the default one of the check, as it is declared."""
    if finding.consequence.remedy or finding.consequence.as_if is not None:
        return dict(finding.consequence.remedy or {}) or None
    step = default_remedy(finding.check, finding.rule, mapped, finding.params)
    return None if step is None else step.model_dump(exclude_defaults=True, by_alias=True)


def _effect(finding: Finding, say: NoteWording) -> str:
    told = [
        say("{failed} af {checked} ({share})", "{failed} of {checked} ({share})",
            failed=say.count(finding.failed), checked=say.count(finding.checked), share=say.share(finding.failed, finding.checked))
    ]  # fmt: skip
    known = finding.consequence
    if known.rows_dropped:
        told.append(say("fjerner {rows} rækker", "drops {rows} rows", rows=say.count(known.rows_dropped)))
    if known.rows_changed:
        told.append(say("ændrer {rows} rækker", "changes {rows} rows", rows=say.count(known.rows_changed)))
    if known.comparison is not None and known.comparison.basis == "remedy":
        told.append(
            say(
                "{cases} sager får et andet forløb",
                "{cases} cases get another course",
                cases=say.count(known.comparison.cases_changed),
            )
        )
    return "; ".join(told)
