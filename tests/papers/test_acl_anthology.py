"""The ACL Anthology: collections of volumes in XML, as of several years."""

import datetime as dt
import json
from collections.abc import Callable

import pytest

from pipeline.papers.acl_anthology import AclAnthology
from pipeline.papers.client import PaperClient
from pipeline.papers.records import Misread, Page, PaperLink, PublicationDate
from pipeline.settings import Settings
from tests.stand_ins.papers import PaperStandIn

Made = Callable[..., Settings]
Read = Callable[..., list[Page]]
CODE = "<abstract>Code: https://github.com/a/b</abstract>"
META = "<month>July</month><year>2020</year><venue>acl</venue>"


def paper(content: str = f"<title>T</title>{CODE}", number: str = "1") -> str:
    return f'<paper id="{number}">{content}</paper>'


def volume(*papers: str, meta: str = META, number: str = "main") -> str:
    front = "<frontmatter><url>front</url></frontmatter>"
    return f'<volume id="{number}"><meta>{meta}</meta>{front}{"".join(papers)}</volume>'


def collection(*volumes: str, identifier: str = "2020.acl") -> str:
    declaration = "<?xml version='1.0' encoding='UTF-8'?>"
    return f'{declaration}<collection id="{identifier}">{"".join(volumes)}</collection>'


@pytest.fixture
def read(papers: PaperStandIn, settings: Made, client: PaperClient) -> Read:
    """Reads an Anthology that has the given files."""

    def reader(files: dict[str, str], cursor: str | None = None, etag: str = '"v1"') -> list[Page]:
        inside: dict[str, str | bytes] = {f"data/xml/{name}": text for name, text in files.items()}
        others = {"bin/x.py": "", "data/yaml/venues/acl.yaml": "acronym: ACL"}
        papers.add_archive("acl-org/acl-anthology", inside | others, etag)
        return list(AclAnthology(settings(), client).fetch(cursor))

    return reader


def only_link(pages: list[Page]) -> PaperLink:
    (link,) = (link for page in pages for link in page.links)
    return link


def misread(pages: list[Page]) -> list[Misread]:
    return [item for page in pages for item in page.misread]


def test_a_paper_has_id_title_venue_month_and_doi(read: Read) -> None:
    content = (
        "<title><fixed-case>BERT</fixed-case> &amp;\n  <i>friends</i></title>"
        f"{CODE}<doi>10.18653/v1/2020.acl-main.3</doi>"
    )
    pages = read({"2020.acl.xml": collection(volume(paper(content, "3")))})
    assert only_link(pages) == PaperLink(
        paper_id="anthology:2020.acl-main.3",
        source="anthology",
        raw_link="https://github.com/a/b",
        title="BERT & friends",
        published=PublicationDate(dt.date(2020, 7, 1), "month"),
        venue="acl",
        venue_year=2020,
        doi="10.18653/v1/2020.acl-main.3",
    )
    assert misread(pages) == []
    assert sum(page.papers_seen for page in pages) == 1


@pytest.mark.parametrize(
    ("identifier", "number", "known"),
    [
        ("2024.findings", "acl", "2024.findings-acl.7"),
        ("P19", "1", "P19-1007"),
        ("W19", "1", "W19-0107"),
        ("D19", "1", "D19-1007"),
        ("D19", "50", "D19-5007"),
    ],
)
def test_ids_are_written_as_the_anthology_writes_them(
    read: Read, identifier: str, number: str, known: str
) -> None:
    text = collection(volume(paper(number="7"), number=number), identifier=identifier)
    assert only_link(read({"x.xml": text})).paper_id == f"anthology:{known}"


