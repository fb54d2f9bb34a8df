"""One sentence for each question of the analysis that a finding concerns, with the figures that were worked out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.validator.consequence.wording import Words
from logsyn.validator.personal.masking import shown
from logsyn.validator.record import Answer, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from logsyn.validator.record import Backdating, Comparison, Consequence, FarEnds, Finding


def answers(finding: Finding, known: Consequence) -> list[Answer]:
    """The sentences, in the order of the finding's questions; a question of which nothing is known has none."""
    told = []
    for question in finding.questions:
        tell = _TELLERS.get(question)
        if tell is None:
            continue
        da, en = (tell(finding, known, Words(lang)) for lang in ("da", "en"))
        if da and en:
            told.append(Answer(question=question, text=Text(da=da, en=en)))
    return told


def _throughput(_: Finding, known: Consequence, words: Words) -> str:
    if known.far_ends is not None:
        return _case_ends(known, words)
    if known.comparison is None:
        return ""
    before, after = known.comparison.before, known.comparison.after
    spans = [words.seconds(value) for value in (before.median_duration_seconds, after.median_duration_seconds,
             before.mean_duration_seconds, after.mean_duration_seconds)]  # fmt: skip
    if spans[0] == spans[1] and spans[2] == spans[3]:
        if words.lang == "da":
            return f"Sagernes varighed er den samme: Halvdelen varer under {spans[0]}, og gennemsnittet er {spans[2]}."
        return f"The duration of cases is the same: half of them last less than {spans[0]}, and the mean is {spans[2]}."
    when = _readings(known.comparison, words)
    if words.lang == "da":
        return f"{when[0]} varer halvdelen af sagerne under {spans[0]} (gennemsnit {spans[2]}); {when[1]} {spans[1]} (gennemsnit {spans[3]})."
    return f"{when[0]}, half of the cases last less than {spans[0]} (mean {spans[2]}); {when[1]}, {spans[1]} (mean {spans[3]})."


def _readings(comparison: Comparison, words: Words) -> tuple[str, str]:
    if comparison.basis == "registration":
        return ("Efter registreringstidspunktet", "efter hændelsestidspunktet") if words.lang == "da" else ("By time of registration", "by time of the event")  # fmt: skip
    return ("Uden afhjælpning", "med afhjælpning") if words.lang == "da" else ("Without the remedy", "with it")


def _case_ends(known: Consequence, words: Words) -> str:
    ends = {end.reading: end for end in known.far_ends.case_ends} if known.far_ends else {}
    spans = [words.seconds(ends[name].median_duration_seconds) for name in ("registered", "clipped", "open")]
    running = words.cases(ends["registered"].running)
    if words.lang == "da":
        return (
            f"Regnes slutdatoerne med, varer halvdelen af sagerne under {spans[0]}, og {running} ser ud til stadig at være i gang. "
            f"Regnes der kun til opgørelsesdatoen, er tallet {spans[1]}, og uden slutdatoerne langt ude i fremtiden er det {spans[2]}."
        )
    return (
        f"When the ends of periods count, half of the cases last less than {spans[0]} and {running} seem to be still running; "
        f"clipped at the as-of day it is {spans[1]}, and with the far ends left open {spans[2]}."
    )


def _order(finding: Finding, known: Consequence, words: Words) -> str:
    if known.ties is not None:
        return _coincidence(known, words)
    if known.lost is not None:
        return _no_place(finding, words)
    return "" if known.comparison is None else _courses(known, known.comparison, words)


def _courses(known: Consequence, compared: Comparison, words: Words) -> str:
    if known.backdating is not None:
        return _by_registration(known.backdating, compared, words)
    cases = max(compared.before.cases, compared.after.cases)
    if not compared.cases_changed:
        return "Rækkefølgen af trin er den samme i alle sager." if words.lang == "da" else "The order of the steps is the same in every case."  # fmt: skip
    changed, share = words.cases(compared.cases_changed), words.share(compared.cases_changed, cases)
    if words.lang == "da":
        return f"{changed} ({share}) får et andet forløb efter afhjælpning; {words.arcs(compared.arcs_lost)} forsvinder fra proceskortet, og {words.number(compared.arcs_gained)} kommer til."
    return f"{changed} ({share}) take another course when remedied; {words.arcs(compared.arcs_lost)} vanish from the process map, and {words.number(compared.arcs_gained)} are new."


def _by_registration(backdating: Backdating, compared: Comparison, words: Words) -> str:
    reordered = words.cases(backdating.cases_reordered)
    share, arcs = words.share(backdating.cases_reordered, backdating.cases), words.arcs(compared.arcs_lost)
    if words.lang == "da":
        return (
            f"I {reordered} ({share}) er rækkefølgen en anden efter registreringstidspunktet end efter hændelsestidspunktet, og {arcs} "
            "i proceskortet findes kun i registreringernes rækkefølge."
        )
    return (
        f"In {reordered} ({share}) the order by time of registration differs from that by time of the event, and {arcs} "
        "of the process map exist only in the order of registration."
    )


def _no_place(finding: Finding, words: Words) -> str:
    share = words.share(finding.failed, finding.checked)
    if words.lang == "da":
        steps = f", så mindst et trin mangler i {words.cases(finding.cases_affected)}" if finding.cases_affected else ""
        return f"{words.events(finding.failed)} ({share}) har ingen plads i et forløb{steps}."
    steps = (
        f", so at least one step is missing in {words.cases(finding.cases_affected)}" if finding.cases_affected else ""
    )
    return f"{words.events(finding.failed)} ({share}) have no place in the course of a case{steps}."


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
        f"{words.arcs(tied.arcs_only)} exist only because of them"
        if tied.arcs_only
        else "all the arcs exist without them, too"
    )
    return (
        f"{words.number(tied.steps)} of {words.number(tied.all_steps)} steps of the process map ({share}) have a direction that is due to the sorting only; "
        f"{alone}."
    )


