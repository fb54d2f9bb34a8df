"""``python -m logsyn`` is the command ``logsyn``."""

from logsyn.validator.start import main

main()
