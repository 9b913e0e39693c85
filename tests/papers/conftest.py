"""Paper services on loopback, and settings that lead to them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.settings import Settings
from tests.stand_ins.papers import PaperStandIn


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
            "github_archive_url": f"{papers.url}/archives",
            "data": tmp_path,
        }
        return Settings(**(services | given))

    return made
