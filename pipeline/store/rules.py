"""Loads the rules into a database: the files of data/, the comments and the views of sql/."""

from __future__ import annotations

import hashlib
import re
from itertools import islice
from pathlib import Path

import duckdb

from pipeline.errors import InputError
from pipeline.resources import DATA, SQL
from pipeline.store.connections import literal

_COMMENTS = SQL / "comments"
_VIEWS = SQL / "views"
_VIEW_NAMES = """
    select view_name from duckdb_views()
    where not internal and database_name = current_database()
"""
_VIEW = re.compile(r"^create or replace view (\w+) as$(.*?);$", re.MULTILINE | re.DOTALL)
_DEFINED = re.compile(r"^create or replace (?:view|macro) (\w+)", re.MULTILINE)
_COMMENT = re.compile(r"^comment on .*?';$", re.MULTILINE | re.DOTALL)
_SEEDS = {
    "outcome_status": DATA / "outcomes.csv",
    "language": DATA / "languages.csv",
    "framework": DATA / "frameworks.csv",
    "framework_module": DATA / "framework_modules.csv",
    "framework_api": DATA / "framework_apis.csv",
    "library_name": DATA / "library_names.csv",
    "vote_weight": DATA / "vote_weights.csv",
    "path_role": DATA / "path_roles.csv",
    "confidence_level": DATA / "confidence_levels.csv",
    "venue": DATA / "venues.csv",
    "conference": DATA / "conferences.csv",
    "source_label": DATA / "source_labels.csv",
    "adjudication": DATA / "adjudications.csv",
    "event": DATA / "events.csv",
    "framework_release": DATA / "framework_releases.csv",
    "history_note": DATA / "history_notes.csv",
    "he2019": DATA / "he2019.csv",
    "star_bucket": DATA / "star_buckets.csv",
    "hosted_model": DATA / "hosted_models.csv",
    "claim": DATA / "claims.csv",
    "claim_number": DATA / "claim_numbers.csv",
}
"""The file that fills each table of rules."""

RULE_TABLES = (*_SEEDS, "override")
"""The tables that say what facts mean."""


def load_seeds(connection: duckdb.DuckDBPyConnection) -> None:
    """Load the tables of rules from their files again, and define the macros with patterns."""
    for table, csv in _SEEDS.items():
        connection.execute(f"delete from {table}")
        connection.execute(f"insert into {table} by name select * from read_csv(?)", [str(csv)])
    define_macros(connection)


def define_macros(connection: duckdb.DuckDBPyConnection) -> None:
    """Define the macros that hold the patterns of path_role and library_name."""
    _define_role_of(connection)
    _define_framework_of_name(connection)


def comment_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Describe every table and column: the files of sql/comments."""
    for file in sorted(_COMMENTS.glob("*.sql")):
        connection.execute(file.read_text(encoding="utf-8"))


def drop_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Drop all views: this version may have no file for a view of an older one."""
    for (name,) in connection.execute(_VIEW_NAMES).fetchall():
        connection.execute(f'drop view "{name}"')


def define_views(connection: duckdb.DuckDBPyConnection, last_view: str | None = None) -> None:
    """The answers: the files of sql/views in their order, all or those up to `last_view`.

    The database must have no views (drop_views).

    DuckDB plans a view when it is defined, with all views below it. That takes 14 s for all of
    them. So the first pass puts an empty table in the place of each view, and the second pass
    defines them from the last to the first, each on such tables.
    """
    files = list(view_files(last_view).values())
    stand_ins = [_stand_in(connection, file) for file in files]
    for file, names in zip(reversed(files), reversed(stand_ins), strict=True):
        for name in names:
            connection.execute(f"drop table {name}")
        connection.execute(file.read_text(encoding="utf-8"))


