"""Writes docs/catalogue.md, columns.md, tables.md and stock-expectations.md from what they are about; a test holds that they are current."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from logsyn.expectations.catalogue import load_catalogue
from logsyn.expectations.choices import with_choices
from logsyn.expectations.stock_arguments import TYPES
from logsyn.expectations.stock_table import STOCK
from logsyn.validator.derive.columns import EVENT_COLUMNS
from logsyn.validator.tables.registry import TABLES

if TYPE_CHECKING:
    from logsyn.expectations.catalogue import Check
    from logsyn.expectations.stock_table import StockExpectation
    from logsyn.validator.tables.registry import Table

HERE = Path(__file__).resolve().parent

GRAINS = """\
The grain of a check says what must be looked at together to tell which rows fail it, given what is declared (suite, practice, as-of day) and
how the columns were read:

- `case`: the rows of one case, or less. A log that is split by case gives the same failing rows.
- `resource`: all rows of one employee.
- `label`: all rows of one activity.
- `log`: all rows.

A rule whose `where`, or a parameter, names a [derived column](columns.md) that takes more than the check asks for takes that, too.
""".splitlines()


def catalogue() -> str:
    """The page of all checks."""
    checks = load_catalogue()
    overview = [
        f"| [`{name}`](#{name}) | {check.table} | {check.grain} | {check.dimension} | {check.severity} | {check.title.en} | {check.title.da} |"
        for name, check in checks.items()
    ]
    return "\n".join(
        [
            "# The catalogue of checks",
            "",
            "Made by `python -m docs.generate` from `expectations/catalogue/`.",
            "",
            *GRAINS,
            "| check | table | grain | dimension | severity | title | titel |",
            "|---|---|---|---|---|---|---|",
            *overview,
            *(line for check in checks.values() for line in _check(check)),
        ]
    )


def columns() -> str:
    """The page of all derived columns."""
    return "\n".join(
        [
            "# The columns that a rule can look at",
            "",
            "Made by `python -m docs.generate`. Beside the columns of the extract, canonical ones (see [declarations](declarations.md)) and all others under",
            "their own names, every event has these; a rule on one whose needs are not met is not evaluated. Those marked with * are derived, and in the",
            "tables that `--database` keeps, only when a rule or a remedy asks for them.",
            "",
            "The grain of a column says what is looked at together to derive it: nothing but the row where none is given.",
            "",
            "| column | needs | grain | meaning |",
            "|---|---|---|---|",
            *(
                f"| `{column.name}`{' *' * column.on_demand} | {_code(column.needs)} | {column.grain or ''} | {column.about} |"
                for column in EVENT_COLUMNS
            ),
            "| `cpr_number_columns` |  | log | columns of the row in which a CPR number stands; empty when none |",
        ]
    )


def tables() -> str:
    """The page of all tables of a run."""
    kept = [table for table in TABLES if table.kept]
    others = [table for table in TABLES if not table.kept]
    return "\n".join(
        [
            "# The tables of a run",
            "",
            "Made by `python -m docs.generate` from `validator/tables/registry.py`, against which a test holds the tables of audits, remedies, exports and drafts.",
            "",
            "## Those that `--database` keeps",
            "",
            "Columns in brackets are there when a rule or a remedy asks for them.",
            "",
            *(line for table in kept for line in _kept_table(table)),
            "## Those that are gone with the run",
            "",
            "`extract`: the rows as they were read, or as remedies have left them. `audit`: what an audit has derived, forgotten once the rows change. `export`: what is",
            "handed on. `remedies`: while a scope or remedies are at work. `step`: gone when the step that made it is done. Personal: values of the extract stand in it.",
            "",
            "| table | lives for | personal | made by | what it is |",
            "|---|---|---|---|---|",
            *(
                f"| `{table.name}` | {table.life} | {'yes' if table.personal else 'no'} | `validator/{table.maker}` | {table.about} |"
                for table in others
            ),
        ]
    )


def _kept_table(table: Table) -> list[str]:
    optional = ", ".join(f"[`{name}`]" for name in table.optional)
    columns = ", ".join(filter(None, (_code(table.columns), optional, table.further)))
    there = f" There when {table.when}." if table.when else ""
    personal = " Personal: values of the extract stand in it." if table.personal else ""
    return [f"### {table.name}", "", f"{table.about}{there}{personal} Made by `validator/{table.maker}`.", "", f"Columns: {columns}.", ""]


def stock_expectations() -> str:
    """The page of the stock expectations, around what the table of them says."""
    before, after = (HERE / "stock-expectations.template.md").read_text(encoding="utf-8").split("TABLES\n")
    used = [one for one in STOCK.values() if not one.refused]
    refused = [one for one in STOCK.values() if one.refused]
    types = [f"| {meaning} | {_code(names)} |" for meaning, names in TYPES.items()]
    return "\n".join(
        [
            before + "## What works",
            "",
            "| expectation | grain | arguments | a row passes, or the whole, when |",
            "|---|---|---|---|",
            *(f"| `{one.name}` | {one.grain} | {_arguments(one)} | {one.holds} |" for one in used),
            "",
            "## What is refused",
            "",
            "| expectation | why | instead |",
            "|---|---|---|",
            *(f"| `{one.name}` | {one.refused} | {one.instead} |" for one in refused),
            "",
            "## Types",
            "",
            "| a value can be read as | names, in capitals or not |",
            "|---|---|",
            *types,
            after.rstrip(),
        ]
    )


def _arguments(one: StockExpectation) -> str:
    said = []
    for name, argument in one.arguments.items():
        default = f" = {_as_declared(argument.default)}" if argument.default is not None else ""
        said.append(f"**`{name}`**" if argument.required else f"`{name}{default}`")
    return ", ".join(said)


def _check(check: Check) -> list[str]:
    parameters = [
        f"| `{name}` | {parameter.kind} | {_default(parameter.default, required=parameter.required)} | {parameter.about.en} |"
        for name, parameter in check.parameters.items()
    ]
    defaults = {name: parameter.default for name, parameter in check.parameters.items()}
    fails_when = with_choices(check.fails_when, check.parameters, defaults)
    return [
        "",
        f"## {check.check}",
        "",
        f"**{check.title.en}** · *{check.title.da}*",
        "",
        f"Fails when: {fails_when.en} *{fails_when.da}*",
        "",
        *([f"Not evaluated: {check.inapplicable.en}", ""] if check.inapplicable else []),
        f"Why: {check.why.en}",
        "",
        f"Ask: {check.ask.en}",
        "",
        f"Mend: {check.mend.en}",
        "",
        f"Needs: {_code(check.needs) or 'nothing'}. Patterns: {', '.join(check.patterns) or 'none'}. Concerns: "
        f"{', '.join(check.questions) or 'no question of the analysis'}.",
        "",
        f"Grain: {_grain(check)}.",
        *(["", "| parameter | kind | default | meaning |", "|---|---|---|---|", *parameters] if parameters else []),
    ]


def _grain(check: Check) -> str:
    """The grain of a check, and of the parameters that make it another."""
    others = [f"{kind.grain} with `{name}`" for name, kind in check.parameters.items() if kind.grain]
    others += [
        f"{grain} with `{name}: {choice}`"
        for name, kind in check.parameters.items()
        for choice in kind.choices
        if (grain := kind.grain_of_choice(choice))
    ]
    return "; ".join([check.grain, *others])


def _code(names: list[str] | tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names).replace("|", "` or `")


def _default(value: object, *, required: bool) -> str:
    if required:
        return "must be given"
    return "" if value is None else f"`{_as_declared(value)}`"


def _as_declared(value: object) -> str:
    """A value as it is written in a declaration: lists in brackets, dates and times as ISO writes them, ``true`` and ``false``."""
    match value:
        case list() | tuple():
            return f"[{', '.join(map(_as_declared, value))}]"
        case dict():
            return f"{{{', '.join(f'{_as_declared(name)}: {_as_declared(one)}' for name, one in value.items())}}}"
        case bool():
            return str(value).lower()
        case date():
            return value.isoformat()
        case _:
            return str(value)


def main() -> None:
    """Write the pages."""
    (HERE / "catalogue.md").write_text(catalogue() + "\n", encoding="utf-8")
    (HERE / "columns.md").write_text(columns() + "\n", encoding="utf-8")
    (HERE / "tables.md").write_text(tables() + "\n", encoding="utf-8")
    (HERE / "stock-expectations.md").write_text(stock_expectations() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
