"""An extract with all kinds of columns, many spelled as nobody foresaw, and what a data protection officer says of each."""

from __future__ import annotations

INITIALS = ("QZX", "WQK", "ZWV", "XKQ", "QVW")
NAMES = ("Xenia Quistsen", "Peter Wulffzahn", "Mette Zwickquist", "Hans Quirinsen", "Anne Wexquist")
ACTIVITIES = ("Samtale", "Sygemelding", "Brev sendt", "Jobsamtale")
SICK = ("6.1", "6.6", "6.3", "6.9")

COLUMNS = {
    "Sagsnr": "yes",
    "Aktivitet": "sensitive",
    "Tidspunkt": "yes",
    "Registreringstidspunkt": "yes",
    "Team": "yes",
    "Sagsbehandler": "yes",
    "Status": "yes",
    "Sagsbehandler2": "yes",
    "Ansvarlig": "yes",
    "Initialer": "yes",
    "Oprettet af": "yes",
    "senest_rettetAf": "yes",
    "Felt 7": "yes",
    "Kol_B": "yes",
    "Hvem": "yes",
    "Ident": "yes",
    "Navn": "yes",
    "Hjemsted": "yes",
    "Note 2": "yes",
    "Ring til": "yes",
    "Målgruppe": "sensitive",
    "maalgruppe gl.": "sensitive",
    "Årsag til afslutning": "sensitive",
    "Attest": "sensitive",
    "Felt 8": "sensitive",
    "ICD_kode": "sensitive",
    "FAGFORENING": "sensitive",
    "Trossamfund": "sensitive",
    "Herkomst": "sensitive",
    "Sick_Leave": "sensitive",
    "Forhold": "criminal",
    "Hjemmeboende børn": "yes",
    "Ydelse": "yes",
    "Bemærkning": "yes",
    "Alder": "yes",
    "Tom": "yes",
    "<script>alert(1)</script>": "yes",
    "=cmd|' /C calc'!A0": "yes",
    "'; DROP TABLE rows --": "yes",
    "Systemversion": "no",
    "Kommune": "no",
    "Løbenr.": "no",
}
"""By header: whether it holds personal data, as a data protection officer says."""


def _cells(case: int, row: int) -> list[str]:
    """What stands in a row of a case, in the order of the columns."""
    return [
        f"S{case:03}",
        ACTIVITIES[row % 4],
        f"2023-0{1 + row % 4}-{1 + case % 28:02} 10:{case % 60:02}",
        f"2023-0{1 + row % 4}-{1 + case % 28:02} 15:00",
        "Nord" if case % 2 else "Syd",
        f"ZQ{case % 5}881",
        "Afholdt" if row % 2 else "Aflyst",
        INITIALS[row % 5],
        NAMES[case % 5],
        INITIALS[case % 5],
        NAMES[row % 5],
        f"{7710 + row % 5}",
        INITIALS[(case + row) % 5],
        f"{INITIALS[case % 5].lower()}@kommunen.example.dk",
        NAMES[(case + row) % 5],
        f"ZQ{row % 5}881",
        f"{NAMES[case % 5]} {case}",
        f"Quistgade {case % 7 + 1}, 9999 Zwickby",
        f"010190-7{case:03}",
        f"+45 23 45 67 {case:02}",
        SICK[case % 4],
        "2.5" if case % 2 else "2.1",
        "Førtidspension" if case % 9 == 0 else "Arbejde",
        "LÆ285" if case % 3 else "LÆ 125",
        "Ressourceforløb" if case % 3 else "Ledig",
        "F32" if case % 3 else "M54",
        "HK" if case % 3 else "3F",
        "ja" if case % 3 else "nej",
        "1" if case % 3 else "2",
        "Y" if case % 3 else "N",
        "Løsladt" if case % 3 else "Bolig",
        f"{case % 3}",
        "Kontanthjælp",
        f"Aftalt nyt møde {case} {row}",
        f"{20 + case % 40}",
        "",
        "a" if case % 2 else "b",
        "a" if case % 2 else "b",
        "a" if case % 2 else "b",
        "4.2.1" if case % 2 else "4.2.0",
        "Zwickby",
        f"{case * 4 + row + 1}",
    ]


EMPLOYEES = (
    "Sagsbehandler2", "Ansvarlig", "Initialer", "Oprettet af", "senest_rettetAf", "Felt 7", "Kol_B", "Hvem", "Ident",
)  # fmt: skip
"""The kept columns that name employees."""

NOBODY_SHALL_READ = ("QZX", "WQK", "ZWV", "XKQ", "QVW", "qzx", "Quist", "Wulff", "Zwick", "Quirin", "Wexq", "ZQ0881", "ZQ1881", "7710", "7711", "7712")
"""What of persons nothing that is published may have; the town aside."""


def many_columns(cases: int = 45, rows: int = 4, only: tuple[str, ...] = tuple(COLUMNS)) -> str:
    """The text of the extract, or of some of its columns."""
    chosen = [place for place, header in enumerate(COLUMNS) if header in only]
    lines = [";".join(f'"{list(COLUMNS)[place]}"' for place in chosen)]
    cells = (_cells(case, row) for case in range(cases) for row in range(rows))
    return "\n".join([*lines, *(";".join(row[place] for place in chosen) for row in cells)]) + "\n"
