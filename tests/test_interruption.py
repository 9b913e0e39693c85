"""Ctrl-C and SIGTERM: a sentence, the code that shells expect, and no traceback."""

import os
import signal
import subprocess
from pathlib import Path

import pytest

from tests.stand_ins.command import ADOPTION
from tests.waiting import AT_MOST_S

pytestmark = pytest.mark.slow  # each test starts the program

SIGNALS = [(signal.SIGINT, 130), (signal.SIGTERM, 143)]


@pytest.mark.parametrize(("number", "code"), SIGNALS, ids=["Ctrl-C", "SIGTERM"])
def test_a_signal_ends_a_command_with_a_sentence(
    number: signal.Signals, code: int, tmp_path: Path
) -> None:
    pipe = tmp_path / "endless.tar.gz"
    os.mkfifo(pipe)
    with (
        subprocess.Popen(
            [*ADOPTION, "scan", pipe], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as command,
        pipe.open("wb"),
    ):  # returns when the command reads
        command.send_signal(number)
        _, said = command.communicate(timeout=AT_MOST_S)
    assert command.returncode == code
    assert (
        said.strip()
        == "Stopped. The database keeps the stored data; the same command continues the run."
    )


def test_ctrl_c_while_the_program_is_still_loading_prints_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "typer.py").write_text(
        "import time\nprint('loading', flush=True)\nwhile True:\n    time.sleep(1)\n"
    )
    with subprocess.Popen(
        [*ADOPTION, "--help"],
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as command:
        assert command.stdout is not None and command.stdout.readline() == "loading\n"
        command.send_signal(signal.SIGINT)
        _, said = command.communicate(timeout=AT_MOST_S)
    assert command.returncode == 130
    assert said.strip() == "Stopped."
