"""DuckDB: its connection, its limits, its walls, and SQL from safe parts."""