def _occurrence(finding: Finding, known: Consequence, words: Words) -> str:
    if known.split is not None:
        return _split(known, words)
    if known.comparison is None or known.rows_changed is None or known.rows_dropped is None:
        return ""
    variants = [words.number(one.variants) for one in (known.comparison.before, known.comparison.after)]
    touched = known.rows_dropped or known.rows_changed or finding.failed
    same = variants[0] == variants[1]
    if words.lang == "da":
        done = "falder ud" if known.rows_dropped else "ændres"
        courses = (
            f"der er stadig {variants[0]} forskellige forløb"
            if same
            else f"{variants[0]} forskellige forløb bliver til {variants[1]}"
        )
        return f"{words.events(touched)} {done} ved afhjælpning, og {courses}."
    done = "drop out" if known.rows_dropped else "change"
    courses = (
        f"there are still {variants[0]} different courses"
        if same
        else f"{variants[0]} different courses become {variants[1]}"
    )
    return f"{words.events(touched)} {done} when remedied, and {courses}."


def _split(known: Consequence, words: Words) -> str:
    split = known.split
    if split is None:
        return ""
    parts, rework = words.number(len(split.parts)), words.number(split.rework_before - split.rework_after)
    loops = words.number(split.self_loops_before - split.self_loops_after)
    if words.lang == "da":
        return f"Deles navnet op i {parts}, forsvinder {rework} tilsyneladende gentagelser og {loops} sløjfer fra et trin til sig selv."
    return f"Split into {parts}, {rework} apparent repetitions and {loops} loops from a step to itself vanish."


def _workload(finding: Finding, known: Consequence, words: Words) -> str:
    if known.lost is not None:
        return _differently_lost(known, words)
    if known.far_ends is not None:
        days, share = words.number(finding.failed), words.share(finding.failed, finding.checked)
        if words.lang == "da":
            return f"{days} perioder ({share} af dem, der har en slutdato) tæller som igangværende længere, end de sandsynligvis er."
        return f"{days} periods ({share} of those with an end) count as going on for longer than they probably do."
    if not known.rows_dropped:
        return ""
    share = words.share(known.rows_dropped, finding.checked)
    if words.lang == "da":
        return f"Efter afhjælpning er der {words.events(known.rows_dropped)} ({share}) færre."
    return f"There are {words.events(known.rows_dropped)} ({share}) fewer to count when remedied."


def _differently_lost(known: Consequence, words: Words) -> str:
    lost = known.lost
    if lost is None:
        return ""
    by_team = next((one for one in lost.differences if one.dimension == "team"), None)
    share = words.share(lost.lost, lost.lost + lost.kept)
    if by_team is None:
        if words.lang == "da":
            return f"{words.events(lost.lost)} ({share}) tælles ikke med. De fordeler sig på teamene som resten."
        return (
            f"{words.events(lost.lost)} ({share}) drop out of the count; set against the teams they resemble the rest."
        )
    shares = [words.share(one, 1) for one in (by_team.share_of_lost, by_team.share_of_kept)]
    team = shown(by_team.key or "-")
    if words.lang == "da":
        return f"{words.events(lost.lost)} ({share}) tælles ikke med; {team} har {shares[0]} af dem, men {shares[1]} af resten."
    return f"{words.events(lost.lost)} ({share}) drop out of the count; {team} has {shares[0]} of them but {shares[1]} of the rest."


def _deadlines(finding: Finding, known: Consequence, words: Words) -> str:
    if known.far_ends is not None:
        return _period_lengths(known.far_ends, words)
    share = words.share(finding.failed, finding.checked)
    failed = words.events(finding.failed)
    if known.backdating is not None:
        if words.lang == "da":
            return f"Måler man frister på registreringstidspunktet, ligger {failed} ({share}) efter den aftalte tid, selv om handlingen kan være udført til tiden."
        return f"When deadlines are measured by registration, {failed} ({share}) come later than the agreed time, though the act may have been in time."
    if words.lang == "da":
        return f"For {failed} ({share}) kan det ikke afgøres, om fristen er holdt."
    return f"For {failed} ({share}) it cannot be told whether the deadline was kept."


def _period_lengths(ends: FarEnds, words: Words) -> str:
    length = next((one for one in ends.lengths if not one.hidden), None)
    if length is None:
        return ""
    activity = shown(length.activity or "-")
    spans = [words.days(value) for value in (length.mean_days, length.mean_days_clipped, length.mean_days_open)]
    if words.lang == "da":
        return f"{activity} varer i gennemsnit {spans[0]} som registreret, {spans[1]} regnet til opgørelsesdatoen og {spans[2]} uden de fjerne slutdatoer."
    return f"{activity} lasts {spans[0]} on average as registered, {spans[1]} clipped at the as-of day and {spans[2]} without the far ends."


_TELLERS: dict[str, Callable[[Finding, Consequence, Words], str]] = {
    "throughput-time": _throughput,
    "order": _order,
    "occurrence": _occurrence,
    "workload": _workload,
    "deadlines": _deadlines,
}
