"""The report of a failed run: where it goes, what it says, and what it leaves out."""

from collections.abc import Iterator

import pytest

from pipeline.errors import StoreError
from pipeline.flows.report import FailedRun, report, reported
from tests.stand_ins.faults import html
from tests.stand_ins.webhook import Webhook, webhook

FAILED = FailedRun("links", "arXiv cannot be reached.", "happy-otter", "0-1", "http://prefect/0-1")


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Iterator[Webhook]:
    with webhook() as stand_in:
        monkeypatch.setenv("ADOPTION_ON_FAILURE_URL", f"{stand_in.url}/secret-path")
        yield stand_in


def test_the_report_names_the_run_and_the_reason(hook: Webhook) -> None:
    assert report(FAILED) is None
    (body,) = hook.reports
    assert body.pop("failed_at").endswith("+00:00")
    assert body == {
        "flow": "links",
        "run": "happy-otter",
        "run_id": "0-1",
        "why": "arXiv cannot be reached.",
        "url": "http://prefect/0-1",
        "text": "adoption: the run links (happy-otter) failed. arXiv cannot be reached.",
    }
    assert hook.requests[0].headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("address", [None, "", " "])
def test_without_an_address_nothing_is_reported(
    hook: Webhook, address: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ADOPTION_ON_FAILURE_URL")
    if address is not None:
        monkeypatch.setenv("ADOPTION_ON_FAILURE_URL", address)
    assert report(FAILED) is None
    assert hook.requests == []


def test_a_secret_in_the_reason_is_replaced(hook: Webhook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADOPTION_GITHUB_TOKEN", "s3cret-t0ken")
    report(FailedRun("code", "https://s3cret-t0ken@github.com failed"))
    assert hook.reports[0]["why"] == "https://***@github.com failed"
    assert b"s3cret" not in hook.requests[0].body


def test_an_address_that_refuses_the_report_is_named_without_its_path(hook: Webhook) -> None:
    hook.fail("/secret-path", html(404))
    problem = report(FAILED)
    assert problem is not None and problem.endswith(" answered 404.")
    assert "secret-path" not in problem


def test_an_error_before_prefect_begins_is_reported_without_name_and_page(hook: Webhook) -> None:
    with pytest.raises(StoreError), reported("refresh"):
        raise StoreError("The database is damaged.\nmore")
    (body,) = hook.reports
    assert (body["flow"], body["run"], body["run_id"], body["url"]) == ("refresh", None, None, None)
    assert body["text"] == "adoption: the run refresh failed. The database is damaged."


def test_a_report_is_sent_again_after_an_error_of_the_server(hook: Webhook) -> None:
    hook.fail("/secret-path", html(502))
    assert report(FAILED) is None
    assert len(hook.requests) == 2
