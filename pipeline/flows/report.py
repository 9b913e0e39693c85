"""Sends the report of a failed run to the address that the user set, and to nobody else."""

from __future__ import annotations

import datetime as dt
import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

from pydantic import SecretStr

from pipeline.errors import InputError
from pipeline.settings import Settings
from pipeline.web import HttpSession, Request, RetryableError, host, with_retries

_TIMEOUT_S = 10.0
_TRIES = 3
_REDIRECT, _SERVER_ERROR = 300, 500


@dataclass(frozen=True, slots=True)
class FailedRun:
    """A failed run: its flow, the reason, Prefect's name and id of it, and its page in Prefect.

    A run that failed before Prefect began it has no name, id or page. A run whose server ends with
    the run has no page.
    """

    flow: str
    why: str
    run: str | None = None
    run_id: str | None = None
    url: str | None = None


def report(failed: FailedRun) -> str | None:
    """POST the failure as JSON to ADOPTION_ON_FAILURE_URL. Gives a sentence if that fails.

    The body has no settings and no parameters, and a secret within the reason is replaced. The
    field `text` is the message that chat services show.
    """
    settings = Settings()
    if settings.on_failure_url is None:
        return None
    url = settings.on_failure_url.get_secret_value()
    why = without_secrets(failed.why, settings)
    name = f"{failed.flow} ({failed.run})" if failed.run else failed.flow
    body = asdict(failed) | {
        "why": why,
        "text": f"adoption: the run {name} failed. {why}",
        "failed_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
    }
    try:
        with_retries(lambda: _post(url, json.dumps(body).encode()), time.sleep)
    except InputError as error:
        return f"The failure could not be reported to ADOPTION_ON_FAILURE_URL: {error}"
    return None


@contextmanager
def reported(flow: str) -> Iterator[None]:
    """Report an error of the block, which comes before Prefect begins the run of a flow.

    From then on, Prefect's hooks report.
    """
    try:
        yield
    except Exception as error:
        first = str(error).strip().partition("\n")[0]
        if problem := report(FailedRun(flow, first or type(error).__name__)):
            print(problem, file=sys.stderr, flush=True)
        raise


def without_secrets(text: str, settings: Settings) -> str:
    """The text with *** in place of every secret of the settings."""
    for _, value in settings:
        if isinstance(value, SecretStr) and (secret := value.get_secret_value()):
            text = text.replace(secret, "***")
    return text


def _post(url: str, body: bytes) -> None:
    session = HttpSession(_TIMEOUT_S, lambda _, message: InputError(message))
    headers = {"Content-Type": "application/json"}
    reply = session.fetch(Request("POST", url, headers=headers, body=body))
    if reply.status >= _SERVER_ERROR:
        raise RetryableError(_refused(url, reply.status), tries=_TRIES)
    if reply.status >= _REDIRECT:
        raise _refused(url, reply.status)


def _refused(url: str, status: int) -> InputError:
    return InputError(f"{host(url)} answered {status}.")
