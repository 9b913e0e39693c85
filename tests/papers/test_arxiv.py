"""arXiv by its three ways in: OAI-PMH, the query interface, and what stands in a record's texts."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.links import CodeLink, link_snippets, parse_link
from pipeline.papers.arxiv_oai import ArxivBulk
from pipeline.papers.arxiv_query import ArxivSlice
from pipeline.papers.client import PaperClient
from pipeline.settings import Settings
from tests.properties import reached, reaching
from tests.stand_ins.faults import json_fault
from tests.stand_ins.papers import PaperStandIn

Made = Callable[..., Settings]


def record(
    identifier: str, day: str = "2024-05-06", comments: str = "", deleted: bool = False
) -> str:
    if deleted:
        return (
            f'<record><header status="deleted"><identifier>oai:arXiv.org:{identifier}</identifier>'
            f"<datestamp>{day}</datestamp></header></record>"
        )
    return f"""<record><header><identifier>oai:arXiv.org:{identifier}</identifier>
      <datestamp>{day}</datestamp></header><metadata>
      <arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>{identifier}</id>
      <version version="v1"><date>Mon, 2 Apr 2018 19:18:42 GMT</date></version>
      <version version="v2"><date>Mon, 2 Apr 2024 19:18:42 GMT</date></version>
      <title>On  things</title><comments>{comments}</comments><doi>10.1/x</doi>
      <abstract>We do things.</abstract></arXivRaw></metadata></record>"""


def oai(records: str = "", token: str | None = None, error: str | None = None) -> bytes:
    inner = f'<error code="{error}">no</error>' if error else ""
    if not error:
        end = f"<resumptionToken>{token}</resumptionToken>" if token is not None else ""
        inner = f"<ListRecords>{records}{end}</ListRecords>"
    return f'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">{inner}</OAI-PMH>'.encode()


def serve_oai(papers: PaperStandIn, answers: dict[str, bytes]) -> None:
    """Answers by resumption token; '' is the first request's."""
    papers.pages["/oai"] = lambda query: (200, answers[query.get("resumptionToken", "")], {})


CODE = "Code: https://github.com/a/b"


