"""Proceedings of Machine Learning Research: a repository for each volume, a file for each paper."""

import datetime as dt
import json
from collections.abc import Callable

import pytest

from pipeline.errors import InputError, RefusedError
from pipeline.papers.client import PaperClient
from pipeline.papers.pmlr import Pmlr
from pipeline.papers.records import Misread, Page, PaperLink, PublicationDate
from pipeline.settings import Settings
from tests.stand_ins.papers import PaperStandIn

Made = Callable[..., Settings]
Read = Callable[..., list[Page]]
CONFIG = "---\nshortname: ICML\nyear: '2019'\nvolume: 97\nstart: &1 2019-06-09\ndates:\n- *1\n"
TITLE = "title: T\n"
DATE = "date: 2019-05-24\n"
SOFTWARE = "software: https://github.com/a/b\n"
NAME = "_posts/2019-05-24-doe19a.md"


def post(fields: str) -> str:
    return f"---\n{fields}# Format based on citeproc\n---\n"


@pytest.fixture
def read(papers: PaperStandIn, settings: Made, client: PaperClient) -> Read:
    """Reads volume 97, which has the given files."""

    def reader(
        files: dict[str, str | bytes], cursor: str | None = None, config: str = CONFIG
    ) -> list[Page]:
        papers.add_archive("mlresearch/v97", {"_config.yml": config, "doe19a.pdf": "x"} | files)
        return list(Pmlr(settings(pmlr_volumes="97"), client).fetch(cursor))

    return reader


def only_link(pages: list[Page]) -> PaperLink:
    (link,) = (link for page in pages for link in page.links)
    return link


def misread(pages: list[Page]) -> list[Misread]:
    return [item for page in pages for item in page.misread]


def test_a_paper_has_id_title_venue_and_date(read: Read) -> None:
    fields = "title: '{D}eep &amp; <em>wide</em>:\n  a study'\nid: doe19a\n" + DATE + SOFTWARE
    pages = read({NAME: post(fields), "_posts/2019-05-24-roe19a.md": post(TITLE + DATE)})
    assert only_link(pages) == PaperLink(
        paper_id="pmlr:v97/doe19a",
        source="pmlr",
        raw_link="https://github.com/a/b",
        title="Deep & wide: a study",
        published=PublicationDate(dt.date(2019, 5, 24), "day"),
        venue="ICML",
        venue_year=2019,
        is_official=True,
    )
    assert misread(pages) == []
    assert [page.papers_seen for page in pages] == [2]


@pytest.mark.parametrize(
    ("fields", "links"),
    [
        (SOFTWARE, {"https://github.com/a/b": True}),
        (
            "software:\n- github.com/a/b\n- github.com/c/d\n",
            {"github.com/a/b": True, "github.com/c/d": True},
        ),
        ("software: n/a\n", {}),
        ("software:\n", {}),
        ("abstract: Code at\n  https://github.com/a/b here.\n", {"https://github.com/a/b": None}),
        (
            SOFTWARE + "abstract: At https://github.com/a/b here.\n",
            {"https://github.com/a/b": True},
        ),
        (
            "extras:\n- label: Code\n  link: https://github.com/a/b\n"
            "- label: Supplementary PDF\n  link: http://proceedings.mlr.press/v97/x-supp.pdf\n",
            {"https://github.com/a/b": None},
        ),
        ("extras: none\n", {}),
        ("extras: [1, {label: x}]\n", {}),
        ("video: https://github.com/a/b\n", {}),
    ],
)
def test_links_stand_in_software_extras_and_abstracts(
    read: Read, fields: str, links: dict[str, bool | None]
) -> None:
    (page,) = read({NAME: post(TITLE + DATE + fields)})
    assert {link.raw_link: link.is_official for link in page.links} == links


def test_a_file_without_id_is_known_by_its_name(read: Read) -> None:
    pages = read({NAME: post(TITLE + DATE + SOFTWARE)})
    assert only_link(pages).paper_id == "pmlr:v97/doe19a"


@pytest.mark.parametrize(
    ("date", "start", "published"),
    [
        ("2019-05-24", "2019-06-09", ("2019-05-24", "day")),
        # proceedings that came out months after the conference
        ("2020-01-12", "2019-11-06", ("2019-11-06", "day")),
        ("2020-01-12", "soon", ("2020-01-12", "day")),
    ],
)
def test_a_paper_is_public_from_the_proceedings_or_the_conference(
    read: Read, date: str, start: str, published: tuple[str, str]
) -> None:
    config = f"shortname: CoRL\nyear: 2019\nstart: {start}\n"
    pages = read({NAME: post(f"{TITLE}{SOFTWARE}date: {date}\n")}, None, config)
    day, precision = published
    assert only_link(pages).published == PublicationDate(dt.date.fromisoformat(day), precision)