@pytest.mark.parametrize(
    ("abstract", "links"),
    [
        ("See https://github.com/a/b. More.", ["https://github.com/a/b."]),
        ("See <url>https://github.com/a/b</url>", ["https://github.com/a/b"]),
        ('See <a href="https://github.com/a/b">our code</a>.', ["https://github.com/a/b"]),
        ("github.com/a/b and gitlab.com/c/d", ["github.com/a/b", "gitlab.com/c/d"]),
        ("See https://example.org/a", []),
        ("Nothing.", []),
    ],
)
def test_links_stand_in_abstracts_as_text_or_behind_it(
    read: Read, abstract: str, links: list[str]
) -> None:
    text = paper(f"<title>T</title><abstract>{abstract}</abstract>")
    pages = read({"2020.acl.xml": collection(volume(text))})
    assert [link.raw_link for page in pages for link in page.links] == links


def test_the_link_of_papers_with_code_is_the_authors_own(read: Read) -> None:
    code = '<pwccode url="https://github.com/a/b" additional="true">a/b</pwccode>'
    pages = read({"2020.acl.xml": collection(volume(paper(f"<title>T</title>{CODE}{code}")))})
    assert (only_link(pages).raw_link, only_link(pages).is_official) == (
        "https://github.com/a/b",
        True,
    )


def test_code_of_others_alone_is_an_empty_link_and_none(read: Read) -> None:
    text = paper('<title>T</title><pwccode url="" additional="true"/>')
    assert [page.links for page in read({"2020.acl.xml": collection(volume(text))})] == [[], []]


def test_attachments_are_links_only_where_they_lead_to_code(read: Read) -> None:
    text = paper(
        '<title>T</title><attachment type="software">2020.acl-main.1.Software.zip</attachment>'
        "<software>https://github.com/a/b</software>"
    )
    pages = read({"2020.acl.xml": collection(volume(text))})
    assert only_link(pages).raw_link == "https://github.com/a/b"


@pytest.mark.parametrize(
    ("identifier", "venues", "venue"),
    [
        ("2020.acl", ["acl"], "acl"),
        ("2021.acl", ["acl", "ijcnlp"], "acl"),
        ("2023.findings", ["findings"], "findings"),
        ("2024.blackboxnlp", ["ws", "blackboxnlp"], "blackboxnlp"),
        ("W19", ["ws"], "ws"),
        ("2020.emnlp", [], "emnlp"),
    ],
)
def test_the_venue_is_the_volumes_own(
    read: Read, identifier: str, venues: list[str], venue: str
) -> None:
    meta = "<year>2020</year>" + "".join(f"<venue>{name}</venue>" for name in venues)
    text = collection(volume(paper(), meta=meta, number="1"), identifier=identifier)
    assert only_link(read({"x.xml": text})).venue == venue


@pytest.mark.parametrize(
    ("month", "number"),
    [
        ("July 5-10", 7),
        ("5-10 July", 7),
        ("June\N{EN DASH}July", 6),
        ("aug", 8),
        ("09", 9),
        ("Sept.", 9),
    ],
)
def test_a_month_is_the_first_that_is_named(read: Read, month: str, number: int) -> None:
    text = volume(paper(), meta=f"<month>{month}</month><year>2020</year>")
    pages = read({"2020.acl.xml": collection(text)})
    assert only_link(pages).published == PublicationDate(dt.date(2020, number, 1), "month")
    assert misread(pages) == []


def test_the_month_of_a_paper_goes_before_that_of_its_volume(read: Read) -> None:
    text = paper(f"<title>T</title>{CODE}<month>March</month>")
    published = only_link(read({"2020.acl.xml": collection(volume(text))})).published
    assert published == PublicationDate(dt.date(2020, 3, 1), "month")


def test_a_volume_without_a_month_has_the_precision_of_a_year(read: Read) -> None:
    pages = read({"2020.acl.xml": collection(volume(paper(), meta="<year>2020</year>"))})
    assert only_link(pages).published == PublicationDate(dt.date(2020, 1, 1), "year")
    assert misread(pages) == []


