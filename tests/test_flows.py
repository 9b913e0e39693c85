"""The flows from end to end, as `adoption run` and `adoption schedule` start them."""

import os
import signal
import subprocess
import time
from pathlib import Path

import duckdb
import pytest
from github_stand_in import github_stand_in
from test_cli import ADOPTION

pytestmark = pytest.mark.slow

LINKS = """paper_url,paper_title,paper_arxiv_id,repo_url,is_official,framework
https://paperswithcode.com/paper/a,A,2001.00001,https://github.com/o/torch,true,pytorch
https://paperswithcode.com/paper/b,B,2001.00002,https://github.com/o/flow,true,tf
https://paperswithcode.com/paper/c,C,2001.00003,https://github.com/o/gone,true,
https://paperswithcode.com/paper/d,D,2001.00004,https://github.com/o,true,
"""


def environment(folder: Path, url: str) -> dict[str, str]:
    (folder / "links.csv").write_text(LINKS)
    return os.environ | {
        "ADOPTION_DATA": str(folder),
        "ADOPTION_SITE": str(folder / "site"),
        "ADOPTION_LINKS": str(folder / "links.csv"),
        "ADOPTION_GITHUB_ARCHIVE_URL": url,
    }


def rows(folder: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(folder / "adoption.duckdb"), read_only=True) as connection:
        return connection.sql(sql).fetchall()


def test_a_run_from_links_to_page_and_a_second_that_changes_nothing(tmp_path: Path) -> None:
    facts = "select unit_id, scan_id, status, scanned_at from scan order by 1"
    with github_stand_in() as github:
        github.add("o/torch", {"net.py": "import torch"})
        github.add("o/flow", {"net.py": "import tensorflow"})
        for _ in range(2):
            done = subprocess.run(
                [*ADOPTION, "run"],
                env=environment(tmp_path, github.url),
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stderr
            assert "Traceback" not in done.stderr
            found = rows(tmp_path, facts)
            first = locals().get("first") or found
            assert found == first
        assert "50%" in done.stdout
        # what has its answer is not asked for again, what failed is
        assert [path.split("/")[2] for path, _ in github.requests] == [
            "flow",
            "gone",
            "torch",
            "gone",
        ]
    assert rows(tmp_path, "select outcome, papers from coverage order by 1") == [
        ("judged", 2),
        ("not_found", 1),
        ("owner_only", 1),
    ]
    assert rows(tmp_path, "select status, count(*) from run group by all") == [("done", 4)]
    assert (tmp_path / "site" / "index.html").exists()
    assert (tmp_path / "export" / "share_by_year.parquet").exists()


def test_a_scheduled_run_fires_and_publishes(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with github_stand_in() as github, log.open("w") as output:
        github.add("o/torch", {"net.py": "import torch"})
        served = subprocess.Popen(
            [*ADOPTION, "schedule", "--cron", "* * * * *"],
            env=environment(tmp_path, github.url),
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        try:
            give_up = time.monotonic() + 240
            while not (tmp_path / "adoption.duckdb").exists() and time.monotonic() < give_up:
                assert served.poll() is None, log.read_text()
                time.sleep(1)
            assert rows(tmp_path, "select label from repo_label") == [("pytorch",)]
            served.send_signal(signal.SIGINT)
            assert served.wait(timeout=60) == 0, log.read_text()
            assert "Traceback" not in log.read_text()
        finally:
            if served.poll() is None:
                os.killpg(served.pid, signal.SIGKILL)
