"""The flows from end to end, as `adoption run` starts them."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from tests.stand_ins.command import ADOPTION, run_settings
from tests.stand_ins.faults import html, secondary_limit
from tests.stand_ins.flows import COLLECT, run_flows
from tests.stand_ins.github import StandIn, github_stand_in
from tests.waiting import AT_MOST_S, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("published_schema")]

LINKS = """paper_url,paper_title,paper_arxiv_id,repo_url,is_official,framework
https://paperswithcode.com/paper/a,A,2001.00001,https://github.com/o/torch,true,pytorch
https://paperswithcode.com/paper/b,B,2001.00002,https://github.com/o/flow,true,tf
https://paperswithcode.com/paper/c,C,2001.00003,https://github.com/o/gone,true,
https://paperswithcode.com/paper/d,D,2001.00004,https://github.com/o,true,
https://paperswithcode.com/paper/e,E,2001.00005,https://github.com/o/empty,true,
https://paperswithcode.com/paper/f,F,2001.00006,https://github.com/o/blocked,true,
https://paperswithcode.com/paper/g,G,2001.00007,https://github.com/o/old,true,
https://paperswithcode.com/paper/h,H,2001.00008,https://github.com/p/new,true,
https://paperswithcode.com/paper/i,I,2001.00009,https://github.com/o/lost name,true,
"""
TOKEN = "s3cret-t0ken"


@pytest.fixture
def github() -> Iterator[StandIn]:
    with github_stand_in() as stand_in:
        stand_in.token = TOKEN
        stand_in.add("o/torch", {"net.py": "import torch"})
        stand_in.add("o/flow", {"net.py": "import tensorflow"})
        stand_in.add("o/old", {"net.py": "import jax"})
        stand_in.rename("o/old", "p/new")
        stand_in.add("o/empty", commit=None)
        stand_in.add("o/blocked", blocked="dmca")
        stand_in.add("o/lost-name", {"net.py": "import torch"})
        yield stand_in


def own_settings(folder: Path, url: str, **settings: str) -> dict[str, str]:
    (folder / "links.csv").write_text(LINKS)
    return run_settings(folder, url) | {"ADOPTION_GITHUB_TOKEN": TOKEN} | settings


def environment(folder: Path, url: str, **settings: str) -> dict[str, str]:
    return os.environ | own_settings(folder, url, **settings)


def run(folder: Path, url: str, *command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*ADOPTION, *(command or ("run",))],
        env=environment(folder, url, **settings),
        capture_output=True,
        text=True,
        check=False,
    )


def rows(folder: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(folder / "adoption.duckdb"), read_only=True) as connection:
        return connection.sql(sql).fetchall()


def test_a_run_from_links_to_page_and_a_second_that_changes_nothing(
    tmp_path: Path, github: StandIn
) -> None:
    done = run(tmp_path, github.url)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.count("Starting Prefect.") == 1
    assert "67%" in done.stdout
    assert rows(tmp_path, "select outcome, papers from coverage order by 1") == [
        ("blocked", 1),
        ("empty", 1),
        ("judged", 5),
        ("not_found", 1),
        ("owner_only", 1),
    ]
    # two names of one repository are scanned once, and the damaged name was found
    assert rows(tmp_path, "select status, count(*) from scan group by all") == [("ok", 4)]
    lookups = "select name_key, status from repo_lookup where status not in ('ok') order by 1"
    assert rows(tmp_path, lookups) == [
        ("o/blocked", "blocked"),
        ("o/empty", "empty"),
        ("o/gone", "not_found"),
        ("o/lost_name", "repaired"),
        ("o/old", "renamed"),
    ]
    assert rows(tmp_path, "select status, count(*) from run group by all") == [("done", 3)]
    assert (tmp_path / "site" / "index.html").exists()
    assert (tmp_path / "export" / "share_by_year.parquet").exists()

    asked, published = len(github.requests), (tmp_path / "adoption.duckdb").stat().st_mtime_ns
    again = run(tmp_path, github.url)
    assert again.returncode == 0, again.stderr
    assert "67%" in again.stdout
    assert again.stderr.startswith("Nothing is due."), "Prefect did not start"
    assert len(github.requests) == asked
    assert (tmp_path / "adoption.duckdb").stat().st_mtime_ns == published

    told = run(tmp_path, github.url, "status")
    assert told.returncode == 0, told.stderr
    assert "GitHub blocks this repository for legal reasons" in told.stdout
    assert TOKEN not in told.stdout


def test_a_new_head_commit_is_scanned_and_an_unchanged_one_is_not(
    tmp_path: Path, github: StandIn, prefect: str
) -> None:
    def collect() -> None:
        settings = own_settings(tmp_path, github.url, ADOPTION_REFRESH_DAYS="0")
        run_flows(prefect, COLLECT, settings)

    collect()
    archives = github.asked("/tar.gz/")
    collect()
    assert github.asked("/tar.gz/") == archives
    changed = github.repositories["o/torch"]
    github.add(
        "o/torch", {"net.py": "import jax"}, commit="b" * 40, pushed_at="2026-01-01T00:00:00Z"
    )
    github.repositories["o/torch"].number = changed.number
    collect()
    assert github.asked("/tar.gz/") == archives + 1
    label = """
        select label from repo_label inner join latest_scan using (scan_id)
        where latest_scan.unit_id = 'github.com/o/torch'
    """
    assert rows(tmp_path / "work", label) == [("jax",)]


def test_without_a_token_a_run_says_what_it_cannot_do_and_collects_the_source(
    tmp_path: Path, github: StandIn, prefect: str
) -> None:
    github.limits["core"].limit = github.limits["core"].remaining = 3
    settings = environment(tmp_path, github.url, PREFECT_API_URL=prefect)
    del settings["ADOPTION_GITHUB_TOKEN"]
    done = subprocess.run(
        [*ADOPTION, "run"], env=settings, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Without ADOPTION_GITHUB_TOKEN, GitHub answers 60 requests an hour" in done.stderr
    assert "are used up" in done.stderr
    # the two names of one repository cannot be known to be one
    assert rows(tmp_path, "select count(*) from scan where status = 'ok'")[0][0] == 4


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"ADOPTION_GITHUB_TOKEN": "wr0ng"}, "Set ADOPTION_GITHUB_TOKEN to a valid token"),
        ({"ADOPTION_GITHUB_API_URL": "http://127.0.0.1:9"}, "Is there a network"),
        ({"ADOPTION_LINKS": "/nowhere/links.csv"}, "/nowhere/links.csv"),
        ({"ADOPTION_ARCHIVE_RATE": "often"}, "ADOPTION_ARCHIVE_RATE"),
    ],
)
def test_what_a_person_can_mend_is_one_sentence(
    tmp_path: Path, github: StandIn, prefect: str, settings: dict[str, str], sentence: str
) -> None:
    if "API_URL" in str(settings):
        settings |= dict.fromkeys(
            ("ADOPTION_GITHUB_ARCHIVE_URL", "ADOPTION_GITHUB_GIT_URL"), "http://127.0.0.1:9"
        )
    done = run(tmp_path, github.url, **settings, PREFECT_API_URL=prefect)
    assert done.returncode in (1, 2)
    errors = [line for line in done.stderr.splitlines() if line.startswith("Error: ")]
    assert len(errors) == 1 and sentence in errors[0]
    assert "Traceback" not in done.stderr and "nanobind" not in done.stderr
    assert "wr0ng" not in done.stderr


def test_a_token_that_ends_half_way_stops_the_asking_and_publishes_what_was_had(
    tmp_path: Path, github: StandIn, prefect: str
) -> None:
    for index in range(60):
        github.add(f"m/r{index}", {"net.py": "import torch"})
    links = "".join(f"https://github.com/m/r{index},{index}\n" for index in range(60))
    settings = environment(
        tmp_path,
        github.url,
        ADOPTION_BATCH="5",
        ADOPTION_WORKERS="2",
        PREFECT_API_URL=prefect,
    )
    (tmp_path / "links.csv").write_text(f"link,title\n{links}")
    github.fail("/m/r3/tar.gz/", html(401), times=99)
    done = subprocess.run(
        [*ADOPTION, "run"], env=settings, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.count("Error: GitHub refused the token") == 1
    asked = github.asked("/tar.gz/")
    # most of the 23 repositories whose names come before r3, and what was under way, not all 60
    assert 15 <= asked < 60
    assert rows(tmp_path, "select count(*) from scan where status = 'ok'")[0][0] >= asked - 2


@pytest.mark.parametrize("stage", ["/graphql", "/tar.gz/"])
def test_ctrl_c_does_not_wait_for_what_a_server_asked(
    tmp_path: Path, github: StandIn, prefect: str, stage: str
) -> None:
    github.fail(stage, secondary_limit(429, retry_after=3600), times=99)
    log = tmp_path / "log"
    variables = environment(tmp_path, github.url, PREFECT_API_URL=prefect)
    with started(log, "run", env=variables) as running:
        wait_until(lambda: "Waiting until" in log.read_text() or running.poll() is not None)
        running.send_signal(signal.SIGINT)
        assert running.wait(AT_MOST_S) == 130, log.read_text()
    said = log.read_text()
    assert "Traceback" not in said
    assert said.splitlines()[-1].startswith("Stopped. The database keeps the stored data")


@contextmanager
def started(log: Path, *command: str, env: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A command that writes to a file, in a process group that ends with the block."""
    with (
        log.open("w") as output,
        subprocess.Popen(
            [*ADOPTION, *command], env=env, stdout=output, stderr=output, start_new_session=True
        ) as running,
    ):
        try:
            yield running
        finally:
            if running.poll() is None:
                os.killpg(running.pid, signal.SIGKILL)


def test_the_token_is_in_no_file_and_no_output_after_a_run_full_of_faults(
    tmp_path: Path, github: StandIn
) -> None:
    github.fail("/graphql", html(502), times=2)
    github.fail("/repos/o/gone", html(500))
    github.fail("/tar.gz/", secondary_limit(429, retry_after=1), times=2)
    github.fail("/tar.gz/", html(500), times=2)
    github.fail("/info/refs", html(500), times=9)
    outputs = [
        run(tmp_path, github.url, "--debug", "run"),
        run(tmp_path, github.url, "export", str(tmp_path / "parquet")),
    ]
    home = tmp_path / "work" / "prefect"
    assert any(home.glob("*.db")), "Prefect's database is among what is searched"
    told = "".join(done.stdout + done.stderr for done in outputs).encode()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) > 20
    for token in (TOKEN.encode(), b"czNjcmV0LXQwa2Vu"):  # as it is, and as git sends it
        assert token not in told
        assert [path for path in files if token in path.read_bytes()] == []
