"""``python -m logsyn`` is the command ``logsyn``."""

from logsyn.validator.commands.start import main

main()
