"""An address on loopback that takes reports of failures, as a chat service does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.stand_ins.faults import Fault, answer
from tests.stand_ins.loopback import Handler, Service, serving


class Webhook(Service):
    """Keeps what it receives."""

    @property
    def reports(self) -> list[dict[str, Any]]:
        """The bodies of all requests."""
        return [json.loads(request.body) for request in self.requests]


class _Handler(Handler):
    def respond(self, body: bytes, fault: Fault | None) -> None:
        if fault is not None:
            fault(self, None)
            return
        answer(self, 200, b"ok")


@contextmanager
def webhook() -> Iterator[Webhook]:
    """A webhook that answers as long as the block lasts."""
    stand_in = Webhook()
    with serving(stand_in, _Handler):
        yield stand_in
