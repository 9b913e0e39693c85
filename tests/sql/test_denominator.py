"""Which families each denominator counts."""

from tests.facts_of import Store, given


def test_a_denominator_counts_each_of_its_families_once(store: Store) -> None:
    given(
        store,
        "framework",
        "framework family",
        [
            ("pytorch", "pytorch"),
            ("tensorflow", "tensorflow"),
            ("keras", "tensorflow"),
            ("flux", "julia"),
            ("none", "none"),
        ],
        name="a name",
        colour="#000000",
    )
    rows = store.sql("select denominator, family from denominator order by all").fetchall()
    assert {name: [family for row, family in rows if row == name] for name, _ in rows} == {
        "any_framework": ["flux", "julia", "keras", "pytorch", "tensorflow"],
        "pytorch_tensorflow": ["pytorch", "tensorflow"],
        "with_code": ["flux", "julia", "keras", "none", "pytorch", "tensorflow"],
    }
