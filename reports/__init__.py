"""What people see: view models, charts, templates and translations of the three pages."""

if __name__ != "logsyn.reports":
    raise ImportError("in this project reports is logsyn.reports: import it by that name", name=__name__)
