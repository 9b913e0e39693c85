"""HTTP for every part: when an attempt is repeated, how fast requests go, what a request may do."""

import contextlib
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler

import pytest

from pipeline.errors import InputError, Status
from pipeline.web import (
    LONGEST_WAIT_S,
    HttpSession,
    RateLimiter,
    Request,
    RetryableError,
    with_retries,
)
from tests.stand_ins.papers import PaperStandIn


def failure(status: Status, message: str) -> InputError:
    return InputError(f"{status}: {message}")


def failing(*errors: RetryableError) -> Callable[[], str]:
    """An attempt that fails with these, one after the other, and then succeeds."""
    left = list(errors)

    def attempt() -> str:
        if left:
            raise left.pop(0)
        return "done"

    return attempt


# retries


def test_an_attempt_is_repeated_after_one_two_and_four_seconds(slept: list[float]) -> None:
    errors = [RetryableError(InputError("no"))] * 3
    assert with_retries(failing(*errors), slept.append) == "done"
    assert slept == [1, 2, 4]


def test_the_wait_that_a_server_asks_for_is_kept(slept: list[float]) -> None:
    errors = [RetryableError(InputError("no"), wait_s=17)] * 2
    with_retries(failing(*errors), slept.append)
    assert slept == [17, 17]


def test_a_backoff_doubles_up_to_a_quarter_of_an_hour(slept: list[float]) -> None:
    errors = [RetryableError(InputError("no"), backoff_s=60, tries=9)] * 6
    with_retries(failing(*errors), slept.append)
    assert slept == [60, 120, 240, 480, 900, 900]


def test_after_the_last_try_the_error_is_raised(slept: list[float]) -> None:
    errors = [RetryableError(InputError("Run it again."), tries=3)] * 3
    with pytest.raises(InputError, match="Run it again"):
        with_retries(failing(*errors), slept.append)
    assert len(slept) == 2


def test_a_wait_of_many_hours_is_left_to_the_next_run(slept: list[float]) -> None:
    too_long = RetryableError(InputError("Wait."), wait_s=LONGEST_WAIT_S + 1)
    with pytest.raises(InputError, match="Wait"):
        with_retries(failing(too_long), slept.append)
    assert slept == []


# rate limits


def test_a_rate_is_kept_after_its_burst() -> None:
    limiter = RateLimiter("3/hour")
    assert [limiter.acquire() for _ in range(3)] == [0, 0, 0]
    assert 3000 < limiter.acquire() <= 3600


def test_without_a_rate_only_a_pause_makes_a_request_wait() -> None:
    limiter = RateLimiter(None, lambda: 1000.0)
    assert {limiter.acquire(1_000_000) for _ in range(3)} == {0}
    limiter.back_off(5.0)
    assert limiter.acquire() == 5


def test_pauses_grow_until_a_server_answers() -> None:
    now, pauses = [1000.0], []

    def back_off() -> None:
        limiter.back_off(None)
        pauses.append(limiter.acquire())
        now[0] += pauses[-1]
        assert limiter.acquire() == 0

    limiter = RateLimiter("1000/second", lambda: now[0])
    back_off()
    back_off()
    limiter.reset()
    back_off()
    assert pauses == [60, 120, 60]


# requests


def test_a_body_above_the_limit_is_not_read(papers: PaperStandIn) -> None:
    papers.pages["/page"] = lambda _: (200, b"x" * 1000, {})
    request = Request("GET", f"{papers.url}/page")
    assert len(HttpSession(60, failure, longest_body=1000).fetch(request).content) == 1000
    with pytest.raises(InputError, match="sent more than 999 bytes"):
        HttpSession(60, failure, longest_body=999).fetch(request)


def test_the_body_of_a_redirect_is_not_waited_for(papers: PaperStandIn) -> None:
    def endless(handler: BaseHTTPRequestHandler, _: bytes | None) -> None:
        handler.send_response(302)
        handler.send_header("Location", "/page")
        handler.send_header("Content-Length", "1000000")
        handler.end_headers()
        handler.wfile.write(b"moved")
        with contextlib.suppress(OSError):
            handler.connection.recv(1)  # returns when the client gives up
        handler.close_connection = True

    papers.fail("/old", endless)
    papers.pages["/page"] = lambda _: (200, b"here", {})
    assert HttpSession(60, failure).fetch(Request("GET", f"{papers.url}/old")).content == b"here"


def test_a_redirect_to_another_host_is_the_answer_for_who_wants_to_stay(
    papers: PaperStandIn,
) -> None:
    elsewhere = papers.url.replace("127.0.0.1", "localhost")
    papers.pages["/here"] = lambda _: (302, b"", {"Location": f"{elsewhere}/there"})
    reply = HttpSession(60, failure).fetch(Request("GET", f"{papers.url}/here", stay=True))
    assert (reply.status, reply.headers["Location"]) == (302, f"{elsewhere}/there")
    assert papers.asked("/there") == 0
