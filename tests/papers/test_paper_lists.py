"""Paper lists in every form in which they are handed around."""

import csv
import datetime as dt
import gzip
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.errors import InputError
from pipeline.papers.paper_lists import PaperLists, list_links
from pipeline.papers.records import PaperLink, arxiv_id, arxiv_month
from pipeline.settings import Settings

ROWS = [
    {
        "paper_url": "https://paperswithcode.com/paper/a-paper",
        "paper_title": "A paper",
        "paper_arxiv_id": "2101.00001v2",
        "repo_url": "https://github.com/a/b",
        "is_official": True,
        "framework": "pytorch",
    },
    {
        "paper_url": "https://paperswithcode.com/paper/kern",
        "paper_title": "KERN",
        "paper_arxiv_id": None,
        "repo_url": "https://github.com/c/d",
        "is_official": False,
        "framework": "none",
    },
]


def write(path: Path, form: str) -> Path:
    if form == "parquet":
        pq.write_table(pa.Table.from_pylist(ROWS), path)
    elif form == "json array":
        path.write_text(json.dumps(ROWS))
    elif form == "gzipped json array":
        path.write_bytes(gzip.compress(json.dumps(ROWS).encode()))
    elif form == "json lines":
        path.write_text("\n".join(map(json.dumps, ROWS)))
    else:
        with path.open("w", newline="") as file:
            writer = csv.DictWriter(file, list(ROWS[0]))
            writer.writeheader()
            writer.writerows(ROWS)
            if form == "csv with its header repeated":
                writer.writeheader()
    return path


def read(path: Path) -> list[PaperLink]:
    return list(list_links(path))


@pytest.mark.parametrize(
    "form",
    [
        "parquet",
        "json array",
        "gzipped json array",
        "json lines",
        "csv",
        "csv with its header repeated",
    ],
)
def test_the_archive_reads_the_same_in_every_form(form: str, tmp_path: Path) -> None:
    first, second = read(write(tmp_path / "list", form))
    assert first.paper_id == "arxiv:2101.00001"
    assert (first.is_official, first.source_label, first.source) == (True, "pytorch", "pwc")
    assert first.published is not None
    assert (first.published.day, first.published.precision) == (dt.date(2021, 1, 1), "month")
    assert (second.paper_id, second.arxiv_id, second.source_label) == ("pwc:kern", None, None)


def test_absent_columns_are_tolerated(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("repo_url\nhttps://github.com/a/b\n")
    (link,) = read(path)
    assert (link.raw_link, link.is_official, link.published) == (
        "https://github.com/a/b",
        None,
        None,
    )


def test_a_list_of_ones_own_needs_a_link_and_may_have_a_date(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("Title,Link,Date,Venue\nX,github.com/a/b,2019-06-03,ICML\n")
    (link,) = read(path)
    assert link.published is not None
    assert (link.title, link.venue, link.published.precision) == ("X", "ICML", "day")


PACKED = gzip.compress(b"repo_url\n" + b"".join(b"github.com/o/%x\n" % n for n in range(999)))


@pytest.mark.parametrize(
    "content",
    [
        b"a,b\n1,2\n",
        b"[{]",
        b"\x1f\x8b\x00",
        PACKED[:99],
        PACKED[:10] + b"\xff" * 9 + PACKED[19:],
    ],
    ids=["no link", "no json", "no gzip", "gzip broken off", "gzip damaged"],
)
def test_a_list_that_cannot_be_read_is_one_sentence(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "bad"
    path.write_bytes(content)
    with pytest.raises(InputError, match="bad"):
        read(path)


def test_stars_of_a_list_are_kept_where_they_are_a_number(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("link,stars\no/a,12\no/b,\no/c,1k\no/d,0\n")
    links = list(list_links(tmp_path / "list.csv"))
    assert [link.source_stars for link in links] == [12, None, None, 0]


def test_a_missing_list_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        read(tmp_path / "none.csv")


def test_arxiv_ids_of_both_ages() -> None:
    assert arxiv_id("arXiv:1810.10559v3") == "1810.10559"
    assert arxiv_id("cs.LG/0112017") == "cs/0112017"
    assert arxiv_id("None") is None
    assert arxiv_month("cs/9901002").day == dt.date(1999, 1, 1)


def test_a_list_is_read_again_only_when_it_has_changed(tmp_path: Path) -> None:
    path = write(tmp_path / "list", "json lines")
    lists = PaperLists(Settings(links=str(path)))
    pages = list(lists.fetch(None))
    assert sum(len(page.links) for page in pages) == 2
    assert list(lists.fetch(pages[-1].cursor)) == []
    path.write_text(json.dumps({"link": "github.com/new/one", "title": "New"}))
    assert [link.raw_link for page in lists.fetch(pages[-1].cursor) for link in page.links] == [
        "github.com/new/one"
    ]


def test_arxivs_snapshot_is_known_by_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "arxiv-metadata-oai-snapshot.json"
    record = {
        "id": "2101.00001",
        "title": "A\n  paper",
        "comments": "Code: https://github.com/a/b",
        "abstract": "We publish \\url{https://github.com/a/b-\ndata}.",
        "versions": [{"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}],
        "doi": None,
    }
    path.write_text(json.dumps(record) + "\n")
    first, second = list_links(path)
    assert first.raw_link == "https://github.com/a/b"
    assert (first.title, first.source) == ("A paper", "arxiv")
    assert first.published is not None and first.published.day == dt.date(2007, 4, 2)
    assert second.raw_link.startswith("https://github.com/a/b-data")
