"""The DuckDB file: opened, written, published; and records as its rows."""
