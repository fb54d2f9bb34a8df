"""The audit: read, derive, check, findings; and the command line."""

if __name__ != "logsyn.validator":
    raise ImportError("in this project validator is logsyn.validator: import it by that name", name=__name__)
