"""Answers of the wrong kind: each is one sentence or passed over, and none is believed."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import InputError
from pipeline.links import CodeLink, link_snippets, parse_link
from pipeline.papers.acl_anthology import AclAnthology
from pipeline.papers.arxiv_oai import ArxivBulk
from pipeline.papers.arxiv_query import ArxivSlice
from pipeline.papers.client import PaperClient
from pipeline.papers.conference_lists import ConferenceLists
from pipeline.papers.hugging_face_papers import HuggingFacePapers
from pipeline.papers.joss import Joss
from pipeline.papers.openreview import OpenReview
from pipeline.papers.paper_lists import list_links
from pipeline.papers.papers_with_code import LINKS, PAPERS, PapersWithCode
from pipeline.papers.pmlr import Pmlr
from pipeline.papers.xml import parse_xml
from pipeline.settings import Settings
from tests.stand_ins.faults import html, redirect
from tests.stand_ins.papers import COMMIT, PaperStandIn, parquet

Made = Callable[..., Settings]
DAY = dt.date(2024, 3, 4)
OAI = '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">{}</OAI-PMH>'
ACCOUNT = {"openreview_user": "u", "openreview_password": "s3cret"}


def always(body: object) -> Callable[[dict[str, str]], tuple[int, Any, dict[str, str]]]:
    return lambda _: (200, body, {})


def sources(settings: Made, client: PaperClient) -> dict[str, Any]:
    made = settings(
        since=DAY,
        arxiv_sets="cs",
        conferences="iclr2018",
        pmlr_volumes="97",
        openreview_venues="ICLR.cc/2024/Conference",
        **ACCOUNT,
    )
    return {
        "/api/datasets/": PapersWithCode(made, client),
        "/api/daily_papers": HuggingFacePapers(made, client, lambda: DAY),
        "/oai": ArxivBulk(made, client),
        "/api/query": ArxivSlice(made, client, lambda: DAY),
        "/papers/published.json": Joss(made, client),
        "/lists/": ConferenceLists(made, client),
        "/archives/acl-org/": AclAnthology(made, client),
        "/archives/mlresearch/": Pmlr(made, client),
        "/v2/": OpenReview(made, client),
    }


PATHS = [
    "/api/datasets/",
    "/api/daily_papers",
    "/oai",
    "/api/query",
    "/papers/published.json",
    "/lists/",
    "/archives/acl-org/",
    "/archives/mlresearch/",
    "/v2/",
]
BODIES = [
    b"<html><h1>Sorry</h1></html>",
    b"",
    b"null",
    b"{}",
    b'{"message": "no"}',
    b"7",
    b'"x"',
    b"[[[",
    b"\xff\xfe\x00",
    b"<?xml version='1.0' encoding='nonsense'?><a/>",
]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("body", BODIES)
def test_an_answer_of_another_kind_is_one_sentence_from_every_source(
    path: str, body: bytes, papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    for page in (
        f"/api/datasets/{LINKS}",
        f"/api/datasets/{PAPERS}",
        "/lists/iclr/iclr2018.json",
        "/archives/acl-org/acl-anthology/tar.gz/HEAD",
        "/archives/mlresearch/v97/tar.gz/HEAD",
        "/v2/login",
        *PATHS,
    ):
        papers.pages[page] = always(body)
    with pytest.raises(InputError) as told:
        list(sources(settings, client)[path].fetch(None))
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("path", PATHS)
def test_a_page_of_a_proxy_is_asked_again_by_every_source(
    path: str, papers: PaperStandIn, settings: Made, client: PaperClient, slept: list[float]
) -> None:
    papers.fail(path, html(200))
    with pytest.raises(InputError):
        list(sources(settings, client)[path].fetch(None))
    assert slept


ITEMS: list[Any] = [
    None,
    7,
    "x",
    [],
    {},
    {"paper": None},
    {"paper": {"id": 7, "githubRepo": "github.com/a/b"}},
    {"paper": {"id": "2401.00001", "githubRepo": ["x"]}},
    {"paper": {"id": "None", "githubRepo": "github.com/a/b"}},
    {"doi": "10.1/x", "software_repository": 3},
    {"doi": None, "software_repository": "github.com/a/b"},
    {"id": "n", "content": 7},
    {"id": "n", "content": {"title": 7, "code": {"value": ["x"]}}},
    {"status": 3, "github": None, "id": {}},
]


def test_items_of_odd_types_are_passed_over(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    def once(key: str) -> Callable[[dict[str, str]], tuple[int, Any, dict[str, str]]]:
        return lambda query: (200, [] if query.get(key, "1") not in ("0", "1") else ITEMS, {})

    papers.pages["/api/daily_papers"] = lambda q: (200, ITEMS if q["p"] == "0" else [], {})
    papers.pages["/papers/published.json"] = once("page")
    papers.pages["/lists/iclr/iclr2018.json"] = always(ITEMS)
    papers.pages["/v2/login"] = always({"token": "t"})
    papers.pages["/v2/notes"] = lambda q: (200, {"notes": [] if "after" in q else ITEMS[:-1]}, {})
    for path in ("/api/daily_papers", "/papers/published.json", "/lists/", "/v2/"):
        assert [p.links for p in sources(settings, client)[path].fetch(None) if p.links] == []


# arXiv


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_in_any_encoding(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    with pytest.raises(InputError, match="document type"):
        parse_xml(text.encode(encoding), "arXiv", "x")


def test_words_about_document_types_are_none() -> None:
    assert parse_xml(b"<x><![CDATA[<!DOCTYPE html>]]></x>", "arXiv", "x").text == "<!DOCTYPE html>"


def test_tokens_that_are_always_refused_end_in_an_error_and_not_in_circles(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    def refusing(query: dict[str, str]) -> tuple[int, bytes, dict[str, str]]:
        if "resumptionToken" in query:
            return 200, OAI.format('<error code="badResumptionToken"/>').encode(), {}
        record = "<record><header><datestamp>2024-03-09</datestamp></header></record>"
        token = "<resumptionToken>t</resumptionToken>"
        body = OAI.format(f"<ListRecords>{record}{token}</ListRecords>")
        return 200, body.encode(), {}

    papers.pages["/oai"] = refusing
    with pytest.raises(InputError, match="resumption token"):
        for number, _ in enumerate(ArxivBulk(settings(since=DAY), client).fetch(None)):
            assert number < 10


def test_sets_may_be_written_with_blanks(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    papers.pages["/oai"] = always(OAI.format('<error code="noRecordsMatch"/>').encode())
    assert list(ArxivBulk(settings(arxiv_sets="cs, stat,"), client).fetch(None)) == []
    assert len(papers.requests) == 2


def test_a_day_that_is_none_is_not_gone_on_from(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    record = "<record><header><datestamp>zzzz</datestamp></header></record>"
    papers.pages["/oai"] = always(OAI.format(f"<ListRecords>{record}</ListRecords>").encode())
    (page,) = ArxivBulk(settings(arxiv_sets="cs", since=DAY), client).fetch(None)
    assert json.loads(page.cursor or "") == {"cs": {"from": "2024-03-04"}}


def test_papers_announced_after_the_day_of_their_submission_are_not_missed(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    papers.pages["/api/query"] = always(
        b'<feed xmlns="http://www.w3.org/2005/Atom">'
        b'<totalResults xmlns="http://a9.com/-/spec/opensearch/1.1/">0</totalResults></feed>'
    )
    list(ArxivSlice(settings(), client, lambda: DAY).fetch("2024-03-02"))
    assert "202402240000" in papers.requests[0].path


def test_a_link_that_ends_in_a_slash_at_the_end_of_a_line_is_not_joined_with_the_next_word() -> (
    None
):
    (snippet,) = link_snippets("Code: https://github.com/a/b/\nWe also publish data.")
    link = parse_link(snippet)
    assert isinstance(link, CodeLink) and link.unit_id == "github.com/a/b"
    (snippet,) = link_snippets("Code: https://github.com/a/\nb and data.")
    assert snippet == "https://github.com/a/b"


def test_a_snapshot_of_odd_types_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "snapshot.json"
    rows: list[dict[str, Any]] = [
        {"versions": ["v1"], "abstract": "github.com/a/b", "doi": 7},
        {"versions": [{"created": 5}], "abstract": 7, "comments": ["github.com/a/c"]},
        {"versions": {}, "id": 7, "abstract": "github.com/a/d"},
    ]
    whole = {"id": "2401.00001", "title": None, "abstract": None, "comments": None, "doi": None}
    path.write_text("\n".join(json.dumps(whole | row) for row in rows))
    (link,) = list_links(path)
    assert (link.raw_link, link.doi, link.published) == ("github.com/a/b", None, None)


# Papers with Code


def test_a_commit_that_would_lead_out_of_the_folder_is_none(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    body = {"sha": "../../../x", "siblings": [{"rfilename": "data/a.parquet"}]}
    papers.pages[f"/api/datasets/{LINKS}"] = always(body)
    with pytest.raises(InputError, match="does not name a commit"):
        list(PapersWithCode(settings(), client).fetch(None))


def row(repository: str) -> dict[str, Any]:
    page = "https://paperswithcode.com/paper/a"
    return {"paper_url": page, "paper_title": "A", "repo_url": f"https://github.com/{repository}"}


def test_shards_of_one_name_in_two_folders_are_two_files(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    papers.add_dataset(PAPERS, [{"paper_url": "https://paperswithcode.com/paper/a"}])
    for folder in ("train", "test"):
        papers.files[f"{LINKS}/data/{folder}/0.parquet"] = parquet([row(f"o/{folder}")])
    names = [{"rfilename": f"data/{folder}/0.parquet"} for folder in ("train", "test")]
    papers.pages[f"/api/datasets/{LINKS}"] = always({"sha": COMMIT, "siblings": names})
    pages = list(PapersWithCode(settings(), client).fetch(None))
    links = [link.raw_link for page in pages for link in page.links]
    assert sorted(links) == ["https://github.com/o/test", "https://github.com/o/train"]


@pytest.mark.parametrize(
    ("papers_rows", "links_rows", "said"),
    [
        ([{"paper_url": "x", "date": [1]}], [row("o/r")], "not a Parquet file|cannot be read"),
        ([{"paper_url": "x"}], [{"paper_url": "x", "code": "github.com/a/b"}], "repo_url"),
    ],
    ids=["a date that is a list", "no column of links"],
)
def test_a_table_of_another_shape_is_one_sentence(
    papers_rows: list[dict[str, Any]],
    links_rows: list[dict[str, Any]],
    said: str,
    papers: PaperStandIn,
    settings: Made,
    client: PaperClient,
) -> None:
    papers.add_dataset(PAPERS, papers_rows)
    papers.add_dataset(LINKS, links_rows)
    with pytest.raises(InputError, match=said):
        list(PapersWithCode(settings(), client).fetch(None))


def test_a_table_that_is_none_is_one_sentence(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    papers.add_dataset(PAPERS, [{"paper_url": "x"}])
    papers.add_dataset(LINKS, [row("o/r")])
    (file,) = (name for name in papers.files if name.startswith(LINKS))
    papers.files[file] = b"PAR1 no table PAR1"
    with pytest.raises(InputError, match="Parquet"):
        list(PapersWithCode(settings(), client).fetch(None))


def test_papers_tables_with_dates_as_dates_join(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    page = "https://paperswithcode.com/paper/a"
    papers.add_dataset(PAPERS, [{"paper_url": page, "date": DAY, "proceeding": "ICML"}])
    papers.add_dataset(LINKS, [row("o/r")])
    pages = list(PapersWithCode(settings(), client).fetch(None))
    (link,) = (link for page in pages for link in page.links)
    assert link.published is not None
    assert (link.published.day, link.venue) == (DAY, "ICML")


# others


def test_a_day_is_read_until_a_page_is_empty_whatever_the_pages_size(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    items = [
        {"paper": {"id": f"2403.0000{n}", "githubRepo": f"https://github.com/o/r{n}"}}
        for n in range(5)
    ]
    papers.pages["/api/daily_papers"] = lambda q: (
        200,
        items[2 * int(q["p"]) : 2 * int(q["p"]) + 2],
        {},
    )
    (page,) = HuggingFacePapers(settings(since=DAY), client, lambda: DAY).fetch(None)
    assert len(page.links) == 5


def test_conference_papers_without_id_and_title_are_not_one_paper(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    papers.pages["/lists/iclr/iclr2018.json"] = always(
        [{"github": "github.com/a/b"}, {"github": "github.com/c/d"}]
    )
    (page,) = ConferenceLists(settings(conferences="iclr2018"), client).fetch(None)
    assert len({link.paper_id for link in page.links}) == 2


def test_a_failed_login_prints_no_password(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    made = settings(openreview_venues="ICLR.cc/2024/Conference", **ACCOUNT)
    papers.pages["/v2/login"] = lambda _: (400, {"message": "Wrong password: s3cret"}, {})
    with pytest.raises(InputError, match="Check the password") as told:
        list(OpenReview(made, client).fetch(None))
    assert "s3cret" not in str(told.value)


def test_notes_that_go_in_circles_are_an_error(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    made = settings(openreview_venues="ICLR.cc/2024/Conference", **ACCOUNT)
    papers.pages["/v2/login"] = always({"token": "t"})
    papers.pages["/v2/notes"] = always({"notes": [{"id": "a", "content": {}}]})
    with pytest.raises(InputError, match="repeats its pages"):
        list(OpenReview(made, client).fetch(None))


def test_redirects_to_nonsense_are_one_sentence_from_a_source_too(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    papers.fail("/papers/", redirect("http://[::1"), times=99)
    with pytest.raises(InputError):
        list(Joss(settings(), client).fetch(None))
