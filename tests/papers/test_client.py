"""The client of the sources against a server that is slow, wrong, gone and full of redirects."""

import datetime as dt
import hashlib
import re
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from pipeline.errors import InputError, StoppedError
from pipeline.papers.client import PaperClient
from tests.stand_ins.faults import Fault, answer, cut, hang, html, malformed, redirect, slow
from tests.stand_ins.loopback import Request
from tests.stand_ins.papers import COMMIT, PaperStandIn

CONTENT = bytes(range(256)) * 4000
SHA256 = hashlib.sha256(CONTENT).hexdigest()


def refused(status: int, headers: dict[str, str] | None = None, content: bytes = b"") -> Fault:
    """An answer of this status."""

    def fault(handler: BaseHTTPRequestHandler, _: bytes | None) -> None:
        answer(handler, status, content, headers)

    return fault


def asked(papers: PaperStandIn, part: str) -> list[Request]:
    return [request for request in papers.requests if part in request.path]


def other(papers: PaperStandIn) -> str:
    """The same server under another host name."""
    return papers.url.replace("127.0.0.1", "localhost")


@pytest.fixture
def page(papers: PaperStandIn) -> str:
    papers.pages["/page"] = lambda _: (200, {"a": 1}, {})
    return f"{papers.url}/page"


@pytest.fixture
def large(papers: PaperStandIn) -> str:
    papers.files["o/n/data/a.parquet"] = CONTENT
    return f"{papers.url}/datasets/o/n/resolve/{COMMIT}/data/a.parquet"


# asking


def test_every_request_says_who_asks(page: str, papers: PaperStandIn, client: PaperClient) -> None:
    assert client.get_json(page, {"x": "y"}) == {"a": 1}
    (request,) = papers.requests
    assert request.path == "/page?x=y"
    assert str(request.headers["user-agent"]).startswith("pytorch-adoption-pipeline/")


@pytest.mark.parametrize(
    "fault",
    [refused(500), refused(502), refused(503), refused(429), html(200), malformed(), cut()],
    ids=["500", "502", "503", "429", "html", "malformed", "cut"],
)
def test_what_may_pass_is_asked_again(
    fault: Fault, page: str, papers: PaperStandIn, client: PaperClient, slept: list[float]
) -> None:
    papers.fail("/page", fault, times=2)
    assert client.get_json(page) == {"a": 1}
    first, second = slept
    assert 0 < first < second


@pytest.mark.parametrize("fault", [refused(500), html(200), cut()], ids=["500", "html", "cut"])
def test_what_does_not_pass_is_one_sentence_after_a_few_tries(
    fault: Fault, page: str, papers: PaperStandIn, client: PaperClient
) -> None:
    papers.fail("/page", fault, times=99)
    with pytest.raises(InputError, match="Run the command again; it keeps the collected data"):
        client.get_json(page)
    assert 3 <= len(papers.requests) <= 10


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_a_refusal_is_an_error_at_once(
    status: int, page: str, papers: PaperStandIn, client: PaperClient
) -> None:
    papers.fail("/page", refused(status, content=b'{"a": 2}'))
    with pytest.raises(InputError, match=f"/page answered {status}"):
        client.get_json(page)
    assert len(papers.requests) == 1


def test_the_wait_that_is_asked_for_is_kept(
    page: str, papers: PaperStandIn, client: PaperClient, slept: list[float]
) -> None:
    papers.fail("/page", refused(503, {"Retry-After": "17"}))
    until = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=90)
    papers.fail("/page", refused(429, {"Retry-After": format_datetime(until, usegmt=True)}))
    papers.fail("/page", refused(429, {"RateLimit": '"api";r=0;t=123'}))
    client.get_json(page)
    assert slept == [17, pytest.approx(90, abs=30), 123]


@pytest.mark.parametrize("text", ["soon", "nan", "-5", "inf", "9" * 400, "Fri, 99 Foo 2020"])
def test_no_wait_is_endless_or_nonsense(
    text: str, page: str, papers: PaperStandIn, client: PaperClient, slept: list[float]
) -> None:
    papers.fail("/page", refused(429, {"Retry-After": text}))
    client.get_json(page)
    assert 0 <= slept[0] <= 600


def test_a_silent_server_is_given_up(page: str, papers: PaperStandIn) -> None:
    papers.fail("/page", hang(), times=99)
    with pytest.raises(InputError, match=r"gave no answer within 0\.05 s"):
        PaperClient(timeout_s=0.05, sleep=lambda _: None).get_json(page)


def test_an_answer_that_trickles_for_ever_is_given_up(page: str, papers: PaperStandIn) -> None:
    papers.pages["/page"] = lambda _: (200, b" " * 10_000, {})
    papers.fail("/page", slow(10), times=99)
    with pytest.raises(InputError, match="gave no answer"):
        PaperClient(timeout_s=0.15, sleep=lambda _: None).get_json(page)


