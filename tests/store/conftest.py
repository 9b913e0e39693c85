"""What tests of the store share."""

from collections.abc import Iterator

import pytest


@pytest.fixture
def continued(capsys: pytest.CaptureFixture[str]) -> Iterator[None]:
    """No publication writes all again because it cannot go on from the last file.

    That would hide an error. A test in which the last file is damaged reads what is said.
    """
    yield
    assert "written again" not in capsys.readouterr().err
