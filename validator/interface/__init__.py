"""The front door for Python: what ``import logsyn`` gives, and nothing that the command line does not rest on, too."""
