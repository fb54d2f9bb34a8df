"""What an audit found, as typed records: the content of ``audit.json`` and of every page."""
