"""What a process imports once, before commands are forked from it: all that an audit imports, too."""

from logsyn.validator.checking import great_expectations
from logsyn.validator.commands import main
from logsyn.validator.run import audit, remedy

__all__ = ["audit", "main", "remedy"]

great_expectations.context()