def test_an_address_where_nobody_listens_is_one_sentence(client: PaperClient) -> None:
    with pytest.raises(InputError, match=r"^127\.0\.0\.1:9 cannot be reached .* network\?"):
        client.get_json("http://127.0.0.1:9/x")


@pytest.mark.parametrize("location", ["http://[::1", "http://" + "a" * 300, "//", "file:///etc/x"])
def test_a_redirect_to_nowhere_is_an_error(
    location: str, page: str, papers: PaperStandIn, client: PaperClient
) -> None:
    papers.fail("/page", redirect(location), times=99)
    with pytest.raises(InputError):
        client.get_json(page)


def test_a_redirect_in_circles_is_an_error(
    page: str, papers: PaperStandIn, client: PaperClient
) -> None:
    papers.fail("/page", redirect("/page"), times=9999)
    with pytest.raises(InputError):
        client.get_json(page)


def test_requests_keep_to_the_rate(page: str, papers: PaperStandIn) -> None:
    def sleep(seconds: float) -> None:
        waits.append(seconds)
        raise StoppedError

    waits: list[float] = []
    client = PaperClient(timeout_s=60, rate="2/hour", sleep=sleep)
    with pytest.raises(StoppedError):
        for _ in range(3):
            client.get_json(page)
    assert len(papers.requests) == 2
    assert waits == [pytest.approx(3600, abs=300)]


def test_xml_and_others_are_read_by_who_asks_and_asked_for_again_when_unreadable(
    papers: PaperStandIn, client: PaperClient
) -> None:
    def read(content: bytes) -> int:
        if not content.isdigit():
            raise InputError("That is no number.")
        return int(content)

    papers.pages["/number"] = lambda _: (200, b"7", {})
    papers.fail("/number", html(200))
    assert client.get_parsed(f"{papers.url}/number", None, read) == 7
    papers.fail("/number", html(200), times=99)
    with pytest.raises(InputError, match="That is no number"):
        client.get_parsed(f"{papers.url}/number", None, read)


# secrets


def test_messages_show_neither_queries_nor_tokens(
    page: str, papers: PaperStandIn, client: PaperClient
) -> None:
    papers.fail("/page", refused(404))
    with pytest.raises(InputError) as told:
        client.get_json(
            f"{page}?key=s3cret", {"token": "s3cret"}, {"Authorization": "Bearer s3cret"}
        )
    assert "s3cret" not in str(told.value)
    with pytest.raises(InputError) as told:
        client.get_json("http://user:s3cret@127.0.0.1:9/x")
    assert "s3cret" not in str(told.value)


def test_authorization_does_not_go_to_another_host(
    papers: PaperStandIn, client: PaperClient
) -> None:
    papers.pages["/here"] = lambda _: (302, b"", {"Location": f"{other(papers)}/there"})
    papers.pages["/there"] = lambda _: (200, [], {})
    client.get_json(f"{papers.url}/here", None, {"Authorization": "Bearer t"})
    here, there = papers.requests
    assert (here.headers["authorization"], there.headers["authorization"]) == ("Bearer t", None)


def test_what_is_posted_does_not_go_to_another_address(
    papers: PaperStandIn, client: PaperClient
) -> None:
    papers.pages["/login"] = lambda _: (307, b"", {"Location": f"{other(papers)}/there"})
    papers.pages["/there"] = lambda _: (200, {"token": "x"}, {})
    with pytest.raises(InputError):
        client.post_json(f"{papers.url}/login", {"password": "s3cret"})
    assert asked(papers, "/there") == []


# downloads


def test_a_file_is_fetched_checked_and_put_in_its_place(
    large: str, client: PaperClient, tmp_path: Path
) -> None:
    client.download(large, tmp_path / "new" / "a", len(CONTENT), SHA256)
    assert (tmp_path / "new" / "a").read_bytes() == CONTENT
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["a"]


def test_a_file_that_is_there_is_not_fetched_again(
    large: str, papers: PaperStandIn, client: PaperClient, tmp_path: Path
) -> None:
    (tmp_path / "a").write_bytes(CONTENT)
    client.download(large, tmp_path / "a", len(CONTENT), SHA256)
    assert papers.requests == []


def test_a_download_goes_on_where_it_broke_off_with_a_fresh_signature(
    large: str, papers: PaperStandIn, client: PaperClient, tmp_path: Path
) -> None:
    papers.fail("/cdn/", cut(), times=2)
    client.download(large, tmp_path / "a", len(CONTENT), SHA256)
    assert (tmp_path / "a").read_bytes() == CONTENT
    requests = asked(papers, "/cdn/")
    assert len({request.path for request in requests}) == len(requests) == 3
    assert requests[0].headers["range"] is None
    assert re.fullmatch(r"bytes=[1-9]\d*-", str(requests[1].headers["range"]))


