"""What a test does to the shared database does not reach the next test."""

from tests.facts_of import Store, given
from tests.one_transaction import undone


def test_rows_views_and_variables_of_a_test_are_undone(own_store: Store) -> None:
    with undone(own_store) as store:
        given(store, "paper", "paper_id", [("p",)])
        given(store, "repo_label", "label", [("pytorch",)])
        store.execute("set variable framework = 'jax'")
        store.commit()
        store.close()
    state = """
        select
            (select count(*) from paper),
            (select count(*) from duckdb_views() where view_name = 'repo_label'),
            getvariable('framework')
    """
    assert own_store.sql(state).fetchall() == [(0, 1, None)]
