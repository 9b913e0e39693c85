"""The counting of the site's script, tested by node without a browser."""

import shutil
import subprocess
from pathlib import Path

import pytest


def test_the_script_counts_as_worked_out_by_hand() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node.js is missing. 'make node' installs it on Debian, if root may.")
    tests = Path(__file__).with_name("shares.test.mjs")
    done = subprocess.run([node, "--test", str(tests)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
