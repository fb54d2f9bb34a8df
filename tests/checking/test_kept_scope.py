"""Every check may be scoped by a column of the extract that has no meaning of its own: it is judged within that part, and breaks on nothing."""

from ruamel.yaml import YAML

from logsyn.expectations.catalogue import load_catalogue
from tests.auditing import audit_files
from tests.derive.every_check import write_every_check


def test_every_check_is_judged_within_the_part_that_a_kept_column_names(tmp_path):
    (extract,), suite = write_every_check(tmp_path)
    yaml = YAML(typ="safe")
    with open(suite, encoding="utf-8") as file:  # noqa: PTH123 - the name is a text
        rules = yaml.load(file)["rules"]
    whole = {
        name for name, check in load_catalogue().items() if check.table == "log"
    }  # of these, no rows can be chosen
    half = [{**rule, "where": {"note": "3.4.2023"}} for rule in rules if rule.get("check") not in {*whole, None}]
    with (tmp_path / "within.yaml").open("w", encoding="utf-8") as file:
        YAML().dump({"suite": "within", "rules": half}, file)
    findings = audit_files(tmp_path, [extract], str(tmp_path / "within.yaml")).audit.findings
    assert len(findings) >= 40
    assert [(one.rule, one.reason.en) for one in findings if one.outcome == "error"] == []
