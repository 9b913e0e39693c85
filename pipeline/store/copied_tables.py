"""Copies the tables of the working database to a snapshot. Of a table that it has: what changed."""

from __future__ import annotations

from pipeline.store.scan_rows import FACTS
from pipeline.store.snapshot import NAME, Snapshot, comments_in, describe, relations

TOUCHED = {
    "paper": ("seen_at",),
    "paper_link": ("seen_at",),
    "paper_commit": (),
    "repo": ("fetched_at",),
    "repo_lookup": ("looked_up_at",),
    "repository_history": (),
    "scan": (),
    "year_end": (),
}
"""The tables whose rows are facts about one paper or repository, with columns that no answer reads.

The temporary table touched_<table> has the rows that the last snapshot lacked, and those that it
had and that are gone, without these columns.
"""

_FEW = 0.25
"""With more changed rows for each paper, it is quicker to compute all answers again."""

_KEYS = """
    select table_name, list_aggregate(constraint_column_names, 'string_agg', ', ')
    from duckdb_constraints()
    where database_name = ? and constraint_type = 'PRIMARY KEY'
"""
_COLUMNS = """
    select table_name, list((column_name, data_type) order by column_index)
    from duckdb_columns() where database_name = ? and schema_name = 'main' group by table_name
"""


def copy_tables(snapshot: Snapshot) -> bool:
    """Copy all tables of the working database but those of facts.

    Gives whether the snapshot had all tables in TOUCHED, and few of their rows changed.
    """
    connection, working = snapshot.connection, snapshot.working.strip('"')
    comments, known_comments = comments_in(snapshot, working), comments_in(snapshot, NAME)
    columns, known_columns = (_by_table(snapshot, _COLUMNS, name) for name in (working, NAME))
    keys = _by_table(snapshot, _KEYS, working)
    touched = {}
    for kind, table in relations(snapshot, working):
        if kind == "view" or table in FACTS:
            continue
        if table in keys and known_columns.get(table) == columns[table]:
            touched[table] = _update(snapshot, table, keys[table])
        else:
            connection.execute(
                f"create or replace table {table} as from {snapshot.working}.{table}"
            )
        if known_comments.get(table) != comments[table]:
            describe(connection, "table", table, comments[table])
    ((papers,),) = snapshot.rows("select count(*) from paper")
    is_known = touched.keys() >= TOUCHED.keys()
    return is_known and sum(touched.values()) <= _FEW * int(str(papers))


def _by_table(snapshot: Snapshot, sql: str, database: str) -> dict[str, str]:
    return {str(table): str(value) for table, value in snapshot.rows(sql, database)}


def _update(snapshot: Snapshot, table: str, key: str) -> int:
    """Replace the rows that are not those of the working database. Gives how many are touched."""
    connection, source = snapshot.connection, f"{snapshot.working}.{table}"
    connection.execute(
        f"""
        create or replace temp table changed as
        select {key}
        from (select {key}, hash(row) as hash from {source} as row) as new
        full join (select {key}, hash(row) as hash from {table} as row) as old using ({key})
        where new.hash is distinct from old.hash
        """
    )
    touched = _store_touched(snapshot, table, key) if table in TOUCHED else 0
    same = " and ".join(f"{table}.{column} = changed.{column}" for column in key.split(", "))
    connection.execute(f"delete from {table} using changed where {same}")
    connection.execute(f"insert into {table} from {source} semi join changed using ({key})")
    return touched


def _store_touched(snapshot: Snapshot, table: str, key: str) -> int:
    unread = ", ".join(TOUCHED[table])
    values = f"select * exclude ({unread})" if unread else "select *"
    old, new = (
        f"({values} from {rows} semi join changed using ({key}))"
        for rows in (table, f"{snapshot.working}.{table}")
    )
    snapshot.connection.execute(
        f"create or replace temp table touched_{table} as "
        f"({new} except {old}) union all ({old} except {new})"
    )
    ((count,),) = snapshot.rows(f"select count(*) from touched_{table}")
    return int(str(count))
