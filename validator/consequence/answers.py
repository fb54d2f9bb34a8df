"""One sentence for each question of the analysis that a finding concerns, with the figures that were worked out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.validator.consequence.measured import measured
from logsyn.validator.consequence.wording import Words
from logsyn.validator.findings.breakdown_cells import MOST_GROUPS
from logsyn.validator.personal.masking import shown
from logsyn.validator.record import Answer, Text
from logsyn.validator.record.means import is_ruled

if TYPE_CHECKING:
    from collections.abc import Callable

    from logsyn.validator.record import Consequence, FarEnds, Finding, Lost


def answers(finding: Finding, known: Consequence) -> list[Answer]:
    """The sentences, in the order of the finding's questions: its measure, and what else was worked out."""
    told = []
    for question in finding.questions:
        da, en = (_told(question, finding, known, Words(lang)) for lang in ("da", "en"))
        if da and en:
            told.append(Answer(question=question, text=Text(da=da, en=en)))
    return told


def _told(question: str, finding: Finding, known: Consequence, words: Words) -> str:
    tell = _TELLERS.get(question)
    return " ".join(filter(None, [measured(question, finding.check, known, words), tell(finding, known, words) if tell else ""]))


def _throughput(_: Finding, known: Consequence, words: Words) -> str:
    if known.far_ends is not None:
        return _case_ends(known, words)
    if known.comparison is None:
        return ""
    both, then = (known.comparison.before, known.comparison.after), _THEN[known.as_if or "mended"][words.lang]
    medians = [words.seconds(one.median_duration_seconds) for one in both]
    means = [words.seconds(one.mean_duration_seconds) for one in both]
    ruled = [is_ruled(one.mean_duration_seconds, one.median_duration_seconds) for one in both]
    both_known = all(one.mean_duration_seconds is not None for one in both)
    says_means = both_known and not any(ruled)
    beside = [f" ({'gennemsnit' if words.lang == 'da' else 'mean'} {mean})" if says_means else "" for mean in means]
    told = []
    if medians[0] != medians[1] or (says_means and means[0] != means[1]):
        told.append(_HALF[words.lang].format(before=medians[0] + beside[0], then=then, after=medians[1] + beside[1]))
    if both_known and ruled == [True, False]:
        told.append(_RULED[words.lang].format(before=means[0], after=means[1]))
    return " ".join(told)


_HALF = {
    "da": "Som det er, varer halvdelen af sagerne under {before}; {then} {after}.",
    "en": "As it is, half of the cases last less than {before}; {then}, {after}.",
}
_RULED = {
    "da": "Gennemsnittet, {before}, siger ikke noget om sagerne: Disse få datoer afgør det, og uden dem er det {after}.",
    "en": "The mean, {before}, says nothing of the cases: these few dates decide it, and without them it is {after}.",
}
"""Said of what makes a mean useless, and of nothing else."""


_THEN = {
    "mended": {"da": "med afhjælpning", "en": "with the remedy"},
    "left_out": {"da": "uden rækkerne", "en": "without the rows"},
    "moved": {"da": "når rækkerne flyttes", "en": "with the rows moved"},
    "renamed": {"da": "når navnene rettes", "en": "with the names put right"},
}


def _case_ends(known: Consequence, words: Words) -> str:
    ends = {end.reading: end for end in known.far_ends.case_ends} if known.far_ends else {}
    spans = [words.seconds(ends[name].median_duration_seconds) for name in ("registered", "clipped", "open")]
    running = words.counted(ends["registered"].running, ("sag", "sager"), ("case seems", "cases seem"))
    if words.lang == "da":
        return (
            f"Regnes slutdatoerne med, varer halvdelen af sagerne under {spans[0]}, og {running} ser ud til stadig at være i gang. "
            f"Regnes der kun til opgørelsesdatoen, er tallet {spans[1]}, og uden slutdatoerne langt ude i fremtiden er det {spans[2]}."
        )
    return (
        f"When the ends of periods count, half of the cases last less than {spans[0]} and {running} to be still running; "
        f"clipped at the as-of day it is {spans[1]}, and with the far ends left open {spans[2]}."
    )