def view_files(last_view: str | None = None) -> dict[str, Path]:
    """The files of sql/views in their order, by view or macro: all or those up to `last_view`."""
    files = {file.stem.split("_", 1)[1]: file for file in sorted(_VIEWS.glob("*.sql"))}
    end = list(files).index(last_view) + 1 if last_view else None
    return dict(islice(files.items(), end))


def definition(file: Path) -> str:
    """The SQL of a file of sql/views without the comments on the view and its columns."""
    return without_comments(file.read_text(encoding="utf-8"))


def as_table(file: Path) -> str:
    """SQL that creates a table with the name and the rows of the view in a file of sql/views."""
    return _VIEW.sub(r"create or replace table \1 as\2;", definition(file))


def defined_in(sql: str) -> list[str]:
    """The names of the views and macros that some SQL defines."""
    return _DEFINED.findall(sql)


def without_comments(sql: str) -> str:
    """SQL without its statements that comment on a relation or a column."""
    return _COMMENT.sub("", sql)


def _stand_in(connection: duckdb.DuckDBPyConnection, file: Path) -> list[str]:
    """Create empty tables in the place of the views of a file. Gives their names."""
    sql = definition(file)
    connection.execute(_VIEW.sub(r"create table \1 as\2 with no data;", sql))
    return [name for name, _ in _VIEW.findall(sql)]


def _define_role_of(connection: duckdb.DuckDBPyConnection) -> None:
    """The macro role_of(path): the role in path_role that weighs least, or code.

    The patterns stand in the macro as constants, for DuckDB compiles any other pattern again for
    every row: that takes 200 times as long.
    """
    patterns = connection.execute(
        "select role, string_agg('(?:' || pattern || ')', '|' order by pattern) from path_role "
        "inner join vote_weight on path_role.role = vote_weight.circumstance "
        "group by role, vote_weight.weight order by vote_weight.weight, role"
    ).fetchall()
    cases = " ".join(
        f"when regexp_matches(path, {literal(pattern)}) then {literal(role)}"
        for role, pattern in patterns
    )
    connection.execute(f"create or replace macro role_of(path) as case {cases} else 'code' end")
    connection.execute("comment on macro role_of is 'The role of a file by its path: path_role.'")


def _define_framework_of_name(connection: duckdb.DuckDBPyConnection) -> None:
    """The macro framework_of_name(name): the framework that library_name gives it, or null."""
    patterns = connection.execute(
        "select pattern, framework from library_name order by library, rank"
    ).fetchall()
    cases = " ".join(
        f"when regexp_full_match(name, {literal(pattern)}) then {literal(framework)}"
        for pattern, framework in patterns
    )
    connection.execute(f"create or replace macro framework_of_name(name) as case {cases} end")
    connection.execute(
        "comment on macro framework_of_name is "
        "'The framework of a name that code uses from a library, by the patterns in library_name.'"
    )


def taxonomy_hash() -> str:
    """Changes with every file that says which framework a module or a name means."""
    taxonomy = hashlib.sha256()
    for table in ("framework", "framework_module", "framework_api", "library_name"):
        taxonomy.update(_SEEDS[table].read_bytes())
    return taxonomy.hexdigest()


def rules_hash(overrides: Path) -> str:
    """Changes with every file that says what facts mean: seeds, SQL and corrected values.

    Raises:
        InputError: `overrides` cannot be read.
    """
    rules = hashlib.sha256()
    for folder in (SQL / "schema", _COMMENTS, _VIEWS):
        for file in sorted(folder.glob("*.sql")):
            rules.update(file.read_bytes())
    for csv in _SEEDS.values():
        rules.update(csv.read_bytes())
    rules.update(_corrections(overrides))
    return rules.hexdigest()


def _corrections(overrides: Path) -> bytes:
    """Nothing for a file that is missing: it is refused when it is loaded."""
    try:
        return overrides.read_bytes() if overrides.exists() else b""
    except OSError as error:
        raise InputError(f"The overrides {overrides} cannot be read: {error.strerror}.") from None
