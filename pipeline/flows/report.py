"""Sends the report of a failed run to the address that the user set, and to nobody else."""

from __future__ import annotations

import datetime as dt
import json
import time
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
    """A failed run: its flow, Prefect's name and id of it, the reason, its page in Prefect."""

    flow: str
    run: str
    run_id: str
    why: str
    url: str | None


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
    body = asdict(failed) | {
        "why": why,
        "text": f"adoption: the run {failed.flow} ({failed.run}) failed. {why}",
        "failed_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
    }
    try:
        with_retries(lambda: _post(url, json.dumps(body).encode()), time.sleep)
    except InputError as error:
        return f"The failure could not be reported to ADOPTION_ON_FAILURE_URL: {error}"
    return None


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