def _order(finding: Finding, known: Consequence, words: Words) -> str:
    if known.ties is not None:
        return _coincidence(known, words)
    if known.lost is not None:
        return _no_place(finding, words)
    if known.comparison is None or not (known.comparison.arcs_lost or known.comparison.arcs_gained):
        return ""
    lost, gained = words.arcs(known.comparison.arcs_lost), words.number(known.comparison.arcs_gained)
    if words.lang == "da":
        return f"{lost} forsvinder fra proceskortet, og {gained} kommer til."
    return f"The process map loses {lost} and gains {gained}."


def _no_place(finding: Finding, words: Words) -> str:
    share = words.share(finding.failed, finding.checked)
    if words.lang == "da":
        steps = f", så mindst et trin mangler i {words.cases(finding.cases_affected)}" if finding.cases_affected else ""
        return f"{words.events(finding.failed)} ({share}) har ingen plads i et forløb{steps}."
    steps = (
        f", so at least one step is missing in {words.cases(finding.cases_affected)}" if finding.cases_affected else ""
    )
    have = "has" if finding.failed == 1 else "have"
    return f"{words.events(finding.failed)} ({share}) {have} no place in the course of a case{steps}."


def _coincidence(known: Consequence, words: Words) -> str:
    tied = known.ties
    if tied is None:
        return ""
    share = words.share(tied.steps, tied.all_steps)
    if words.lang == "da":
        alone = (
            f"{words.arcs(tied.arcs_only)} findes kun på grund af dem"
            if tied.arcs_only
            else "alle pilene findes også uden dem"
        )
        return (
            f"{words.number(tied.steps)} af {words.number(tied.all_steps)} overgange i proceskortet ({share}) har en tilfældig retning, fordi tidspunkterne er ens; "
            f"{alone}."
        )
    alone = (
        f"{words.counted(tied.arcs_only, ('', ''), ('arc exists', 'arcs exist'))} only because of them"
        if tied.arcs_only
        else "all the arcs exist without them, too"
    )
    return (
        f"{words.number(tied.steps)} of {words.number(tied.all_steps)} steps of the process map ({share}) {'has' if tied.steps == 1 else 'have'} a direction that is due to the sorting only; "
        f"{alone}."
    )


def _occurrence(_: Finding, known: Consequence, words: Words) -> str:
    if known.split is not None:
        return _split(known, words)
    if known.comparison is None or known.comparison.before.variants == known.comparison.after.variants:
        return ""
    before = words.counted(
        known.comparison.before.variants, ("forløb bliver", "forskellige forløb bliver"), ("course becomes", "different courses become")
    )
    after = words.number(known.comparison.after.variants)
    return f"{before} til {after}." if words.lang == "da" else f"{before} {after}."


def _split(known: Consequence, words: Words) -> str:
    split = known.split
    if split is None:
        return ""
    parts = words.number(len(split.parts))
    rework = words.counted(
        split.rework_before - split.rework_after,
        ("tilsyneladende gentagelse", "tilsyneladende gentagelser"),
        ("apparent repetition", "apparent repetitions"),
    )
    loops = words.counted(split.self_loops_before - split.self_loops_after, ("sløjfe", "sløjfer"), ("loop", "loops"))
    if words.lang == "da":
        return f"Deles navnet op i {parts}, forsvinder {rework} og {loops} fra et trin til sig selv."
    return f"Split into {parts}, {rework} and {loops} from a step to itself vanish."


def _workload(finding: Finding, known: Consequence, words: Words) -> str:
    if known.lost is not None:
        return _differently_lost(finding, known, words)
    if not known.rows_dropped:
        return ""
    share, fewer = words.share(known.rows_dropped, finding.checked), words.events(known.rows_dropped)
    left_out = known.as_if == "left_out"
    if words.lang == "da":
        return f"{'Uden rækkerne' if left_out else 'Efter afhjælpning'} er der {fewer} ({share}) færre."
    return f"{'Without the rows' if left_out else 'When remedied'} there {'is' if known.rows_dropped == 1 else 'are'} {fewer} ({share}) fewer to count."


