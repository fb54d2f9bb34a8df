"""DuckDB's bare load of a CSV file into memory, nothing else: the yardstick."""

import sys

import duckdb

duckdb.execute("CREATE TABLE extract AS SELECT * FROM read_csv(?)", [sys.argv[1]])
