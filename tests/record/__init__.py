"""Tests of the record of an audit: its form, how it is written and read, and what may be said of its outcomes."""
