"""DuckDB and nothing else: load the tables, run the stages, fetch the result."""
