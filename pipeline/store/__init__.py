"""Opens, writes and publishes the DuckDB file, and turns records into its rows."""
