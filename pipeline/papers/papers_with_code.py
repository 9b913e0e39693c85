"""The Papers with Code archive as Hugging Face serves it (CC-BY-SA 4.0, frozen in July 2025).

It has two data sets: links between papers and code, and papers with dates and venues. Both are
pinned to the commit that Hugging Face names, downloaded once, checked by hash and joined.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import InputError
from pipeline.links import is_commit_id
from pipeline.papers.client import PaperClient
from pipeline.papers.paper_lists import paper_link
from pipeline.papers.records import Page, PaperLink
from pipeline.settings import Settings

LINKS = "pwc-archive/links-between-paper-and-code"
PAPERS = "pwc-archive/papers-with-abstracts"

_PAGE = 2000
_PAPER_COLUMNS = ("paper_url", "date", "proceeding", "conference")
_LINK_COLUMNS = (
    "paper_url",
    "paper_title",
    "paper_arxiv_id",
    "repo_url",
    "is_official",
    "framework",
    "date",
)


@dataclass(frozen=True, slots=True)
class PapersWithCode:
    """Every link of the archive, with the date and venue of its paper if the archive has them."""

    settings: Settings
    client: PaperClient
    name: str = "pwc"

    def fetch(self, cursor: str | None) -> Iterator[Page]:
        """Pages of 2,000 rows. The cursor holds both commits and the number of rows read."""
        commits = {dataset: self._commit(dataset) for dataset in (LINKS, PAPERS)}
        known = json.loads(cursor) if cursor else {}
        if known.get("commits") != {key: value[0] for key, value in commits.items()}:
            known = {"commits": {key: value[0] for key, value in commits.items()}, "rows": 0}
        if known["rows"] < 0:
            return  # all of it is stored
        files = {
            dataset: [self._download(dataset, commit, file) for file in files]
            for dataset, (commit, files) in commits.items()
        }
        papers = _papers(files[PAPERS])
        rows = 0
        for links in _pages(files[LINKS], papers):
            rows += _PAGE
            if rows > known["rows"]:
                yield Page(links, len(links), json.dumps(known | {"rows": rows}))
        yield Page([], 0, json.dumps(known | {"rows": -1}))

    def _commit(self, dataset: str) -> tuple[str, list[str]]:
        """The newest commit of a data set and its Parquet files."""
        url = f"{self.settings.huggingface_url}/api/datasets/{dataset}"
        dataset_info = self.client.get_json(url)
        try:
            files = sorted(
                file["rfilename"]
                for file in dataset_info["siblings"]
                if file["rfilename"].startswith("data/") and file["rfilename"].endswith(".parquet")
            )
            commit = str(dataset_info["sha"])
        except (KeyError, TypeError, AttributeError):
            commit = ""
        if not is_commit_id(commit):  # it becomes the name of a folder
            raise InputError(f"{url} does not name a commit and its files.")
        if not files:
            raise InputError(f"{url} lists no Parquet file.")
        return commit, files

    def _download(self, dataset: str, commit: str, file: str) -> Path:
        url = f"{self.settings.huggingface_url}/datasets/{dataset}/resolve/{commit}/{file}"
        headers = self.client.head(url)
        size = headers.get("X-Linked-Size")
        etag = headers.get("X-Linked-Etag", "").removeprefix("W/").strip('"')
        folder = self.settings.working.parent / "downloads" / dataset.replace("/", "--") / commit
        target = folder / file.removeprefix("data/").replace("/", "--")
        sha256 = etag if len(etag) == 64 else None  # the ETag of a small file is a hash of git
        self.client.download(url, target, int(size) if size and size.isdigit() else None, sha256)
        return target


def _papers(files: list[Path]) -> pa.Table:
    """Date and venue of each paper_url; a column that the file lacks is null."""
    tables = []
    for file in files:
        names = set(_parquet(file).schema_arrow.names)
        with _readable(file):
            table = pq.read_table(file, columns=[name for name in _PAPER_COLUMNS if name in names])
            for name in _PAPER_COLUMNS:
                if name not in names:
                    table = table.append_column(name, pa.nulls(len(table), pa.string()))
            columns = [table[name].cast(pa.string()) for name in _PAPER_COLUMNS]
        tables.append(pa.table(columns, names=list(_PAPER_COLUMNS)))
    return pa.concat_tables(tables)


def _pages(files: list[Path], papers: pa.Table) -> Iterator[list[PaperLink]]:
    """Links in the order of the files, joined with their papers."""
    known = {
        url: (date, proceeding or conference)
        for url, date, proceeding, conference in zip(
            *(papers[name].to_pylist() for name in _PAPER_COLUMNS), strict=True
        )
    }
    for file in files:
        table = _parquet(file)
        columns = [name for name in _LINK_COLUMNS if name in table.schema_arrow.names]
        if "repo_url" not in columns:
            raise InputError(f"{file} has no column repo_url. The archive may have changed.")
        with _readable(file):
            for batch in table.iter_batches(_PAGE, columns=columns):
                yield [_link(row, known) for row in batch.to_pylist() if row.get("repo_url")]


def _link(row: dict[str, Any], papers: dict[str, tuple[str | None, str | None]]) -> PaperLink:
    date, venue = papers.get(str(row.get("paper_url") or ""), (None, None))
    # the link's own date is the better one
    return paper_link(row | {"date": row.get("date") or date, "venue": venue}, "pwc")


def _parquet(file: Path) -> pq.ParquetFile:
    with _readable(file):
        return pq.ParquetFile(file)


@contextmanager
def _readable(file: Path) -> Iterator[None]:
    try:
        yield
    except (pa.ArrowException, OSError) as error:
        raise InputError(
            f"{file} is not a Parquet file: {error}. Delete it and run again."
        ) from None
