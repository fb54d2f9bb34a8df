"""The rules as data: the catalogue of checks, suites, source profiles and practices, and the models that load them."""

if __name__ != "logsyn.expectations":
    raise ImportError("in this project expectations is logsyn.expectations: import it by that name", name=__name__)
