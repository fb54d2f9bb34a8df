"""Judges the rules: compiles them to columns, has Great Expectations run them, keeps every failing row."""
