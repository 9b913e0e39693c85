"""What a run leaves behind."""

from pathlib import Path

import pytest

from pipeline.flows.runs import recorded_run
from pipeline.settings import Settings


@pytest.mark.parametrize("error", [None, RuntimeError, KeyboardInterrupt, SystemExit])
def test_a_run_leaves_no_temporary_files(error: type[BaseException] | None, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    left = settings.scratch / "clone-of-a-killed-run"
    left.mkdir(parents=True)
    outcome = None
    try:
        with recorded_run("links", settings):
            assert not left.exists()
            (settings.scratch / "tmp" / "deep").mkdir(parents=True)
            if error is not None:
                raise error
    except BaseException as raised:  # also Ctrl-C, which is what the test is about
        outcome = type(raised)
    assert outcome is error
    assert not settings.scratch.exists()
