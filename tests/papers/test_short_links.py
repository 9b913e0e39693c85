"""Shortened links: the services are asked through a proxy that stands in for them."""

import pytest

from pipeline.links import short_link
from pipeline.papers.client import PaperClient
from pipeline.papers.records import PaperLink
from pipeline.papers.short_links import follow
from pipeline.store.database import due_rows, write
from pipeline.store.paper_rows import link_batch, reparsed
from tests.facts_of import database
from tests.stand_ins.papers import PaperStandIn, paper_stand_in


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch):
    with paper_stand_in() as stand_in:
        monkeypatch.setenv("http_proxy", stand_in.url)
        yield stand_in


def leads(services: PaperStandIn, path: str, location: str | None) -> None:
    headers = {"Location": location} if location else {}
    services.pages[path] = lambda _: (301 if location else 404, b"", headers)


def targets(*urls: str) -> dict[str, str | None]:
    client = PaperClient(timeout_s=60, sleep=lambda _: None)
    return {item.url: item.target for item in follow(client, urls)}


@pytest.mark.parametrize(
    ("raw", "address"),
    [
        ("https://git.io/MonoCon", "https://git.io/MonoCon"),
        ("Code at bit.ly/3xY.", "https://bit.ly/3xY"),
        ("http://goo.gl/a (code)", "http://goo.gl/a"),
        ("https://github.com/o/r", None),
        ("https://git.io.evil.org/x", None),
    ],
)
def test_the_address_of_a_shortened_link(raw: str, address: str | None) -> None:
    assert short_link(raw) == address


def test_a_link_is_followed_from_service_to_service_and_its_target_never_visited(
    services: PaperStandIn,
) -> None:
    leads(services, "/a", "http://bit.ly/b")
    leads(services, "/b", "https://github.com/o/r")
    assert targets("http://git.io/a") == {"http://git.io/a": "https://github.com/o/r"}
    assert [(request.method, request.path) for request in services.requests] == [
        ("HEAD", "http://git.io/a"),
        ("HEAD", "http://bit.ly/b"),
    ]


@pytest.mark.parametrize("location", [None, "http://git.io/a", "http://[nowhere"])
def test_a_link_that_leads_nowhere_or_in_circles_is_dead(
    services: PaperStandIn, location: str | None
) -> None:
    leads(services, "/a", location)
    assert targets("http://git.io/a") == {"http://git.io/a": None}


def test_a_silent_service_is_asked_for_one_link_and_costs_no_other(
    services: PaperStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    leads(services, "/b", "https://github.com/o/r")
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    found = targets("https://t.ly/1", "https://t.ly/2", "http://git.io/b")
    assert found == {"http://git.io/b": "https://github.com/o/r"}


@pytest.mark.slow
def test_a_followed_link_is_a_unit_and_keeps_its_raw_text() -> None:
    link = PaperLink("list:1", "list", "see git.io/MonoCon", title="MonoCon")
    with database() as store:
        write(store, link_batch([link]))
        rows = due_rows(store, "stored_links", problem="short_link")
        write(store, reparsed(rows, {"see git.io/MonoCon": "https://github.com/o/Mono"}))
        found = store.sql("select raw_link, unit_id, problem, flags from paper_link").fetchall()
    assert found == [("see git.io/MonoCon", "github.com/o/mono", None, ["shortened"])]