def test_a_signature_that_has_expired_is_asked_for_anew(
    large: str, papers: PaperStandIn, client: PaperClient, tmp_path: Path
) -> None:
    papers.fail("/cdn/", refused(403))
    client.download(large, tmp_path / "a", len(CONTENT), SHA256)
    assert (tmp_path / "a").read_bytes() == CONTENT


def test_a_server_that_ignores_ranges_is_listened_to_from_the_start(
    large: str, papers: PaperStandIn, client: PaperClient, tmp_path: Path
) -> None:
    papers.ignores_range = True
    (tmp_path / "a.part").write_bytes(CONTENT[:1000])
    client.download(large, tmp_path / "a", len(CONTENT), SHA256)
    assert (tmp_path / "a").read_bytes() == CONTENT


def test_a_rest_of_another_version_is_thrown_away_once(
    large: str, client: PaperClient, tmp_path: Path
) -> None:
    (tmp_path / "a.part").write_bytes(b"other" * 100)
    client.download(large, tmp_path / "a", len(CONTENT), SHA256)
    assert (tmp_path / "a").read_bytes() == CONTENT


def test_a_rest_that_is_too_long_is_thrown_away(
    large: str, client: PaperClient, tmp_path: Path
) -> None:
    (tmp_path / "a.part").write_bytes(CONTENT + b"more")
    client.download(large, tmp_path / "a", len(CONTENT), SHA256)
    assert (tmp_path / "a").read_bytes() == CONTENT


def test_a_file_with_another_hash_is_an_error_and_leaves_nothing(
    large: str, papers: PaperStandIn, client: PaperClient, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match="SHA-256"):
        client.download(large, tmp_path / "a", len(CONTENT), "0" * 64)
    assert list(tmp_path.iterdir()) == []
    assert len(asked(papers, "/cdn/")) == 2


def test_more_bytes_than_were_promised_are_not_taken(
    large: str, client: PaperClient, tmp_path: Path
) -> None:
    with pytest.raises(InputError):
        client.download(large, tmp_path / "a", 10, SHA256)
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_unknown_size_and_hash_is_taken_as_it_comes(
    large: str, papers: PaperStandIn, client: PaperClient, tmp_path: Path
) -> None:
    papers.fail("/cdn/", cut())
    client.download(large, tmp_path / "a", None, None)
    assert (tmp_path / "a").read_bytes() == CONTENT


def test_a_disk_that_cannot_be_written_is_one_sentence(
    large: str, client: PaperClient, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(InputError, match="cannot be written"):
        client.download(large, tmp_path / "file" / "a", len(CONTENT), SHA256)


@pytest.mark.skipif(
    not Path("/dev/full").exists(),
    reason="only Linux has /dev/full, which refuses writes as a full disk does",
)
def test_a_full_disk_is_one_sentence(large: str, client: PaperClient, tmp_path: Path) -> None:
    (tmp_path / "a.part").symlink_to("/dev/full")
    with pytest.raises(InputError, match="No space left on device"):
        client.download(large, tmp_path / "a", len(CONTENT), SHA256)


def test_the_head_of_a_file_is_not_that_of_the_store(
    large: str, papers: PaperStandIn, client: PaperClient
) -> None:
    headers = client.head(large)
    assert headers["X-Linked-Size"] == str(len(CONTENT))
    assert asked(papers, "/cdn/") == []
    (request,) = papers.requests
    assert (request.method, request.headers["accept-encoding"]) == ("HEAD", "identity")


def test_the_head_of_a_renamed_data_set_is_found(
    large: str, papers: PaperStandIn, client: PaperClient
) -> None:
    papers.fail("/old/", redirect(large.removeprefix(papers.url), 307))
    assert client.head(large.replace("/o/n/", "/old/n/"))["X-Repo-Commit"] == COMMIT


def test_the_head_is_asked_for_again_and_refused_like_all_else(
    large: str, papers: PaperStandIn, client: PaperClient, slept: list[float]
) -> None:
    papers.fail("/resolve/", refused(429, {"RateLimit": '"api";r=0;t=33'}))
    assert "X-Linked-Size" in client.head(large)
    assert slept == [33]
    papers.fail("/resolve/", refused(404))
    with pytest.raises(InputError, match="404"):
        client.head(large)


# lists that change


def test_what_has_not_changed_is_not_sent_again(papers: PaperStandIn, client: PaperClient) -> None:
    def answered(query: dict[str, str]) -> tuple[int, bytes, dict[str, str]]:
        is_known = query["_if_none_match"] == '"1"'
        return (304, b"", {}) if is_known else (200, b"[1]", {"ETag": '"1"'})

    papers.pages["/a.json"] = answered
    url = f"{papers.url}/a.json"
    assert client.get_changed(url, None) == ([1], '"1"')
    assert client.get_changed(url, '"1"') == (None, '"1"')
    papers.fail("/a.json", malformed())
    assert client.get_changed(url, '"0"') == ([1], '"1"')
