"""The database that every test of the SQL begins with."""

import duckdb
import pytest

from tests.facts_of import database


@pytest.fixture
def store() -> duckdb.DuckDBPyConnection:
    """A database with the schema, the seeds and the views, and no facts.

    `python -m tests.mutate_sql` calls the tests with one whose views hold a mistake.
    """
    return database()
