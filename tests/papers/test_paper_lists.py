"""Paper lists in every form in which they are handed around."""

import csv
import datetime as dt
import gzip
import json
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.errors import InputError
from pipeline.papers.identity import address_id, arxiv_id, arxiv_month, publication_date
from pipeline.papers.paper_lists import PaperLists, list_links, list_records
from pipeline.papers.records import PaperLink
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


def test_a_list_of_your_own_needs_a_link_and_may_have_a_date(tmp_path: Path) -> None:
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
    with pytest.raises(InputError, match=r"There is no list at .*none.csv"):
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


def table(tmp_path: Path, text: str, encoding: str = "utf-8", name: str = "list.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


TABLES = {
    "semicolons": ("title;link;year\nX;github.com/a/b;2019\n", "utf-8"),
    "tabs": ("title\tlink\tyear\nX\tgithub.com/a/b\t2019\n", "utf-8"),
    "bars": ("title|link|year\nX|github.com/a/b|2019\n", "utf-8"),
    "a line that names the separator": ("sep=;\ntitle;link;year\nX;github.com/a/b;2019\n", "utf-8"),
    "blank lines before the header": ("\n\ntitle,link,year\nX,github.com/a/b,2019\n", "utf-8"),
    "old line ends": ("title,link,year\r\nX,github.com/a/b,2019\r\n", "utf-8"),
    "UTF-8 with a mark": ("title,link,year\nX,github.com/a/b,2019\n", "utf-8-sig"),
    "UTF-16": ("title,link,year\nX,github.com/a/b,2019\n", "utf-16"),
    "UTF-16 without a mark": ("title,link,year\nX,github.com/a/b,2019\n", "utf-16-le"),
    "UTF-32": ("title,link,year\nX,github.com/a/b,2019\n", "utf-32"),
}


@pytest.mark.parametrize(("text", "encoding"), TABLES.values(), ids=TABLES)
def test_a_table_reads_the_same_however_it_was_saved(
    text: str, encoding: str, tmp_path: Path
) -> None:
    (link,) = read(table(tmp_path, text, encoding))
    assert (link.title, link.raw_link, link.venue_year) == ("X", "github.com/a/b", 2019)


def test_letters_of_windows_1252_are_read(tmp_path: Path) -> None:
    (link,) = read(table(tmp_path, "title,link\nRésumé,github.com/a/b\n", "cp1252"))
    assert link.title == "Résumé"


WORKBOOKS = {
    "Excel": ["[Content_Types].xml", "xl/workbook.xml"],
    "Excel without a workbook part": ["[Content_Types].xml", "xl/worksheets/sheet1.xml"],
    "LibreOffice": ["mimetype", "content.xml"],
    "Numbers": ["Index/Document.iwa"],
}


@pytest.mark.parametrize("members", WORKBOOKS.values(), ids=WORKBOOKS)
def test_a_workbook_is_named_as_one_with_what_to_do(members: list[str], tmp_path: Path) -> None:
    path = tmp_path / "papers.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for member in members:
            archive.writestr(member, "x")
    with pytest.raises(InputError, match=r"workbook.*Save its sheet as CSV"):
        read(path)


def test_an_old_workbook_and_a_plain_zip_are_named_too(tmp_path: Path) -> None:
    old, packed = tmp_path / "old.xls", tmp_path / "lists.zip"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("list.csv", "link\ngithub.com/a/b\n")
    with pytest.raises(InputError, match="old or damaged workbook"):
        read(old)
    with pytest.raises(InputError, match=r"a zip archive. Unpack it"):
        read(packed)


def test_an_empty_list_says_so(tmp_path: Path) -> None:
    for text in ("", "\n\n", "title,link\n", "[]"):
        with pytest.raises(InputError, match=r"list\.csv is empty: it has no record"):
            read(table(tmp_path, text))


def test_numbers_that_a_spreadsheet_wrote_as_decimals_are_whole(tmp_path: Path) -> None:
    text = "title,link,year,official,stars\nX,github.com/a/b,2019.0,1.0,12.0\nY,github.com/a/c,,,\n"
    full, blank = read(table(tmp_path, text))
    assert (full.venue_year, full.is_official, full.source_stars) == (2019, True, 12)
    assert full.published is not None and full.published.precision == "year"
    assert (blank.venue_year, blank.is_official, blank.source_stars) == (None, None, None)


ARXIV = {
    "https://arxiv.org/abs/1706.03762v5": "1706.03762",
    "http://arxiv.org/pdf/1706.03762.pdf": "1706.03762",
    "https://export.arxiv.org/abs/1706.03762": "1706.03762",
    "10.48550/arXiv.1706.03762": "1706.03762",
    "https://doi.org/10.48550/arXiv.1706.03762": "1706.03762",
    "arXiv:1706.03762 [cs.CL]": "1706.03762",
    "https://ar5iv.labs.arxiv.org/html/1706.03762": "1706.03762",
    "https://huggingface.co/papers/1706.03762": "1706.03762",
    "1706.0376": "1706.03760",
    "0704.0001": "0704.0001",
    "hep-th/9901001v2": "hep-th/9901001",
    "https://openreview.net/forum?id=rJXMpikCZ": None,
    "2019": None,
    "N/A": None,
}


@pytest.mark.parametrize(("text", "identifier"), ARXIV.items(), ids=ARXIV)
def test_an_arxiv_id_is_read_from_whatever_names_it(text: str, identifier: str | None) -> None:
    assert arxiv_id(text) == identifier


DATES = {
    "2019-06-03": ("2019-06-03", "day"),
    "2019-06-03T10:00:00Z": ("2019-06-03", "day"),
    "2019-6-3": ("2019-06-03", "day"),
    "2019/06/03": ("2019-06-03", "day"),
    "2019.06.03": ("2019-06-03", "day"),
    "20190603": ("2019-06-03", "day"),
    "3 Jun 2019": ("2019-06-03", "day"),
    "3rd June 2019": ("2019-06-03", "day"),
    "June 3, 2019": ("2019-06-03", "day"),
    "Mon, 3 Jun 2019 10:00:00 GMT": ("2019-06-03", "day"),
    "13/06/2019": ("2019-06-13", "day"),
    "06/13/2019": ("2019-06-13", "day"),
    "2019-06": ("2019-06-01", "month"),
    "Jun 2019": ("2019-06-01", "month"),
    "2019": ("2019-01-01", "year"),
    "2019.0": ("2019-01-01", "year"),
    "03/06/2019": None,
    "3/6/19": None,
    "2019-13-01": None,
    "soon": None,
    "": None,
}


@pytest.mark.parametrize(("text", "expected"), DATES.items(), ids=DATES)
def test_a_date_is_read_when_it_has_one_reading(
    text: str, expected: tuple[str, str] | None
) -> None:
    found = publication_date(text)
    assert (found and (found.day.isoformat(), found.precision)) == expected


def test_of_several_link_columns_the_one_with_a_repository_counts(tmp_path: Path) -> None:
    text = (
        "title,url,code,github\n"
        "A,https://arxiv.org/abs/1706.03762,https://github.com/a/b,\n"
        "B,https://example.org/b,,github.com/c/d\n"
        "C,https://github.com/e/f,https://github.com/e/f,github.com/g/h\n"
    )
    links = read(table(tmp_path, text))
    assert [(link.title, link.raw_link) for link in links] == [
        ("A", "https://github.com/a/b"),
        ("B", "github.com/c/d"),
        ("C", "https://github.com/e/f"),
        ("C", "github.com/g/h"),
    ]
    assert links[0].paper_id == "arxiv:1706.03762"


def test_several_links_in_one_cell_are_several_links_of_the_paper(tmp_path: Path) -> None:
    links = read(table(tmp_path, "title,link\nX,https://github.com/a/bhttps://github.com/c/d\n"))
    assert [link.raw_link for link in links] == ["https://github.com/a/b", "https://github.com/c/d"]
    assert len({link.paper_id for link in links}) == 1


@pytest.mark.parametrize("nothing", ["N/A", "none", "-", "null", "0", "", "NaN", " n/a "])
def test_what_is_no_id_identifies_no_paper(nothing: str, tmp_path: Path) -> None:
    rows = f"{nothing},{nothing},{nothing},A title,github.com/a/b\n" + (
        f"{nothing},{nothing},{nothing},Another,github.com/c/d\n"
    )
    first, second = read(table(tmp_path, "id,doi,arxiv,title,link\n" + rows))
    assert first.paper_id != second.paper_id
    assert (first.doi, first.arxiv_id) == (None, None)


def test_papers_whose_addresses_end_alike_are_two(tmp_path: Path) -> None:
    first, second = read(
        table(
            tmp_path,
            "title,link,paper_url\n"
            "A,github.com/a/b,http://proceedings.mlr.press/v80/chen18a.html\n"
            "B,github.com/a/c,http://proceedings.mlr.press/v84/chen18a.html\n",
        )
    )
    assert first.paper_id == "list:proceedings.mlr.press/v80/chen18a.html"
    assert second.paper_id == "list:proceedings.mlr.press/v84/chen18a.html"


def test_a_query_that_names_the_paper_is_part_of_its_id() -> None:
    assert address_id("https://openreview.net/forum?id=Ab1") == "openreview.net/forum?id=Ab1"
    assert address_id("https://www.example.org/p/1/?utm_source=x") == "example.org/p/1"
    assert address_id("own-17") == "own-17"


def test_a_record_without_a_link_is_an_outcome_and_loses_no_other(tmp_path: Path) -> None:
    rows = [{"title": "No code"}, {"title": "X", "link": "https://github.com/a/b"}]
    missing, link = read(table(tmp_path, json.dumps(rows)))
    assert (missing.title, missing.raw_link) == ("No code", "")
    assert link.raw_link == "https://github.com/a/b"


def test_what_is_not_understood_is_told_with_its_record_and_its_words(tmp_path: Path) -> None:
    text = "title,link,date,doi,stars\nX,github.com/a/b,03/06/2019,see page,many\n"
    (record,) = list_records(table(tmp_path, text))
    assert [item.message for item in record.misread] == [
        "list.csv, record 2: '03/06/2019' in the column date is invalid.",
        "list.csv, record 2: 'see page' in the column doi is invalid.",
        "list.csv, record 2: 'many' in the column stars is invalid.",
    ]
    assert record.links[0].published is None


def test_one_bad_record_of_a_json_list_loses_no_other(tmp_path: Path) -> None:
    deep = "[" * 100_000 + "]" * 100_000
    good = '{"link": "github.com/a/b", "note": "a [bracket] and a \\" quote"}'
    path = table(tmp_path, f'[{{"link": "github.com/c/d", "x": {deep}}}, 7, {good}]')
    nested, number, fine = list_records(path)
    assert [item.message for item in nested.misread] == [
        "list.csv, record 1: It is nested too deeply to be read."
    ]
    assert [item.item for item in number.misread] == ["list.csv, record 2"]
    assert [link.raw_link for link in fine.links] == ["github.com/a/b"]


def test_a_cell_longer_than_the_csv_modules_limit_is_read(tmp_path: Path) -> None:
    text = f"title,abstract,link\nX,{'a' * 200_000},github.com/a/b\nY,,github.com/c/d\n"
    assert [link.title for link in read(table(tmp_path, text))] == ["X", "Y"]
