"""Rows get the columns and types of the tables that they are written to."""

import datetime as dt

import pyarrow as pa
import pytest

from pipeline.code.units import Unit
from pipeline.scan.records import (
    ApiUseFact,
    FileProblem,
    ImportFact,
    LocalModule,
    ScanResult,
    UnreadCode,
)
from pipeline.store.arrow import arrow_table, schema_of
from pipeline.store.scan_rows import scan_batch, scan_id


def test_a_schema_has_the_columns_and_types_of_its_table() -> None:
    assert schema_of("repo_observation") == pa.schema(
        {
            "repo_id": pa.int64(),
            "observed_on": pa.date32(),
            "stars": pa.int64(),
            "forks": pa.int64(),
            "pushed_at": pa.timestamp("us"),
            "status": pa.string(),
        }
    )


def test_what_a_row_does_not_name_is_null() -> None:
    [row] = arrow_table("http_validator", [{"url": "/a"}]).to_pylist()
    assert row == {"url": "/a", "etag": None, "seen_at": None}


def test_rows_may_have_some_of_the_columns() -> None:
    day = dt.date(2026, 1, 2)
    rows = arrow_table(
        "repo_observation", [{"repo_id": 1, "observed_on": day}], ("observed_on", "repo_id")
    )
    assert (rows.column_names, rows.num_rows) == (["observed_on", "repo_id"], 1)


@pytest.mark.parametrize("line", [2**31, "one"])
def test_a_value_that_its_column_cannot_hold_is_an_error(line: object) -> None:
    with pytest.raises(pa.ArrowException):
        arrow_table("import_fact", [{"line": line}])


def test_each_value_of_a_fact_is_in_the_column_of_its_name() -> None:
    result = ScanResult(
        "r",
        imports=[ImportFact("a.py", 1, "torch", "python", "static")],
        api_uses=[ApiUseFact("b.py", 2, "tensorflow.Session")],
        local_modules=[LocalModule("models", "python", "src", "src/models.py")],
        problems=[FileProblem("c.py", "too_large", "It is too large.")],
        unread=[UnreadCode("rust", 2, 31)],
    )
    unit = Unit("github.com/o/r", "github.com", "o", "r")
    key = {"scan_id": scan_id(unit.unit_id, result.commit_id, result.status)}
    batch = scan_batch([(unit, result)])
    facts = {name: rows.to_pylist() for name, rows in batch.items() if name != "scan"}
    assert facts == {
        "import_fact": [
            key
            | {
                "path": "a.py",
                "line": 1,
                "module": "torch",
                "language": "python",
                "kind": "static",
            }
        ],
        "api_use": [key | {"path": "b.py", "line": 2, "name": "tensorflow.Session"}],
        "local_module": [
            key
            | {
                "module": "models",
                "language": "python",
                "directory": "src",
                "path": "src/models.py",
            }
        ],
        "file_problem": [
            key | {"path": "c.py", "problem": "too_large", "message": "It is too large."}
        ],
        "unread_code": [key | {"language": "rust", "files": 2, "bytes": 31}],
    }
