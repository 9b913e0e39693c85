"""The file of values that a person corrected: what a row becomes, and why a row is refused."""

from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.store.database import migrate, open_store
from pipeline.store.overrides import load_overrides, unknown_items
from tests.facts_of import Store, add_paper, add_repository, database, database_file

HEAD = "kind,item,old,new,reason,author,date\n"
WHY = "It is wrong.,Ada,2026-11-01\n"


def loaded(tmp_path: Path, *rows: str) -> Store:
    """A database with these overrides."""
    file = tmp_path / "mine.csv"
    file.write_text(HEAD + "".join(rows))
    store = database()
    load_overrides(store, file)
    return store


def test_a_row_of_each_kind_is_loaded(tmp_path: Path) -> None:
    store = loaded(
        tmp_path,
        f"link,p,https://x.org/a,https://github.com/O/R/tree/dev/src,{WHY}",
        f"date,p,,2019-05,{WHY}",
        f'venue,p,,"CVPR, 2019",{WHY}',
        f"label,O/R,theano,pytorch,{WHY}",
        f"label,github.com/o/r:Net@main,,none,{WHY}",
    )
    columns = (
        "csv_row, kind, item, old, new, unit_id, subdir, published_on::varchar, date_precision"
    )
    assert store.sql(f"select {columns} from override order by csv_row").fetchall() == [
        (
            *(2, "link", "p", "https://x.org/a", "https://github.com/O/R/tree/dev/src"),
            *("github.com/o/r:src@dev", "src", None, None),
        ),
        (3, "date", "p", None, "2019-05", None, None, "2019-05-01", "month"),
        (4, "venue", "p", None, "CVPR, 2019", None, None, None, None),
        (5, "label", "github.com/o/r", "theano", "pytorch", None, None, None, None),
        (6, "label", "github.com/o/r:Net@main", None, "none", None, None, None, None),
    ]
    why = "select distinct reason, author, decided_on::varchar from override"
    assert store.sql(why).fetchall() == [("It is wrong.", "Ada", "2026-11-01")]


def test_a_third_row_is_compared_with_both_before_it(tmp_path: Path) -> None:
    rows = [f"venue,p,{old},CVPR,{WHY}" for old in ("NIPS", "NeurIPS", "NIPS")]
    with pytest.raises(InputError, match="line 4: line 2 corrects the same value"):
        loaded(tmp_path, *rows)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (f"title,p,,A title,{WHY}", "'title' is no kind of override. The kinds are link, date"),
        (f"label,o/r,,torch,{WHY}", "'torch' is no framework"),
        (f"label,o/r,torch,pytorch,{WHY}", "'torch' is no framework"),
        (f"label,nowhere,,pytorch,{WHY}", "'nowhere' names no repository"),
        (f"link,p,,https://github.com/o,{WHY}", "names no repository"),
        ("date,p,,2019,,Ada,2026-11-01\n", "The column 'reason' is empty"),
        ("date,p,,2019,It is wrong.,,2026-11-01\n", "The column 'author' is empty"),
        ("date,p,,2019,It is wrong.,Ada,\n", "The column 'date' is empty"),
        (f"date,,,2019,{WHY}", "The column 'item' is empty"),
        (f"venue,p,NIPS,,{WHY}", "The column 'new' is empty"),
        (f"link,p,,,{WHY}", "The column 'new' is empty"),
        (f"date,p,,May 2019,{WHY}", "'May 2019' is not a date"),
        (f"date,p,,2019-13,{WHY}", "'2019-13-01' is not a day"),
        ("date,p,,2019,It is wrong.,Ada,yesterday\n", "'yesterday' is not a day"),
        (f"venue,p,,CVPR, 2019,{WHY}", "it has more values than the file has columns"),
        (f"venue,q,NIPS,CVPR,{WHY}", "line 2 corrects the same value"),
    ],
)
def test_a_wrong_row_is_refused_with_its_number_and_the_reason(
    tmp_path: Path, row: str, sentence: str
) -> None:
    with pytest.raises(InputError, match=f"mine.csv, line 3: .*{sentence}"):
        loaded(tmp_path, f"venue,q,,ICML,{WHY}", row)


def test_an_empty_line_counts_in_the_number_of_a_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"mine.csv, line 4: .*'title' is no kind"):
        loaded(tmp_path, f"venue,q,,ICML,{WHY}", "\n", f"title,p,,A title,{WHY}")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=f"The overrides {tmp_path} cannot be read: Is a dir"):
        migrate(database(), tmp_path)


def test_a_file_without_a_column_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("kind,item\n")
    with pytest.raises(InputError, match="has no column 'old'"):
        load_overrides(database(), tmp_path / "mine.csv")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.csv cannot be read: No such file"):
        load_overrides(database(), tmp_path / "none.csv")


@pytest.mark.slow
def test_a_wrong_row_leaves_the_overrides_of_before(tmp_path: Path) -> None:
    store = loaded(tmp_path, f"venue,p,,ICML,{WHY}")
    (tmp_path / "mine.csv").write_text(HEAD + f"label,o/r,,torch,{WHY}")
    with pytest.raises(InputError):
        migrate(store, tmp_path / "mine.csv")
    assert store.sql("select item, new from override").fetchall() == [("p", "ICML")]


@pytest.mark.slow
def test_a_changed_file_is_loaded_again(tmp_path: Path) -> None:
    file, working = tmp_path / "mine.csv", database_file(tmp_path / "work.duckdb")
    for venue in ("ICML", "CVPR"):
        file.write_text(HEAD + f"venue,p,,{venue},{WHY}")
        with open_store(working, file) as store:
            assert store.sql("select new from override").fetchall() == [(venue,)]


def test_an_override_that_changes_nothing_is_told_with_its_row(tmp_path: Path) -> None:
    store = loaded(
        tmp_path,
        f"venue,q,,ICML,{WHY}",
        f"label,o/b,jax,pytorch,{WHY}",
        f"date,p,2019,2020,{WHY}",
        f"label,o/a,jax,pytorch,{WHY}",
    )
    add_repository(store, "a", {"a.py": "import torch"})
    add_paper(store, "p", "a", year=2018)
    assert list(unknown_items(store)) == [
        "Line 2 of the overrides changes nothing: the database has no paper 'q'.",
        "Line 3 of the overrides changes nothing: the database has no judged scan of the unit "
        "'github.com/o/b' with the label 'jax'.",
        "Line 4 of the overrides changes nothing: the database has no paper 'p' with the date "
        "'2019'.",
        "Line 5 of the overrides changes nothing: the database has no judged scan of the unit "
        "'github.com/o/a' with the label 'jax'.",
    ]
