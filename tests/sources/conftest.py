"""Paper services on loopback, and settings that lead to them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from paper_stand_in import PaperStandIn, paper_stand_in

from pipeline.settings import Settings
from pipeline.sources.web import Web


@pytest.fixture
def papers() -> Iterator[PaperStandIn]:
    with paper_stand_in() as stand_in:
        yield stand_in


@pytest.fixture
def settings(papers: PaperStandIn, tmp_path: Path) -> Callable[..., Settings]:
    """Settings whose services are the stand-in's; tests replace what they are about."""

    def made(**given: Any) -> Settings:
        services: dict[str, Any] = {
            "huggingface_url": papers.url,
            "arxiv_api_url": f"{papers.url}/api/query",
            "arxiv_oai_url": f"{papers.url}/oai",
            "joss_url": papers.url,
            "openreview_url": f"{papers.url}/v2",
            "openreview_old_url": f"{papers.url}/v1",
            "conferences_url": f"{papers.url}/lists",
            "data": tmp_path,
        }
        return Settings(**(services | given))

    return made


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def web(slept: list[float]) -> Web:
    """A client that notes how long it would have slept."""
    return Web(2.0, sleep=slept.append)
