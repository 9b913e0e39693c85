"""The slips that `make mutate-sql` makes."""

import pytest

from tests.sql.mutants import mutants, statements

SLIPS = {
    "a comparison": ("select a = 1", ["select a <> 1", "select a = 2", "select a = 0"]),
    "a bound": ("select a > b", ["select a >= b", "select a <= b"]),
    "an operator": ("select a + b", ["select a - b"]),
    "a constant": ("select 0.5", ["select 0.55"]),
    "a truth": ("select true", ["select false"]),
    "a string": ("select 'a'", ["select 'ax'"]),
    "and, or one of both": (
        "select a and b",
        ["select a or b", "select a", "select b"],
    ),
    "the end of an order": ("select min(a)", ["select max(a)"]),
    "the kind of a join": (
        "from a left join b using (c)",
        ["from a inner join b using (c)"],
    ),
    "one of several keys": (
        "from a inner join b using (c, d)",
        [
            "from a left join b using (c, d)",
            "from a inner join b using (d)",
            "from a inner join b using (c)",
        ],
    ),
    "a partition and its order": (
        "select rank() over (partition by a order by b)",
        [
            "select rank() over (order by b)",
            "select rank() over (partition by a)",
            "select rank() over (partition by a order by b desc)",
        ],
    ),
    "a predicate": ("select a from b where c", ["select a from b"]),
    "a filter": (
        "select sum(a) filter (where b)",
        ["select max(a) filter(where b)", "select sum(a)"],
    ),
    "an order of preference": (
        "select coalesce(a, b)",
        ["select coalesce(b, a)", "select a", "select b"],
    ),
    "a union": (
        "select a union select b",
        ["select a union all select b", "select a", "select b"],
    ),
    "null and not null": ("select a is null", ["select not a is null"]),
    "a branch": (
        "select case when a then b when c then d end",
        [
            "select case when c then d end",
            "select case when a then b end",
            "select case when c then d when a then b end",
        ],
    ),
}


@pytest.mark.parametrize(("sql", "slips"), SLIPS.values(), ids=SLIPS)
def test_every_slip_is_made(sql: str, slips: list[str]) -> None:
    [statement] = statements(sql, "file")
    made = {mutant.sql.lower().removeprefix("select * ") for mutant in mutants(statement)}
    assert made == set(slips)


def test_a_mutant_names_its_view_its_line_and_its_change() -> None:
    view = "-- why\ncreate view v as\nselect\n    a,\n    b / c as share\nfrom t;"
    [statement] = statements(f"{view}\ncomment on view v is 'x';", "10_file")
    [mutant] = mutants(statement)
    assert (mutant.name, mutant.line) == ("v", 5)
    assert "b [/ -> *] c" in mutant.change


def test_changes_that_look_alike_are_numbered() -> None:
    [statement] = statements("select aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa(b, b, min(c))", "file")
    assert len({mutant.change for mutant in mutants(statement)}) == len(list(mutants(statement)))
