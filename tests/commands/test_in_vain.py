"""The terminal tells of rules that looked at nothing and of names that are not there: the first of them, and how many more there are."""

import pytest

from logsyn.validator.commands.in_vain import in_vain, not_judged
from logsyn.validator.record import Text, Unmatched
from tests.record.made import idle

AUDIT = idle()
BLANK = AUDIT.findings[0].model_copy(update={"unmatched": [], "reason": None, "severity": "info", "acceptance": None})


def told(*findings, tell=in_vain):
    return tell(AUDIT.model_copy(update={"findings": list(findings)}))


def rule(name, *unmatched, outcome="nothing_checked", own=True, reason=None):
    update = {"rule": name, "outcome": outcome, "own": own, "unmatched": list(unmatched), "reason": reason}
    return BLANK.model_copy(update=update)


def lacks(value, **more):
    return Unmatched(key="where", column="team", value=value, **more)


@pytest.mark.parametrize(
    ("lacking", "says"),
    [
        (Unmatched(key="column", column="teem", near="team"), '"teem" is no column that rules can look at here. Did you mean "team"?'),
        (Unmatched(key="column", column="x", near="y"), '"x" is no column that rules can look at here. Did you mean "y"?'),
        (lacks("Øst", near="Ost"), '"Øst" does not occur in team. Did you mean "Ost"?'), (lacks("Øst"), '"Øst" does not occur in team.'),
        (lacks("Ø", operator="starts_with"), 'No value of team meets starts_with: "Ø".'), (lacks("…"), "A value that it names does not occur in team."),
        (Unmatched(key="column", column="x"), "why"),  # the reason says it
    ],
)  # fmt: skip
def test_a_name_that_is_not_there_is_told_with_what_was_meant(lacking, says):
    assert told(rule("r", lacking, reason=Text(da="hvorfor", en="why"))) == [f"  nothing   r: {says}"]


@pytest.mark.parametrize("many", [1, 3, 4, 7])
def test_of_many_names_three_are_told_and_the_others_counted(many):
    (line,) = told(rule("r", *[lacks(f"v{n}") for n in range(many)], outcome="failed"))
    names = [f'"v{n}" does not occur in team.' for n in range(min(many, 3))]
    assert line == "  remark    r: " + " ".join([*names, *([f"And {many - 3} more."] if many > 3 else [])])


@pytest.mark.parametrize("many", [1, 12, 13, 20])
def test_of_many_rules_twelve_are_told_and_the_others_counted(many):
    lines = told(*[rule(f"r{n:02}", lacks("v")) for n in range(many)])
    assert [line.split()[1] for line in lines[:12]] == [f"r{n:02}:" for n in range(min(many, 12))]
    assert lines[12:] == ([f"  … and {many - 12} more"] if many > 12 else [])


def test_rules_that_are_not_the_users_own_are_told_by_name_alone():
    silent = [rule(f"s{n}", outcome="not_evaluated", own=n > 0) for n in range(2)]
    idle_ones = [rule(f"i{n}", own=False) for n in range(2)]
    lines = told(*silent, *idle_ones, rule("p", outcome="passed"), rule("own", lacks("v")), tell=not_judged)
    assert [line.split(":")[0].split()[0] for line in lines] == ["nothing", "not", "looked"]
    assert [line.rpartition(": ")[2] for line in lines[1:]] == ["s0, s1", "i0, i1"]
    assert told(rule("p", outcome="passed"), tell=not_judged) == []
