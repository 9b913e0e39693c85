"""A run that is killed at any moment and started again loses nothing and repeats nothing."""

import os
import random
import signal
import subprocess
import time
from pathlib import Path

import duckdb
import pytest

from pipeline.store.scan_rows import FACTS
from tests.stand_ins.command import ADOPTION, run_settings
from tests.stand_ins.flows import COLLECT, run_flows
from tests.stand_ins.github import StandIn, github_stand_in
from tests.waiting import wait_until

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("published_schema")]

KILLS = int(os.environ.get("KILLS", "5"))
"""`make stress` asks for 50. Each of them starts Prefect anew, which takes seconds."""
MOST_REQUESTS = 20
"""Requests that a run may send before it is killed."""
REPOSITORIES = (MOST_REQUESTS + 4) * KILLS
"""More than the killed runs can fetch, so the last run has some left."""

TABLES = {
    "paper": "seen_at",
    "paper_link": "seen_at",
    "repo": "fetched_at",
    "repo_name": "first_seen_at, last_seen_at",
    "repo_lookup": "looked_up_at",
    "repo_observation": "observed_on",
    "scan": "scanned_at",
    **dict.fromkeys(FACTS),
}


def fill(github: StandIn) -> str:
    """Repositories of all kinds, and a list of papers that link to them."""
    lines = ["link,title,arxiv"]
    for number in range(REPOSITORIES):
        framework = ("torch", "tensorflow", "jax")[number % 3]
        github.add(
            f"o/r{number}", {"net.py": f"import {framework}\n", "models.py": "", "b.ipynb": "{"}
        )
        lines.append(f"https://github.com/o/r{number},Paper {number},2001.{number:05}")
    github.add("o/empty", commit=None)
    github.add("o/blocked", blocked="dmca")
    lines += [f"https://github.com/o/{name},{name}," for name in ("empty", "blocked", "none")]
    github.delay_s = 0.15
    return "\n".join(lines)


def settings(folder: Path, github: StandIn) -> dict[str, str]:
    own = {"ADOPTION_GITHUB_TOKEN": "t0ken", "ADOPTION_WORKERS": "2"}
    return run_settings(folder, github.url) | own


def start(folder: Path, github: StandIn, prefect: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*ADOPTION, "run"],
        env=os.environ | settings(folder, github) | {"PREFECT_API_URL": prefect},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def scanned(folder: Path) -> set[str]:
    """Repositories whose scan is stored. None if the run was killed before it made a database."""
    working = folder / "work" / "adoption.duckdb"
    if not working.exists():
        return set()
    with duckdb.connect(str(working)) as store:
        if not store.sql("from duckdb_tables() where table_name = 'scan'").fetchall():
            return set()
        return {
            str(row[0]) for row in store.sql("select name from scan where status = 'ok'").fetchall()
        }


def contents(file: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything in a database that was collected, without the times at which it was."""
    with duckdb.connect(str(file), read_only=True) as store:
        return {
            table: store.sql(
                f"select *{f' exclude ({times})' if times else ''} from {table} order by all"
            ).fetchall()
            for table, times in TABLES.items()
        }


def test_kills_at_random_moments_change_nothing(tmp_path: Path, prefect: str) -> None:
    chance = random.Random(50)
    killed, undisturbed = tmp_path / "killed", tmp_path / "undisturbed"
    marks: list[tuple[int, set[str]]] = []
    with github_stand_in() as github:
        links = fill(github)
        for folder in (killed, undisturbed):
            folder.mkdir()
            (folder / "links.csv").write_text(links)
        for kill in range(KILLS):
            run = start(killed, github, prefect)
            let_run(run, github, chance, is_starting=kill % 4 == 0)
            run.send_signal(signal.SIGKILL)
            run.communicate()  # returns when its workers, who share its output, have ended too
            marks.append((len(github.requests), scanned(killed)))
        assert marks[-1][1], "No run stored anything before it was killed."
        last = start(killed, github, prefect)
        told, _ = last.communicate()
        assert last.returncode == 0, told
        check_that_nothing_stored_was_fetched_again(github, marks)
        downloads = {item.path for item in github.requests if "/tar.gz/" in item.path}
        assert len(downloads) == REPOSITORIES

        github.delay_s = 0
        run_flows(prefect, COLLECT, settings(undisturbed, github))
    collected = contents(undisturbed / "work" / "adoption.duckdb")
    assert contents(killed / "work" / "adoption.duckdb") == collected
    assert contents(killed / "adoption.duckdb") == collected, "The last run has published it."


def let_run(
    run: subprocess.Popen[str], github: StandIn, chance: random.Random, is_starting: bool
) -> None:
    """Return at a random moment while a run starts, or after a random number of its requests."""
    if is_starting:
        time.sleep(chance.uniform(0, 6))
        return
    enough = len(github.requests) + chance.randint(1, MOST_REQUESTS)
    wait_until(lambda: len(github.requests) >= enough or run.poll() is not None)
    time.sleep(chance.uniform(0, 0.5))


def check_that_nothing_stored_was_fetched_again(
    github: StandIn, marks: list[tuple[int, set[str]]]
) -> None:
    for since, stored in marks:
        later = github.requests[since:]
        fetched = {item.path.split("/")[2] for item in later if "/tar.gz/" in item.path}
        assert not stored & fetched
