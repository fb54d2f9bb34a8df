"""The catalogue: what each check means, which columns it needs, and the stock expectation that decides it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import model_validator

from logsyn.expectations.declaration import Declared, DeclaredText, load
from logsyn.expectations.grain import GRAINS, Grain
from logsyn.expectations.question import OF_TIME_COLUMN, AsIf, Question, Takes, Who
from logsyn.expectations.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

Table = Literal["events", "cases", "labels", "log"]
Dimension = Literal[
    "completeness", "accuracy", "consistency", "credibility", "currentness", "confidentiality", "precision"
]
"""The words of ISO/IEC 25012 for what a check looks at."""

ParameterKind = Literal[
    "number", "span", "column", "columns", "texts", "dates", "choice", "condition", "counts", "flag", "bound"
]
"""``span`` is written ``15min``, ``2h``, ``7d`` and reaches SQL as days; ``choice`` is one of the keys of ``choices``;
``condition`` is what ``where`` takes; ``counts`` maps names to whole numbers; ``flag`` is true or false; ``bound`` is a
number, a date or a time."""


OnValue = Literal["expect_column_values_to_be_between", "expect_column_values_to_not_be_null"]
"""What may be expected of the value of a check: ``logsyn.validator.checking.fails`` says of each which rows fail."""


class Parameter(Declared):
    """One parameter of a check.

    ``unless_given_needs`` is a column that decides when the parameter is not given: the check is not evaluated when the
    extract does not have it either. ``only_if_given`` is a column that the SQL leaves out of account when the parameter is not given,
    so that it need not be derived. A choice is a column, or a mapping of forms to SQL with ``needs``, the columns it takes;
    when its default is a list, the first whose needs the extract has is taken; ``said`` are its words, which stand in ``fails_when`` for ``{name}``. A number, and each of ``counts``, lies from
    ``least`` to ``most``. ``values_of``: the column of which texts or the names of counts are values, ``{column}`` for the one that this
    parameter names; ``may_lack``: they are what may occur, so that it is no slip if one does not. ``grain``: that of the check where this parameter is given; a choice may say it in its mapping.
    """

    kind: ParameterKind
    about: DeclaredText
    least: float = 0
    most: float = 1_000_000
    default: Any = None
    required: bool = False
    choices: dict[str, str | dict[str, Any]] = {}
    unless_given_needs: str | None = None
    only_if_given: str | None = None
    grain: Grain | None = None
    values_of: str | None = None
    may_lack: bool = False

    @model_validator(mode="after")
    def _known_grains(self) -> Parameter:
        for name in self.choices:
            if (said := self.grain_of_choice(name)) is not None and said not in GRAINS:
                message = f"choice {name!r}: grain must be one of {', '.join(sorted(GRAINS))} (got {said!r})"
                raise ValueError(message)
        return self

    def grain_of_choice(self, name: str) -> Grain | None:
        """What a choice says of the grain; None when it says nothing."""
        forms = self.choices.get(name, "")
        return None if isinstance(forms, str) else forms.get("grain")


class Check(Declared):
    """One check of the catalogue.

    ``grain`` is what must be looked at together to tell which rows fail (``logsyn.expectations.grain``).
    ``needs`` are columns of ``table`` (``a|b``: one of them; parameters stand in them as ``{name}``). ``value`` is SQL over those columns that gives what is
    judged: NULL means that this row is not checked, unless the expectation is about missing values. Parameters stand in
    it as ``{name}``, ``{name:filled}`` or ``{name:parsed}``. ``expect`` and ``args`` are a stock Great Expectations
    expectation on that value. ``shows`` are the columns that make a piece of evidence understandable. ``only_with``: columns
    that are left out of account, and not shown, where another column means nothing here, so that they need not be derived.

    ``as_if`` is how the log is set against itself to tell what the failing rows mean for the questions (``logsyn.expectations.question``);
    ``who`` can see to it that they become fewer, and what that ``takes``. ``follows_from``: checks whose faults bring this one about: where
    most rows that fail this one fail one of them, that one is the cause that is told.

    ``finds`` is for what one row cannot tell: a query, run once, whose first column names the rows that are found
    (``row_id``, ``case_no`` or ``activity``, once each; for ``log`` any columns), and whose other columns are shown as evidence.
    In ``value``, ``{found}`` is 1 for a row that was found and 0 for another, and for ``log`` the number of finds; it is the value
    unless one is given; ``{finds}`` is the table of what was found. ``{events}`` is the table of events with all columns that
    the parameters name. For ``log``, ``of`` is SQL that gives how many things were looked at, and a value of NULL means not
    evaluated, because of ``inapplicable``.
    ``applies`` is SQL that gives one truth value, over the table of what was found too: false where the rule says nothing of this log, since what
    it looks for is how the log is made; then it is not evaluated, because of ``inapplicable``.
    ``tells`` are figures by name, each SQL that gives one number over the table of what was found: what is to be known beside
    the failures.
    """

    check: str
    table: Table
    grain: Grain
    dimension: Dimension
    severity: Severity
    patterns: list[str] = []
    questions: list[Question] = []
    as_if: AsIf
    follows_from: list[str] = []
    who: Who
    takes: Takes
    needs: list[str] = []
    parameters: dict[str, Parameter] = {}
    value: str = "{found}"
    finds: str | None = None
    of: str = "1"
    tells: dict[str, str] = {}
    applies: str | None = None
    inapplicable: DeclaredText | None = None
    expect: OnValue
    args: dict[str, Any] = {}
    mostly: float = 1.0
    shows: list[str] = []
    only_with: dict[str, str] = {}
    masked: bool = False
    title: DeclaredText
    fails_when: DeclaredText
    why: DeclaredText
    ask: DeclaredText
    mend: DeclaredText

    @model_validator(mode="after")
    def _log_is_a_whole(self) -> Check:
        if self.table == "log" and self.grain != "log":
            raise ValueError(f"a check of the log has the grain log (got {self.grain})")
        return self


    def other_time(self, given: Mapping[str, Any]) -> str | None:
        """The time that is looked at instead of that of the event, by the parameters that are given; None where it is that, or no time."""
        asked = [
            given.get(name)
            for name, kind in self.parameters.items()
            if kind.kind == "column" and (kind.default == "timestamp" or kind.required)
        ]
        return next((column for column in asked if column in OF_TIME_COLUMN), None)

    def questions_with(self, given: Mapping[str, Any]) -> tuple[Question, ...]:
        """The questions that the check bears on with these parameters."""
        column = self.other_time(given)
        return tuple(self.questions) if column is None else OF_TIME_COLUMN[column]


class CheckFile(Check):
    """The YAML of a check, in which the commonest expectation, that the value is at most 0, need not stand."""

    @model_validator(mode="before")
    @classmethod
    def _at_most_0(cls, content: Any) -> Any:
        common = {"expect": "expect_column_values_to_be_between", "args": {"max_value": 0}}
        return content if "expect" in content else common | content


@cache
def load_catalogue() -> dict[str, Check]:
    """All checks by their name, in the order of the names.

    Raises:
        DeclarationError: a file of the catalogue is faulty, with file and line.
    """
    folder = Path(str(files("logsyn.expectations") / "catalogue"))
    checks = [load(path, CheckFile) for path in sorted(folder.glob("*.yaml"))]
    return {check.check: check for check in checks}
