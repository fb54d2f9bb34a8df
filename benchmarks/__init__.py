"""Measures the whole audit against DuckDB's bare load of the same file, and against Great Expectations on pandas."""
