"""The answer of a query in the forms that programs read."""

import datetime as dt
import io
import json

import duckdb
import pyarrow.parquet as pq
import pytest

from pipeline.terminal.query import print_answer

ROWS = [
    ('a,"b', 3, 0.5, "ICLR", dt.date(2020, 1, 2)),
    ("é", None, None, None, None),
]
COLUMNS = ["name", "papers", "share", "venue", "day"]


@pytest.fixture
def answer() -> duckdb.DuckDBPyRelation:
    return duckdb.connect(":memory:").sql(
        """
        select * from (
            values
            ('a,"b', 3, 0.5::double, 'ICLR', date '2020-01-02'),
            ('é', null, null, null, null)
        ) as answer (name, papers, share, venue, day)
        """
    )


def test_csv_has_a_header_and_quotes_where_they_are_needed(
    answer: duckdb.DuckDBPyRelation, capsys: pytest.CaptureFixture[str]
) -> None:
    print_answer(answer, "csv")
    assert capsys.readouterr().out.splitlines() == [
        "name,papers,share,venue,day",
        '"a,""b",3,0.5,ICLR,2020-01-02',
        "é,,,,",
    ]


def test_json_is_one_array_of_objects(
    answer: duckdb.DuckDBPyRelation, capsys: pytest.CaptureFixture[str]
) -> None:
    print_answer(answer, "json")
    printed = capsys.readouterr().out
    assert "é" in printed
    first, second = json.loads(printed)
    assert first.pop("day").startswith("2020-01-02")
    assert first == {"name": 'a,"b', "papers": 3, "share": 0.5, "venue": "ICLR"}
    assert second == {"name": "é"} | dict.fromkeys(COLUMNS[1:])


def test_parquet_is_a_file_with_the_rows_and_their_types(
    answer: duckdb.DuckDBPyRelation, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    print_answer(answer, "parquet")
    table = pq.read_table(io.BytesIO(capfdbinary.readouterr().out))
    assert table.column_names == COLUMNS
    assert [tuple(row.values()) for row in table.to_pylist()] == ROWS
    assert [str(field.type) for field in table.schema] == [
        *("string", "int32", "double", "string", "date32[day]")
    ]


def test_a_table_aligns_numbers_to_the_right_and_leaves_unknown_values_out(
    answer: duckdb.DuckDBPyRelation, capsys: pytest.CaptureFixture[str]
) -> None:
    print_answer(answer, "table")
    assert [line.rstrip() for line in capsys.readouterr().out.splitlines()] == [
        "name  papers   share  venue  day",
        'a,"b       3  0.5000  ICLR   2020-01-02',
        "é",
    ]


def test_an_answer_without_rows_says_so_in_a_table_and_is_empty_elsewhere(
    answer: duckdb.DuckDBPyRelation, capsys: pytest.CaptureFixture[str]
) -> None:
    nothing = answer.filter("false")
    print_answer(nothing, "table")
    print_answer(nothing, "csv")
    print_answer(nothing, "json")
    assert capsys.readouterr().out.splitlines() == ["No rows.", ",".join(COLUMNS), "[]"]


@pytest.mark.parametrize("form", ["table", "csv", "json", "parquet"])
def test_a_statement_without_an_answer_prints_nothing(
    form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    print_answer(None, form)
    assert capsys.readouterr().out == ""