def test_records_are_paged_through_by_token_and_dated_by_their_first_version(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    answers = {
        "": oai(record("1804.00001", comments=CODE) + record("x", deleted=True), "next"),
        "next": oai(record("1804.00002", "2024-05-07", comments=CODE), ""),
    }
    serve_oai(papers, answers)
    pages = list(ArxivBulk(settings(arxiv_sets="cs"), client).fetch(None))
    assert [page.papers_seen for page in pages] == [2, 1]
    [link] = pages[0].links
    assert (link.paper_id, link.title, link.doi) == ("arxiv:1804.00001", "On things", "10.1/x")
    assert link.published is not None and link.published.day == dt.date(2018, 4, 2)
    assert json.loads(pages[-1].cursor or "") == {"cs": {"from": "2024-05-07"}}


def test_a_stop_goes_on_at_the_page_and_the_next_run_at_the_day(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    answers = {"": oai(record("1804.00001"), "next"), "next": oai(record("1804.00002"))}
    serve_oai(papers, answers)
    source = ArxivBulk(settings(arxiv_sets="cs", since=dt.date(2020, 1, 1)), client)
    pages = list(source.fetch(None))
    assert "from=2020-01-01" in papers.requests[0].path
    assert list(source.fetch(pages[0].cursor)) == pages[1:]
    next(iter(source.fetch(pages[-1].cursor)))
    assert "from=2024-05-06" in papers.requests[-1].path


def test_an_expired_token_is_made_good_from_the_day_that_was_reached(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    serve_oai(papers, {"old": oai(error="badResumptionToken"), "": oai(record("1804.00001"))})
    cursor = {"cs": {"from": "2014-01-01", "token": "old", "reached": "2024-03-03"}}
    [page] = ArxivBulk(settings(arxiv_sets="cs"), client).fetch(json.dumps(cursor))
    assert page.papers_seen == 1
    assert "from=2024-03-03" in papers.requests[-1].path


def test_nothing_new_is_no_error_and_every_set_is_asked_for(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    serve_oai(papers, {"": oai(error="noRecordsMatch")})
    assert list(ArxivBulk(settings(arxiv_sets="cs,stat"), client).fetch(None)) == []
    first, second = papers.requests
    assert "cs" in first.path and "stat" in second.path


def test_flow_control_is_waited_for(
    papers: PaperStandIn, settings: Made, client: PaperClient, slept: list[float]
) -> None:
    serve_oai(papers, {"": oai(record("1804.00001"))})
    papers.fail("/oai", json_fault(503, "busy", {"Retry-After": "20"}))
    list(ArxivBulk(settings(arxiv_sets="cs"), client).fetch(None))
    assert slept == [20]


@pytest.mark.parametrize(
    "content",
    [b"<html><p>Sorry</html>", b"", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', b"\xff\xfe"],
)
def test_xml_that_is_none_or_declares_entities_is_said(
    papers: PaperStandIn, settings: Made, client: PaperClient, content: bytes
) -> None:
    serve_oai(papers, {"": content})
    with pytest.raises(InputError, match="arXiv returned"):
        list(ArxivBulk(settings(arxiv_sets="cs"), client).fetch(None))


def entry(number: int, comment: str = CODE) -> str:
    return f"""<entry><id>http://arxiv.org/abs/2601.{number:05}v2</id><title>T{number}</title>
      <published>2026-01-05T09:12:44Z</published><summary>S</summary>
      <arxiv:comment xmlns:arxiv="http://arxiv.org/schemas/atom">{comment}</arxiv:comment></entry>"""


def atom(entries: str, total: int) -> bytes:
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom" '
        'xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">'
        f"<opensearch:totalResults>{total}</opensearch:totalResults>{entries}</feed>"
    ).encode()


def serve_query(papers: PaperStandIn, count: int, empty: set[int]) -> None:
    """`count` results; the requests whose place is in `empty` give nothing, without reason."""
    asked: list[int] = []

    def page(query: dict[str, str]) -> tuple[int, Any, dict[str, str]]:
        asked.append(1)
        if len(asked) - 1 in empty:
            return 200, atom("", 0), {}
        start, size = int(query["start"]), int(query["max_results"])
        return 200, atom("".join(map(entry, range(start, min(start + size, count)))), count), {}

    papers.pages["/api/query"] = page


DAY = dt.date(2026, 1, 5)


@pytest.mark.parametrize("empty", [set(), {0}, {0, 1}, {1, 2}, {2, 3, 4}])
def test_empty_pages_are_not_the_end_while_the_total_says_more(
    papers: PaperStandIn, settings: Made, client: PaperClient, empty: set[int]
) -> None:
    serve_query(papers, 250, empty)
    source = ArxivSlice(settings(since=DAY), client, today=lambda: DAY)
    pages = list(source.fetch(None))
    assert sum(page.papers_seen for page in pages) == 250
    assert pages[-1].cursor == DAY.isoformat()


def test_pages_that_stay_empty_are_an_error_and_not_the_end(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    serve_query(papers, 250, set(range(1, 99)))
    source = ArxivSlice(settings(since=DAY), client, today=lambda: DAY)
    with pytest.raises(InputError, match="100 of 250 papers"):
        list(source.fetch(None))


def test_more_results_than_a_query_gives_are_asked_for_in_halves(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    windows = []

    def page(query: dict[str, str]) -> tuple[int, Any, dict[str, str]]:
        days = query["search_query"].rpartition("[")[2].rstrip("]")
        windows.append(days)
        first, last = (dt.datetime.strptime(day[:8], "%Y%m%d") for day in days.split(" TO "))
        total = 40_000 if last - first > dt.timedelta(days=8) else 1
        return 200, atom(entry(1), total), {}

    papers.pages["/api/query"] = page
    today = DAY + dt.timedelta(days=20)
    source = ArxivSlice(settings(since=DAY), client, today=lambda: today)
    assert sum(page.papers_seen for page in source.fetch(None)) == 4
    assert len(windows) == 7


def test_an_error_entry_is_an_error(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    error = "<entry><title>Error</title><summary>malformed query</summary></entry>"
    papers.pages["/api/query"] = lambda _: (200, atom(error, 1), {})
    source = ArxivSlice(settings(since=DAY), client, today=lambda: DAY)
    with pytest.raises(InputError, match="malformed query"):
        list(source.fetch(None))


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("Code: https://github.com/a/b.", ["a/b"]),
        (
            "at \\url{https://github.com/a/b} and \\href{https://github.com/c/d}{here}",
            ["a/b", "c/d"],
        ),
        ("available at github. com/a/b, see there", ["a/b"]),
        ("https://github.com/a/very-\nlong-name is wrapped", ["a/very-long-name"]),
        ("https://github.com/a/b Accepted at CVPR", ["a/b"]),
        ("(https://github.com/a/b).", ["a/b"]),
        ("no link, https://example.org/paper and https://arxiv.org/abs/1", []),
    ],
)
def test_links_of_running_text(text: str, urls: list[str]) -> None:
    found = [parse_link(snippet) for snippet in link_snippets(text)]
    assert [f"{link.owner}/{link.name}" for link in found if isinstance(link, CodeLink)] == urls


@reaching(100)
@given(st.text(), st.text())
def test_snippets_of_any_text_never_fail_and_hold_the_link(before: str, after: str) -> None:
    text = f"{before} https://github.com/owner/repository {after}"
    links = [parse_link(snippet) for snippet in link_snippets(text)]
    reached()
    assert any(
        isinstance(link, CodeLink) and link.key == "github.com/owner/repository" for link in links
    )
