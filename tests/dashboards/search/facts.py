"""Papers with code, then and now, for tests of the search; and the files that the search writes."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson

from dashboards.search import write_search
from pipeline.code.commits import Commit
from pipeline.code.moments import HistoryStatus, PaperDay
from pipeline.code.paper_commits import AskedPaper, PaperCommit
from pipeline.code.units import Unit
from pipeline.papers.records import PaperLink, PublicationDate
from pipeline.store.database import write
from pipeline.store.history_rows import history_batch
from pipeline.store.paper_rows import link_batch
from pipeline.store.scan_rows import scan_batch
from tests.facts_of import Store, result_of

DAY = dt.date(2017, 1, 1)
NOW, THEN = "a" * 40, "b" * 40


def add(
    store: Store, paper: str, repository: str = "o/r", host: str = "github.com", **claims: Any
) -> None:
    """A paper with a link. `claims`: other values of PaperLink."""
    asked = {"published": PublicationDate(DAY, "month"), "title": paper} | claims
    link = f"https://{host}/{repository}"
    write(store, link_batch([PaperLink(paper_id=paper, source="pwc", raw_link=link, **asked)]))


def add_code(
    store: Store, files: dict[str, str], repository: str = "o/r", host: str = "github.com"
) -> None:
    """The newest commit of a repository, of 2022."""
    committed_at = "2022-03-04T00:00:00+00:00"
    result = replace(result_of(files), commit_id=NOW, committed_at=committed_at)
    write(store, scan_batch([(unit_of(repository, host), result)]))


def add_code_of_paper(
    store: Store, paper: str, files: dict[str, str], repository: str = "o/r"
) -> None:
    """The commit from the time of the paper, on its last possible day."""
    commit = Commit(THEN, "t", dt.datetime(2017, 1, 31))
    scan = replace(result_of(files), commit_id=THEN, is_head=False)
    asked = AskedPaper(paper, unit_of(repository), PaperDay(dt.date(2017, 1, 31), "month"))
    write(
        store, history_batch([PaperCommit(asked, HistoryStatus.IN_TIME, commit=commit, scan=scan)])
    )


def unit_of(repository: str, host: str = "github.com") -> Unit:
    owner, name = repository.split("/")
    return Unit(f"{host}/{repository.lower()}", host, owner, name)


def searched(store: Store, site: Path) -> Path:
    """The folder of a new search."""
    write_search(store, site)
    return site / "search"


def directory_of(folder: Path) -> dict[str, Any]:
    return called(folder / "directory.js")


def rows_of(folder: Path) -> list[Any]:
    """The rows of all shards of a folder, in their order."""
    files = sorted(folder.iterdir(), key=lambda file: int(file.stem))
    return [row for file in files for row in called(file)]


def called(file: Path) -> Any:
    """What a script gives the function shard()."""
    text = file.read_text(encoding="utf-8")
    return orjson.loads(text[text.index(",") + 1 : -len(");\n")])