@pytest.mark.parametrize(
    ("meta", "content", "item", "words"),
    [
        ("<year>soon</year>", "<title>T</title>", "2020.acl-main", "year 'soon'"),
        ("<month>July</month>", "<title>T</title>", "2020.acl-main", "year ''"),
        (
            "<year>2020</year><month>Spring</month>",
            "<title>T</title>",
            "2020.acl-main",
            "month 'Spring'",
        ),
        (META, "", "2020.acl-main.1", "no title"),
        (META, "<title>T</title><doi>none</doi>", "2020.acl-main.1", "DOI 'none'"),
    ],
)
def test_a_field_that_is_invalid_is_named_and_its_link_kept(
    read: Read, meta: str, content: str, item: str, words: str
) -> None:
    text = volume(paper(content + CODE), meta=meta)
    pages = read({"2020.acl.xml": collection(text)})
    (noted,) = misread(pages)
    assert noted.item == item and words in noted.message
    assert only_link(pages).raw_link == "https://github.com/a/b"


def test_a_volume_without_venue_is_named(read: Read) -> None:
    text = collection(volume(paper(), meta="<year>2019</year>", number="1"), identifier="P19")
    pages = read({"P19.xml": text})
    assert [item.message for item in misread(pages)] == ["P19-1 names no venue."]
    assert only_link(pages).venue is None


def test_a_paper_without_an_id_is_named_and_left_out(read: Read) -> None:
    text = collection(volume(paper(number="one"), number="1"), identifier="P19")
    pages = read({"P19.xml": text})
    assert [page.links for page in pages] == [[], []]
    assert [item.message for item in misread(pages)] == ["P19-1 has a paper of invalid id: 'one'."]


def test_what_is_invalid_in_a_volume_is_named_once_and_only_for_papers_with_links(
    read: Read,
) -> None:
    broken = "<year>2020</year><month>Spring</month>"
    two = volume(paper(), paper(number="2"), meta=broken, number="long")
    none = volume(paper("<title>T</title>"), meta=broken, number="short")
    assert [item.item for item in misread(read({"2020.acl.xml": collection(two, none)}))] == [
        "2020.acl-long"
    ]


@pytest.mark.parametrize(
    "text",
    ["", "<collection>", "no XML", "<html/>", "<!DOCTYPE x><collection/>", "\0", "<collection>&x;"],
)
def test_a_damaged_file_is_named_and_the_others_are_read(read: Read, text: str) -> None:
    pages = read({"2019.a.xml": text, "2020.acl.xml": collection(volume(paper()))})
    assert [item.item for item in misread(pages)] == ["2019.a.xml"]
    assert only_link(pages).paper_id == "anthology:2020.acl-main.1"


def test_files_that_are_no_collections_are_passed_over(read: Read) -> None:
    assert misread(read({"schema.rnc": "start = Collection", "2020.acl.xml": collection()})) == []


TWO = {
    "2019.x.xml": collection(volume(paper()), identifier="2019.x"),
    "2020.acl.xml": collection(volume(paper())),
}


def test_an_unchanged_anthology_is_not_read_again(read: Read) -> None:
    cursor = read(TWO)[-1].cursor
    assert json.loads(cursor or "") == {"etag": '"v1"'}
    assert read(TWO, cursor) == []


def test_a_changed_anthology_is_read_again(read: Read) -> None:
    cursor = read(TWO)[-1].cursor
    pages = read(TWO, cursor, '"v2"')
    assert [len(page.links) for page in pages] == [1, 1, 0]


def test_a_run_that_was_stopped_goes_on_behind_the_last_file(read: Read) -> None:
    first = read(TWO)[0]
    assert only_link([first]).paper_id == "anthology:2019.x-main.1"
    assert only_link(read(TWO, first.cursor)).paper_id == "anthology:2020.acl-main.1"


def test_a_run_that_was_stopped_before_a_change_begins_again(read: Read) -> None:
    pages = read(TWO, read(TWO)[0].cursor, '"v2"')
    assert [len(page.links) for page in pages] == [1, 1, 0]