def test_a_first_day_in_another_year_is_a_mistake(read: Read) -> None:
    config = "shortname: COLT\nyear: '2024'\nstart: 2023-06-30\n"
    pages = read({NAME: post(f"{TITLE}{SOFTWARE}date: 2024-06-30\n")}, None, config)
    assert only_link(pages).published == PublicationDate(dt.date(2024, 6, 30), "day")
    (noted,) = misread(pages)
    assert noted.item == "v97/_config.yml" and "not in the year 2024" in noted.message


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (DATE + SOFTWARE, "no title"),
        (TITLE + SOFTWARE, "date"),
        (TITLE + SOFTWARE + "date: 2019-05-42\n", "'2019-05-42'"),
    ],
)
def test_a_field_that_is_missing_or_invalid_is_named_and_the_link_kept(
    read: Read, fields: str, words: str
) -> None:
    pages = read({NAME: post(fields)})
    (noted,) = misread(pages)
    assert noted.item == f"v97/{NAME}" and words in noted.message
    assert only_link(pages).raw_link == "https://github.com/a/b"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "title: no front matter\n",
        "---\ntitle: no end\n",
        post("title: 'no end\n"),
        post("title: a: b\n"),
        post("- a list\n"),
        post("just text\n"),
        post("a: &x [*x]\nb: *y\n"),
        post("[" * 100_000 + "\n"),
    ],
)
def test_a_damaged_file_is_named_and_the_others_are_read(read: Read, text: str) -> None:
    other = "_posts/2019-05-24-roe19a.md"
    pages = read({NAME: text, other: post(TITLE + DATE + SOFTWARE)})
    assert [item.item for item in misread(pages)] == [f"v97/{NAME}"]
    assert only_link(pages).paper_id == "pmlr:v97/roe19a"


def test_a_title_that_is_no_text_is_none(read: Read) -> None:
    pages = read({NAME: post("title: [[1]]\n" + DATE + SOFTWARE)})
    assert only_link(pages).title is None


@pytest.mark.parametrize(
    "content",
    [
        post(TITLE + DATE + SOFTWARE).replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + post(TITLE + DATE + SOFTWARE).encode(),
        post(TITLE + DATE + SOFTWARE + "abstract: a\x08b\n").encode(),
        post(TITLE + DATE + SOFTWARE).encode() + b"abstract \xff",
        post(TITLE + DATE + SOFTWARE + "note: !!python/object:os.system x\n").encode(),
    ],
    ids=["line ends", "byte order mark", "backspace", "another encoding", "a tag"],
)
def test_oddities_that_do_not_matter_are_passed_over(read: Read, content: bytes) -> None:
    pages = read({NAME: content})
    assert (only_link(pages).raw_link, misread(pages)) == ("https://github.com/a/b", [])


@pytest.mark.parametrize(
    ("config", "venue", "year", "words"),
    [
        ("booktitle: Workshop on X\nyear: 2019\n", "Workshop on X", 2019, []),
        ("year: 2019\n", None, 2019, ["names no conference"]),
        ("shortname: X\n", "X", None, ["has no year"]),
        ("'", None, None, ["invalid YAML", "names no conference", "has no year"]),
    ],
)
def test_what_a_volume_does_not_say_is_named(
    read: Read, config: str, venue: str | None, year: int | None, words: list[str]
) -> None:
    pages = read({NAME: post(TITLE + DATE + SOFTWARE)}, None, config)
    assert (only_link(pages).venue, only_link(pages).venue_year) == (venue, year)
    messages = [item.message for item in misread(pages)]
    assert len(messages) == len(words)
    assert all(word in message for word, message in zip(words, messages, strict=True))


def test_a_paper_without_any_day_has_the_year_of_its_conference(read: Read) -> None:
    pages = read({NAME: post(TITLE + SOFTWARE)}, None, "shortname: X\nyear: 2019\n")
    assert only_link(pages).published == PublicationDate(dt.date(2019, 1, 1), "year")


def test_an_unchanged_volume_is_not_read_again_and_a_new_one_is(
    papers: PaperStandIn, settings: Made, client: PaperClient, read: Read
) -> None:
    files: dict[str, str | bytes] = {NAME: post(TITLE + DATE + SOFTWARE)}
    (page,) = read(files)
    assert json.loads(page.cursor or "") == {"v97": '"v1"'}
    assert read(files, page.cursor) == []
    papers.add_archive("mlresearch/r1", files | {"_config.yml": CONFIG})
    (new,) = Pmlr(settings(pmlr_volumes="97, r1"), client).fetch(page.cursor)
    assert only_link([new]).paper_id == "pmlr:r1/doe19a"
    assert json.loads(new.cursor or "") == {"v97": '"v1"', "r1": '"v1"'}


def test_a_volume_that_is_gone_is_said_after_the_others_are_read(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    files: dict[str, str | bytes] = {NAME: post(TITLE + DATE + SOFTWARE), "_config.yml": CONFIG}
    papers.add_archive("mlresearch/v97", files)
    pages = Pmlr(settings(pmlr_volumes="9999,97"), client).fetch(None)
    assert only_link([next(pages)]).paper_id == "pmlr:v97/doe19a"
    with pytest.raises(RefusedError, match=r"/v9999/.* answered 404"):
        next(pages)


@pytest.mark.parametrize("word", ["icml", "97/../x", "v", "-1"])
def test_a_volume_that_is_no_number_is_said_before_anything_is_requested(
    papers: PaperStandIn, settings: Made, client: PaperClient, word: str
) -> None:
    with pytest.raises(InputError, match="Write volumes as numbers"):
        list(Pmlr(settings(pmlr_volumes=["97", word]), client).fetch(None))
    assert papers.requests == []


def test_every_volume_of_the_default_is_named_once() -> None:
    volumes = Settings().pmlr_volumes
    assert len(volumes) == len(set(volumes)) == 56
