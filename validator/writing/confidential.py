"""What of a result holds raw values, or leads to them: in a folder of its own, so that the rest can be passed on; with a text that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

CONFIDENTIAL = "confidential"
"""The folder in a result that is not passed on with it."""

README = "README.txt"
FAILING = "violations.parquet"
"""Every failing row: ``row_id, file, line, rule``."""

REJECTED = "rejected.csv"
"""The records that could not be read as rows."""

ACCOUNTS = "accounts.json"
"""How many rows and cases each step of a scope or a remedy left out, with all figures."""

CHANGES, REMEDIED = "changes.parquet", "remedied.parquet"
"""What remedies changed, and the log afterwards."""

_PARTS = ("before", "after")
"""The reports in a remedied log, whose raw values lie in the folder of the whole, so that there is one folder to keep back."""

_FILES = {
    REJECTED: (
        "Linjer fra udtrækket, der ikke kunne læses som rækker, ord for ord.\nCPR-numre, navne og fritekst er ikke maskeret.",
        "Lines of the extract that could not be read as rows, word for word.\nCPR numbers, names and free text are not masked.",
    ),
    FAILING: (
        "Fil og linje for hver række, der ikke er i orden, regel for regel. Her\nstår ingen værdier, men i udtrækket peger hver linje på en sag.",
        "File and line of every row that is not in order, rule by rule.\nThere are no values, but with the extract each line points to a case.",
    ),
    ACCOUNTS: (
        "Hvor mange rækker og sager hvert trin har udeladt, også hvor det er få.",
        "How many rows and cases each step left out, also where they are few.",
    ),
    CHANGES: (
        "Fil og linje for hver værdi, der er rettet. Værdierne er erstattet\naf nøglede hashværdier, men ens værdier kan genkendes.",
        "File and line of every value that was changed. The values are keyed hashes\nonly, but equal ones can be told.",
    ),
    REMEDIED: (
        "Hele den rettede log med sagsnumre, medarbejdere og fritekst.",
        "The whole remedied log, with case ids, employees and free text.",
    ),
    "before/": (
        "Rapporten om loggen før rettelserne. Sammen med rapporten efter viser\nden, hvor få rækker et trin har ændret.",
        "The report on the log before the remedies. Beside the report after it\ntells how few rows a step changed.",
    ),
    "after/": (
        "rejected.csv og violations.parquet for loggen efter rettelserne.",
        "rejected.csv and violations.parquet of the log after the remedies.",
    ),
}  # fmt: skip

_DANISH = """\
FORTROLIGT  (in English below)

Send ikke denne mappe videre sammen med resten. Den fører tilbage til enkelte
borgere og medarbejdere. Resten af mappen er lavet til at blive delt.

Det ligger her:

{files}

Hvem må have dem?
  Den, der i forvejen har adgang til udtrækket og skal bruge rækkerne, fx for at
  rette dem i fagsystemet. Spørg jeres databeskyttelsesrådgiver, hvis I er i
  tvivl.
  Filerne kan kun læses af den, der har lavet rapporten. Skal en kollega have
  dem, så brug et drev, som kun de rette har adgang til, og ikke e-mail.

Hvor længe?
  Til synet er slut. Slet så mappen, også i kopier, i papirkurven, og hvor den
  er pakket eller vedhæftet.

Hvad kan en leder få?
  Alt det andet: Kopiér rapporten, slet "confidential" i kopien, og send den.
  Se først siderne igennem i to tilfælde: Et team eller en aktivitet hedder
  noget med en persons navn. I har selv lagt filer i mappen.

Rækkerne for én regel:
  logsyn rows RAPPORTMAPPE REGEL
"""

_ENGLISH = """\
CONFIDENTIAL

Do not pass this folder on with the rest. It leads back to single citizens and
employees. The rest of the folder is made to be shared.

What lies here:

{files}

Who may have them?
  Those who have access to the extract already and need the rows, for example to
  correct them in the case system. When in doubt, ask your data protection
  officer. Only the one who made the report can read these files. If a colleague
  needs them, use a drive that only the right people can reach, not e-mail.

For how long?
  Until the audit is over. Then delete the folder, in copies, in the bin and
  wherever it was packed or attached, too.

What can a leader be given?
  Everything else: copy the report, delete "confidential" in the copy, and send
  that. Look through it first in two cases: a team or an activity has the name
  of a person in its name. You have put files into the folder yourselves.

The rows of one rule:
  logsyn rows REPORT_FOLDER RULE
"""


def confidential_folder(result: Path, part: str = "") -> Path:
    """The folder in a result for what holds raw values, made when it is not there.

    Args:
        result: its folder, which exists.
        part: ``before`` or ``after`` of a remedied log, for what belongs to that report.
    """
    folder = result / CONFIDENTIAL
    folder.mkdir(mode=0o700, exist_ok=True)
    if part:
        folder /= part
        folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def confidential_file(report: Path, name: str) -> Path:
    """Where a report has a file that holds raw values: of several places the first where it is, else where it should be.

    In its confidential folder; of a report in a remedied log, in the one of the whole; at the top, where earlier versions put it.
    """
    place = report.resolve()
    around = [place.parent / CONFIDENTIAL / place.name] if place.name in _PARTS else []
    places = [folder / name for folder in (report / CONFIDENTIAL, *around, report)]
    return next((path for path in places if path.is_file()), places[0])


def explain(result: Path) -> None:
    """Put a text into the confidential folder of a result that says what is in it, for whom and for how long; nothing where there is no such folder."""
    folder = result / CONFIDENTIAL
    if not folder.is_dir():
        return
    names = [name for name in _FILES if (folder / name).exists()]
    texts = [
        text.format(files="\n".join(_described(name, _FILES[name][number]) for name in names))
        for number, text in enumerate((_DANISH, _ENGLISH))
    ]
    (folder / README).write_text(f"{texts[0]}\n{'-' * 80}\n\n{texts[1]}", encoding="utf-8")


def _described(name: str, text: str) -> str:
    return "\n".join([f"  {name}", *(f"      {line}" for line in text.split("\n"))])
