"""A test that lacks what it needs is skipped on a person's machine, and fails in CI."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow  # each test starts the program

HERE = Path(__file__).parent
# The test that the tests below run: it is skipped, whatever the machine has.
SKIPPED = "import pytest\n\ndef test_a():\n    pytest.skip('No Chromium.')\n"


@pytest.mark.parametrize(("ci", "ended"), [({}, 0), ({"CI": "true"}, 1)])
def test_a_skipped_test_fails_in_ci_and_says_why(
    tmp_path: Path, ci: dict[str, str], ended: int
) -> None:
    (tmp_path / "test_a.py").write_text(SKIPPED)
    kept = {name: value for name, value in os.environ.items() if name != "CI"}
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "tests.conftest",
            "-rs",
            "--rootdir",
            tmp_path,
            tmp_path,
        ],
        env={**kept, "PYTHONPATH": str(HERE.parent), **ci},
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == ended
    assert "No Chromium." in done.stdout
