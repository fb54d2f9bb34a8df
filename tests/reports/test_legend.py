"""What the mark of a hidden figure stands for, and whether employees could be counted for it."""

import audit_fixture
import pytest

from logsyn.reports.render import render


@pytest.mark.parametrize("page", ["practice.html", "quality.html"])
@pytest.mark.parametrize("named", [True, False])
def test_the_legend_says_whether_employees_were_counted(page, named):
    audit = audit_fixture.realistic()
    others = [column for column in audit.extract.columns if column.name != "resource"]
    columns = [*others, others[0].model_copy(update={"name": "resource"})] if named else others
    audit = audit.model_copy(update={"extract": audit.extract.model_copy(update={"columns": columns})})
    told = render(audit, "en")[page]
    assert told.count("stands for a group of fewer than 5 registrations, cases or employees") == 1
    assert ("names no employees" in told) != named
