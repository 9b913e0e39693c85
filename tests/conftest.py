"""Tests run offline and leave nothing behind: every database lives in a temporary folder."""

import os
import signal
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

for name in [name for name in os.environ if name.startswith("ADOPTION_")]:
    del os.environ[name]

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell's background job ignores Ctrl-C, and so would each command that a test sends it to.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def stored_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ~/.netrc that has a password for the servers on loopback."""
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
