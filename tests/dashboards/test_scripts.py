"""The site's scripts that need no page, tested by node without a browser."""

import shutil
import subprocess
from pathlib import Path

import pytest

TESTS = sorted(Path(__file__).parent.glob("*.test.mjs"))


@pytest.mark.slow
@pytest.mark.parametrize("tests", TESTS, ids=[file.name for file in TESTS])
def test_the_script_does_what_its_tests_in_javascript_say(tests: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node.js is missing. As root on Debian, 'make node' installs it.")
    done = subprocess.run([node, "--test", str(tests)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
