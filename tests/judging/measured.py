"""Cases in doubt as sets of Python, to judge findings that are made by hand."""

from dataclasses import dataclass, field

from logsyn.validator.record import CasesInDoubt, Consequence, Finding, OutOf, Text

ALL = frozenset({"case_id", "activity", "timestamp", "registered_at", "team"})
WORDS = Text(da="en regel", en="a rule")


@dataclass
class Sets:
    """By rule and question the cases in doubt, of ``cases``."""

    cases: int = 1000
    of_rule: dict[str, dict[str, set[int]]] = field(default_factory=dict)

    def remaining(self, question, rules):
        left = [set().union(*(self.of_rule.get(rule, {}).get(question, ()) for rule in rules[done:])) for done in range(len(rules) + 1)]
        return [OutOf(count=len(one), of=self.cases) for one in left]


@dataclass
class Measures:
    """As the one of the consequences."""

    doubts: Sets

    def range_of(self, *_):
        return []


def finding(rule="r", outcome="failed", severity="warning", doubts=None, **how):
    """A finding about events; ``doubts`` are cases in doubt by question, None: they cannot be computed."""
    texts = dict.fromkeys(("title", "fails_when", "why", "ask", "mend"), WORDS)
    known = {"check": rule, "table": "events", "dimension": "accuracy", "expectation": "e", "questions": ["order"], "checked": 1000, "failed": 1}
    told = [
        CasesInDoubt(question=name, cases=None if cases is None else OutOf(count=len(cases), of=1000))
        for name, cases in (doubts or {}).items()
    ]
    return Finding(
        **{**known, **texts, **how}, rule=rule, outcome=outcome, severity=severity, consequence=Consequence(doubts=told)
    )


def failed(rule, cases, question="order", severity="warning", **how):
    """A finding that puts these cases in doubt for one question."""
    return finding(rule, severity=severity, questions=[question], doubts={question: set(cases)}, **how), (rule, question, set(cases))


def measured(*told, cases=1000):
    """The measures of such findings."""
    sets = Sets(cases)
    for rule, question, of_cases in told:
        sets.of_rule.setdefault(rule, {})[question] = of_cases
    return Measures(sets)