def _differently_lost(finding: Finding, known: Consequence, words: Words) -> str:
    lost = known.lost
    if lost is None:
        return ""
    by_team = next((one for one in lost.differences if one.dimension == "team"), None)
    share, drop = words.share(lost.lost, lost.lost + lost.kept), "drops" if lost.lost == 1 else "drop"
    if by_team is None:
        alike = _ALIKE[words.lang] if _is_told_of_every_team(finding, lost) else ""
        if words.lang == "da":
            return f"{words.events(lost.lost)} ({share}) tælles ikke med.{alike}"
        return f"{words.events(lost.lost)} ({share}) {drop} out of the count.{alike}"
    shares = [words.share(one, 1) for one in (by_team.share_of_lost, by_team.share_of_kept)]
    team = shown(by_team.key or "-")
    if words.lang == "da":
        return f"{words.events(lost.lost)} ({share}) tælles ikke med; {team} har {shares[0]} af dem, men {shares[1]} af resten."
    return f"{words.events(lost.lost)} ({share}) {drop} out of the count; {team} has {shares[0]} of them but {shares[1]} of the rest."


_ALIKE = {"da": " Intet team har en klart større eller mindre del af dem end af resten.", "en": " No team has a clearly larger or smaller part of them than of the rest."}


def _is_told_of_every_team(finding: Finding, lost: Lost) -> bool:
    """Whether lost and kept rows were set against each other in every team: the team is not what is missing, and no group is hidden or beyond the longest."""
    teams = finding.breakdowns.team
    every = all(group.key is not None and not group.hidden for group in teams) and 1 < len(teams) < MOST_GROUPS
    looked_at = sum(group.checked or 0 for group in teams) >= finding.checked  # told in tens, rounded up
    return finding.params.get("column") != "team" and every and looked_at and lost.kept > 0


def _deadlines(finding: Finding, known: Consequence, words: Words) -> str:
    if known.far_ends is not None:
        return _period_lengths(known.far_ends, words)
    if finding.check != "backdated-registration":
        return ""
    late = finding.failed if finding.acceptance is None else finding.acceptance.remaining
    if late is None:  # as good as none is left, and how few must not be told
        return ""
    share, failed = words.share(late, finding.checked), words.events(late)
    if words.lang == "da":
        return f"Måler man frister på registreringstidspunktet, ligger {failed} ({share}) efter den aftalte tid, selv om handlingen kan være udført til tiden."
    return f"When deadlines are measured by registration, {failed} ({share}) {'comes' if late == 1 else 'come'} later than the agreed time, though the act may have been in time."


def _period_lengths(ends: FarEnds, words: Words) -> str:
    length = next((one for one in ends.lengths if not one.hidden), None)
    if length is None:
        return ""
    activity = shown(length.activity or "-")
    spans = [words.days(value) for value in (length.median_days, length.median_days_clipped, length.median_days_open)]
    mean = words.days(length.mean_days) if is_ruled(length.mean_days, length.median_days) else ""
    if words.lang == "da":
        half = f"Halvdelen af »{activity}« er kortere end {spans[0]} som registreret, {spans[1]} regnet til opgørelsesdatoen og {spans[2]} uden de fjerne slutdatoer."
        return f"{half} Gennemsnittet som registreret er {mean}: Det afgøres af de fjerne slutdatoer." if mean else half
    half = f"Half of “{activity}” are shorter than {spans[0]} as registered, {spans[1]} clipped at the as-of day and {spans[2]} without the far ends."
    return f"{half} The mean as registered is {mean}: the far ends decide it." if mean else half


_TELLERS: dict[str, Callable[[Finding, Consequence, Words], str]] = {
    "throughput-time": _throughput,
    "order": _order,
    "occurrence": _occurrence,
    "workload": _workload,
    "deadlines": _deadlines,
}
