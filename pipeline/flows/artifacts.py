"""What a run shows in Prefect: its progress, the answer, and PyTorch's share by year."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast
from uuid import UUID

import duckdb
from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.context import FlowRunContext
from prefect.settings import get_current_settings

from dashboards.headline import headline_of
from pipeline.settings import Settings
from pipeline.terminal import progress
from pipeline.terminal.progress import Progress
from pipeline.terminal.summary import SHARE_COLUMNS, share_rows

_UPDATE_EVERY_S = 2.0
_NOT_IN_A_KEY = re.compile(r"[^a-z0-9]+")


@contextmanager
def show_progress(stage: str, total: int | None) -> Iterator[Progress]:
    """Show the progress of a stage on the terminal, and in an artifact of the run.

    Where Prefect collects what is printed, print lines and no bar.
    """
    as_lines = get_current_settings().logging.log_prints
    with progress.show_progress(stage, total, as_lines=as_lines) as shown:
        if FlowRunContext.get() is None:  # a flow that is called as a plain function
            yield shown
            return
        artifact = _ProgressArtifact(shown, stage)
        shown.on_advance = artifact.update
        yield shown
        artifact.end()


class _ProgressArtifact:
    """A progress artifact that changes at most every two seconds."""

    def __init__(self, shown: Progress, stage: str) -> None:
        self._shown = shown
        # Prefect declares an awaitable, too: that is what async code would get
        created = create_progress_artifact(0.0, key=_key(stage), description=shown.line())
        self._id = cast("UUID", created)
        self._updated = time.monotonic()

    def update(self) -> None:
        if time.monotonic() - self._updated > _UPDATE_EVERY_S:
            self._updated = time.monotonic()
            self._set(self._shown.percent)

    def end(self) -> None:
        """The stage has ended without an error."""
        self._set(100.0)

    def _set(self, percent: float) -> None:
        update_progress_artifact(self._id, percent, description=self._shown.line())


def _key(stage: str) -> str:
    """The stage with letters, digits and dashes alone, as Prefect wants keys."""
    return _NOT_IN_A_KEY.sub("-", stage.lower()).strip("-")


def show_answers(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Add the answer with links to the site, and the shares by year, to the run's artifacts."""
    if FlowRunContext.get() is None:
        return
    create_markdown_artifact(
        summary(connection, settings), key="summary", description="The answer, and the site"
    )
    create_table_artifact(
        [dict(zip(SHARE_COLUMNS, row, strict=True)) for row in share_rows(connection)],
        key="shares",
        description="PyTorch among papers with PyTorch or TensorFlow code",
    )


def summary(connection: duckdb.DuckDBPyConnection, settings: Settings) -> str:
    """The answer in Markdown, with links to the pages of the site."""
    site = settings.site_url or settings.site.resolve().as_uri()
    pages = sorted(settings.site.glob("*.html"), key=lambda page: page.stem != "index")
    links = [f"- [{page.stem}]({site.rstrip('/')}/{page.name})" for page in pages]
    return "\n".join(
        [
            "# Did research move to PyTorch?",
            "",
            headline_of(connection),
            "",
            *links,
            "",
            f"Database: `{settings.published}`",
        ]
    )
