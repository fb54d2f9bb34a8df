"""The audit: read, derive, check, findings; and the command line."""
