"""The archive of Papers with Code: pinned, downloaded once, joined, and gone on with."""

import datetime as dt
import json
from collections.abc import Callable

import pytest

from pipeline.errors import InputError
from pipeline.papers.client import PaperClient
from pipeline.papers.papers_with_code import LINKS, PAPERS, PapersWithCode
from pipeline.settings import Settings
from tests.stand_ins.faults import cut
from tests.stand_ins.papers import COMMIT, PaperStandIn

Made = Callable[..., Settings]


def link(number: int, **columns: object) -> dict[str, object]:
    return {
        "paper_url": f"https://paperswithcode.com/paper/p{number}",
        "paper_title": f"Paper {number}",
        "paper_arxiv_id": f"2101.{number:05}v2",
        "repo_url": f"https://github.com/o/r{number}",
        "is_official": True,
        "framework": "pytorch",
        **columns,
    }


def paper(number: int, date: object, proceeding: str | None = None) -> dict[str, object]:
    url = f"https://paperswithcode.com/paper/p{number}"
    return {"paper_url": url, "date": date, "proceeding": proceeding, "abstract": "long"}


def test_links_come_with_their_papers_dates_and_venues(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    papers.add_dataset(LINKS, [link(1), link(2, paper_arxiv_id=None, framework="none")])
    papers.add_dataset(PAPERS, [paper(1, dt.date(2020, 5, 17), "ICLR 2021"), paper(2, None)])
    pages = list(PapersWithCode(settings(), client).fetch(None))
    first, second = (found for page in pages for found in page.links)
    assert (first.paper_id, first.venue, first.source_label) == (
        "arxiv:2101.00001",
        "ICLR 2021",
        "pytorch",
    )
    assert first.published is not None and first.published.day == dt.date(2020, 5, 17)
    assert (second.paper_id, second.source_label, second.arxiv_id) == ("pwc:p2", None, None)


@pytest.mark.parametrize("date", ["2020-05-17", dt.date(2020, 5, 17), dt.datetime(2020, 5, 17)])
def test_dates_are_read_in_whatever_type_the_table_has_them(
    papers: PaperStandIn, settings: Made, client: PaperClient, date: object
) -> None:
    papers.add_dataset(LINKS, [link(1)])
    papers.add_dataset(PAPERS, [paper(1, date)])
    [found] = next(iter(PapersWithCode(settings(), client).fetch(None))).links
    assert found.published is not None and found.published.day == dt.date(2020, 5, 17)


def test_columns_that_older_tables_lack_are_unknown(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    papers.add_dataset(LINKS, [{"paper_title": "T", "repo_url": "https://github.com/o/r"}])
    papers.add_dataset(PAPERS, [{"paper_url": "x"}])
    [found] = next(iter(PapersWithCode(settings(), client).fetch(None))).links
    assert (found.published, found.is_official, found.arxiv_id) == (None, None, None)


def test_a_finished_archive_is_not_read_again(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    papers.add_dataset(LINKS, [link(1)])
    papers.add_dataset(PAPERS, [])
    papers.add_dataset(PAPERS, [paper(1, None)])
    source = PapersWithCode(settings(), client)
    cursor = list(source.fetch(None))[-1].cursor
    assert cursor is not None and json.loads(cursor)["commits"] == {LINKS: COMMIT, PAPERS: COMMIT}
    asked = len(papers.requests)
    assert list(source.fetch(cursor)) == []
    assert len(papers.requests) == asked + 2


@pytest.mark.slow
def test_a_stop_goes_on_after_the_rows_that_are_stored(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    papers.add_dataset(LINKS, [link(number) for number in range(4500)])
    papers.add_dataset(PAPERS, [paper(1, None)])
    source = PapersWithCode(settings(), client)
    whole = list(source.fetch(None))
    rest = list(source.fetch(whole[0].cursor))
    assert [len(page.links) for page in whole] == [2000, 2000, 500, 0]
    assert rest == whole[1:]


@pytest.mark.slow
def test_a_download_that_breaks_off_is_gone_on_with(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    papers.add_dataset(LINKS, [link(number) for number in range(3000)])
    papers.add_dataset(PAPERS, [paper(1, None)])
    papers.fail("/cdn/", cut(0.3), times=2)
    pages = PapersWithCode(settings(), client).fetch(None)
    assert sum(len(page.links) for page in pages) == 3000


def test_an_answer_without_a_commit_is_said(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    papers.pages[f"/api/datasets/{LINKS}"] = lambda _: (200, {"error": "renamed"}, {})
    with pytest.raises(InputError, match="does not name a commit"):
        list(PapersWithCode(settings(), client).fetch(None))
