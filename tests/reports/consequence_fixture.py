"""Hand-made consequences, one of every kind. All figures are made up."""

from __future__ import annotations

from logsyn.validator.record import (
    Answer,
    Arc,
    Backdating,
    CaseEnds,
    CasesInDoubt,
    Coincidence,
    Comparison,
    Consequence,
    Difference,
    FarEnds,
    LabelPart,
    Lengths,
    Lost,
    OutOf,
    ProcessFigures,
    SplitLabel,
    Text,
    Ties,
    TwoClocks,
    Waiting,
)


def figures(variants: int, median: float) -> ProcessFigures:
    """The figures of one reading of a log."""
    return ProcessFigures(
        events=96_000, cases=5_912, variants=variants, arcs=1_204, self_loops=310, median_duration_seconds=median,
        mean_duration_seconds=2 * median,
    )  # fmt: skip


TWO_CLOCKS = TwoClocks(
    comparison=Comparison(
        basis="registration",
        before=figures(4_911, 9_812_760.0),
        after=figures(4_803, 9_994_710.0),
        cases_changed=812,
        arcs_gained=37,
        arcs_lost=151,
        lost=[Arc(source="CV-samtale", target="CV godkendt", events=12)],
    ),
    backdating=Backdating(
        cases_reordered=830,
        cases=5_912,
        waiting=[
            Waiting(team="Jobklub", events=17_000, median_days_happened=7.05, median_days_registered=6.1),
            Waiting(team="Ungeteam", events=None, hidden=True),
        ],
    ),
)


def doubts(**cases: int) -> list[CasesInDoubt]:
    """Cases in doubt by question."""
    return [CasesInDoubt(question=name.replace("_", "-"), cases=OutOf(count=count, of=5_912)) for name, count in cases.items()]


REGISTERED = Consequence(
    as_if="moved",
    doubts=doubts(throughput_time=190, order=830, deadlines=3_377),
    rows_changed=19_204,
    rows_dropped=0,
    comparison=Comparison(
        before=figures(4_803, 9_994_710.0),
        after=figures(4_911, 9_812_760.0),
        cases_changed=812,
        arcs_gained=37,
        arcs_lost=151,
        lost=[Arc(source="CV-samtale", target="CV godkendt", events=12)],
    ),
    answers=[
        Answer(
            question="order",
            text=Text(
                da="Rækkefølgen bliver en anden i 830 sager (14 %).",
                en="The order becomes another in 830 cases (14%).",
            ),
        )
    ],
)

EVERYTHING = Consequence(
    remedy={"do": "relabel", "by": "team", "rule": "overloaded-label"},
    rows_changed=461,
    rows_dropped=0,
    comparison=Comparison(
        before=figures(4_803, 9_994_710.0),
        after=figures(4_850, 9_994_710.0),
        cases_changed=137,
        arcs_gained=61,
        arcs_lost=59,
        gained=[Arc(source="Samtale (anden) (Jobklub)", target="Jobklub slut", events=44)],
    ),
    far_ends=FarEnds(
        lengths=[
            Lengths(
                activity="Jobmål", events=328, failing=55, median_days=225.0, mean_days=100_759.0,
                median_days_clipped=167.0, mean_days_clipped=195.4, median_days_open=191.0, mean_days_open=189.2,
            ),
            Lengths(activity="Jobrotation", events=None, hidden=True),
        ],
        case_ends=[
            CaseEnds(reading="registered", running=136, median_duration_seconds=2e7, mean_duration_seconds=None)
        ],
    ),
    split=SplitLabel(
        by="team",
        parts=[LabelPart(label="Samtale (anden) (Jobklub)", events=297), LabelPart(label="x", events=None, hidden=True)],
        self_loops_before=384,
        self_loops_after=380,
        rework_before=834,
        rework_after=828,
    ),
    ties=Ties(
        steps=52, all_steps=4_425, arcs=12, arcs_only=1, both_ways=1,
        pairs=[Coincidence(source="CV godkendt", target="CV-samtale", events=8, reversed=None)],
    ),
    lost=Lost(
        lost=1_385,
        kept=998_615,
        differences=[
            Difference(dimension="team", key="Jobklub", lost=501, kept=314_003, share_of_lost=0.36, share_of_kept=0.31),
            Difference(dimension="month", key="2022-01", lost=31, kept=40_839, share_of_lost=0.02, share_of_kept=0.04),
        ],
    ),
    answers=[Answer(question="workload", text=Text(da="Færre at tælle.", en="Fewer to count."))],
)  # fmt: skip
