"""``logsyn practice render``: one page, whole or not at all; and what the database knows of system users."""

import duckdb
import pytest
from typer.testing import CliRunner

from logsyn.expectations.practice import Practice, load_practice
from logsyn.validator.commands.exit_codes import ExitCode
from logsyn.validator.commands.main import app
from logsyn.validator.derive.agreements import create_pairs

RUN = CliRunner()


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def render(*arguments):
    return RUN.invoke(app, ["practice", "render", *arguments])


def test_a_built_in_practice_gives_a_page_under_the_usual_name(here):
    assert render("jobcenter").exit_code == ExitCode.CLEAN
    assert [path.name for path in here.iterdir()] == ["registreringsvejledning.html"]
    assert '<html lang="da"' in (here / "registreringsvejledning.html").read_text(encoding="utf-8")


def test_a_file_gives_a_page_where_it_is_asked_for_in_english(here):
    (here / "own.yaml").write_text("practice: own\nactivities: {Møde: {register_within_days: 3}}\n", encoding="utf-8")
    done = render("own.yaml", "--lang", "en", "--out", "guides/own.html")
    assert (done.exit_code, done.output) == (ExitCode.CLEAN, "Guide: guides/own.html\n")
    assert "At the latest 3 days after" in (here / "guides" / "own.html").read_text(encoding="utf-8")


def test_an_earlier_page_is_replaced_and_the_same_practice_gives_the_same_bytes(here):
    render("jobcenter", "--out", "guide.html", "--lang", "en")
    english = (here / "guide.html").read_bytes()
    for _ in range(2):
        assert render("jobcenter", "--out", "guide.html").exit_code == ExitCode.CLEAN
    danish = (here / "guide.html").read_bytes()
    render("jobcenter", "--out", "other.html")
    assert danish == (here / "other.html").read_bytes() != english


@pytest.mark.parametrize(
    "change",
    [
        lambda _: b"a page of somebody else's",
        lambda page: page.replace(b"Jobm", b"jobm", 1),
        lambda page: page + b"<p>Mine",
    ],
)
def test_a_page_that_is_somebodys_work_is_not_replaced(here, change):
    render("jobcenter", "--out", "guide.html")
    changed = change((here / "guide.html").read_bytes())
    (here / "guide.html").write_bytes(changed)
    done = render("jobcenter", "--out", "guide.html")
    assert (done.exit_code, "not a page as logsyn has written it" in done.stderr) == (ExitCode.NOT_AUDITED, True)
    assert [path.read_bytes() for path in here.iterdir()] == [changed]


@pytest.mark.parametrize(
    ("practice", "out", "says"),
    [
        ("faulty.yaml", "guide.html", "faulty.yaml:3: "),
        ("nothing.yaml", "guide.html", "no such file"),
        ("jobcentre", "guide.html", "Did you mean jobcenter?"),
        ("jobcenter", "faulty.yaml", "is no place for a page"),
        ("jobcenter", "folder.html", "is no place for a page"),
        ("jobcenter", "guide.html/below/page.html", "logsyn: "),
    ],
)
def test_what_cannot_be_made_leaves_everything_as_it_was(here, practice, out, says):
    (here / "faulty.yaml").write_text("practice: p\nactivities:\n  A: {days: 1}\n", encoding="utf-8")
    (here / "guide.html").write_text("earlier", encoding="utf-8")
    (here / "folder.html").mkdir()
    before = {path.name: path.is_file() and path.read_bytes() for path in here.iterdir()}
    done = render(practice, "--out", out)
    assert done.exit_code == ExitCode.NOT_AUDITED
    assert says in done.stderr
    assert before == {path.name: path.is_file() and path.read_bytes() for path in here.iterdir()}


def test_help_names_the_command():
    assert "render" in RUN.invoke(app, ["practice", "--help"]).output
    assert RUN.invoke(app, ["practice", "render"]).exit_code == ExitCode.USAGE


def tables(practice):
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE rows AS SELECT * FROM (VALUES ('Jobmål', 'Jobklub'), ('Odd', NULL)) AS t(activity, team)"
    )
    create_pairs(connection, practice)
    return connection


@pytest.mark.parametrize(
    ("practice", "names"),
    [
        (None, []),
        (load_practice("jobcenter"), [("RPA01",)]),
        (Practice.model_validate({"practice": "p", "activities": {"A": {}}}), []),
        (
            Practice.model_validate(
                {
                    "practice": "p",
                    "activities": {"A": {}},
                    "resources": {"R'2": {"system": True}, "R1": {"system": True}},
                }
            ),
            [("R'2",), ("R1",)],
        ),
    ],
)
def test_system_users_are_in_the_database(practice, names):
    assert tables(practice).execute("SELECT resource FROM system_resources ORDER BY ALL").fetchall() == names


def test_who_registers_is_in_the_agreements():
    found = tables(load_practice("jobcenter")).execute(
        "SELECT activity, registered_by, agreed_registration_days FROM pairs JOIN agreements USING (pair_no) ORDER BY ALL"
    )
    assert found.fetchall() == [("Jobmål", "Jobklubbens underviser", 1), ("Odd", "Borgerens sagsbehandler", 1)]
