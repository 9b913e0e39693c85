"""The workflows for GitHub: valid, and the one that refreshes runs on loopback, step by step."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
import yaml

from pipeline.store.database import open_store
from tests.facts_of import add_paper, add_repository
from tests.stand_ins.command import run_settings
from tests.stand_ins.github import StandIn, github_stand_in

pytestmark = pytest.mark.slow

WORKFLOWS = Path(__file__).parent.parent / ".github" / "workflows"
REFRESH = yaml.safe_load((WORKFLOWS / "refresh.yml").read_text(encoding="utf-8"))
JOB = REFRESH["jobs"]["refresh"]
BLOCKS = {step["name"]: step["run"] for step in JOB["steps"] if "run" in step}
INSTALL, GET, COLLECT, PUBLISH, STATUS, KEEP = BLOCKS
PAGES = JOB["steps"][-1]["name"]
BIN = Path(sys.executable).parent

GH = """#!/bin/sh
# The commands of gh that the workflow uses, on a folder instead of a release.
set -e
case "$1 $2" in
"release list") [ ! -d "$RELEASE" ] || echo data ;;
"release create") mkdir "$RELEASE" ;;
"release view") ls "$RELEASE" ;;
"release upload") [ ! -e "$RELEASE/${4##*/}" ] && cp "$4" "$RELEASE/" ;;
"release download") cp "$RELEASE/$5" "$7" ;;
"release delete-asset") rm "$RELEASE/$4" ;;
*) echo "gh $* is not known here" >&2; exit 2 ;;
esac
"""


def test_every_workflow_follows_githubs_schema() -> None:
    files = [str(file) for file in sorted(WORKFLOWS.glob("*.yml"))]
    command = [BIN / "check-jsonschema", "--builtin-schema", "vendor.github-workflows", *files]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (checked.returncode, len(files)) == (0, 2), checked.stdout


def test_the_steps_end_before_github_ends_the_job() -> None:
    assert JOB["env"]["LIMIT"] == "270m"
    assert 270 + 60 < JOB["timeout-minutes"] < 360, "an hour to get, publish and keep"


def test_two_refreshes_never_run_at_once_and_none_is_stopped_for_another() -> None:
    assert REFRESH["concurrency"] == {"group": "refresh", "cancel-in-progress": False}


def test_only_the_job_that_needs_a_right_has_it() -> None:
    rights = {name: job.get("permissions") for name, job in REFRESH["jobs"].items()}
    assert REFRESH["permissions"] == {"contents": "read"}
    assert rights == {
        "refresh": {"contents": "write"},
        "deploy": {"pages": "write", "id-token": "write"},
    }


def test_the_workflow_installs_what_the_makefile_makes() -> None:
    assert BLOCKS[INSTALL] == "make .venv/.installed"
    makefile = (WORKFLOWS.parent.parent / "Makefile").read_text(encoding="utf-8")
    assert "\n$(VENV)/.installed:" in makefile


def steps_that_run(failing: str) -> list[str]:
    """The steps that GitHub runs if one of them fails, by their conditions."""
    outcomes: dict[str, str] = {}
    ran = []
    for step in JOB["steps"]:
        runs = all(holds(part, outcomes) for part in step.get("if", "success()").split("&&"))
        name = step.get("name", step.get("uses"))
        outcome = ("failure" if name == failing else "success") if runs else "skipped"
        outcomes[step.get("id", name)] = outcome
        if runs:
            ran.append(name)
    return ran


def holds(condition: str, outcomes: dict[str, str]) -> bool:
    match condition.strip("${ }").split():
        case ["success()"]:
            return "failure" not in outcomes.values()
        case ["!cancelled()"]:
            return True
        case [outcome, "==", wanted]:
            _, step, _ = outcome.split(".")
            return outcomes[step] == wanted.strip("'")
    raise AssertionError(condition)


def test_without_the_database_of_the_last_run_nothing_is_published_or_kept() -> None:
    last = steps_that_run(failing=GET)[-2:]
    assert last == [GET, STATUS], "else the next runs delete the last good database"


def test_what_a_failed_run_collected_is_published_and_kept() -> None:
    assert steps_that_run(failing=COLLECT)[-4:] == [PUBLISH, STATUS, KEEP, PAGES]


def test_what_could_not_be_published_is_not_kept() -> None:
    assert steps_that_run(failing=PUBLISH)[-2:] == [PUBLISH, STATUS]


@pytest.fixture
def github() -> Iterator[StandIn]:
    with github_stand_in() as stand_in:
        stand_in.token = "t"
        stand_in.add("o/b", {"net.py": "import jax"})
        yield stand_in


class Runner:
    """A machine of GitHub's that has the repository and nothing of an earlier run."""

    def __init__(self, folder: Path, github: StandIn, number: int) -> None:
        self.folder = folder / f"runner-{number}"
        (self.folder / "bin").mkdir(parents=True)
        (self.folder / "data").mkdir()
        (self.folder / ".venv").symlink_to(BIN.parent)
        gh = self.folder / "bin" / "gh"
        gh.write_text(GH)
        gh.chmod(0o755)
        self.environment = os.environ | run_settings(folder, github.url)
        for name in ("ADOPTION_DATA", "ADOPTION_SITE"):
            del self.environment[name]
        self.environment |= {
            "ADOPTION_GITHUB_TOKEN": "t",
            "ADOPTION_REFRESH_DAYS": JOB["env"]["ADOPTION_REFRESH_DAYS"],
            "COMMAND": "run",
            "LIMIT": JOB["env"]["LIMIT"],
            "GITHUB_RUN_ID": str(number),
            "GITHUB_RUN_ATTEMPT": "1",
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"),
            "PREFECT_HOME": str(folder / "work" / "prefect"),
            "RELEASE": str(folder / "release"),
            "PATH": f"{gh.parent}{os.pathsep}{os.environ['PATH']}",
        }

    def step(self, name: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run a block of the workflow as GitHub does."""
        return subprocess.run(
            ["bash", "-e", "-c", BLOCKS[name]],
            cwd=self.folder,
            env=self.environment | variables,
            capture_output=True,
            text=True,
            check=False,
        )

    def labels(self) -> list[tuple[str, str]]:
        published = str(self.folder / "data" / "adoption.duckdb")
        with duckdb.connect(published, read_only=True) as store:
            labels = "select unit_id, label from repo_label order by all"
            return store.execute(labels).fetchall()

    def replace_the_command(self, script: str) -> None:
        """Let `adoption` be a shell script."""
        (self.folder / ".venv").unlink()
        command = self.folder / ".venv" / "bin" / "adoption"
        command.parent.mkdir(parents=True)
        command.write_text(f"#!/bin/sh\n{script}\n")
        command.chmod(0o755)


def kept(folder: Path) -> list[str]:
    return sorted(file.name for file in (folder / "release").iterdir())


@pytest.mark.usefixtures("published_schema")
def test_a_run_continues_from_the_database_of_the_run_before(
    tmp_path: Path, github: StandIn, prefect: str
) -> None:
    first = Runner(tmp_path, github, 9)
    with open_store(first.folder / "data" / "work" / "adoption.duckdb") as store:
        add_repository(store, "a", {"net.py": "import torch"})
        add_paper(store, "a", "a")
    for name in (GET, PUBLISH, KEEP):
        done = first.step(name, PREFECT_API_URL=prefect)
        assert done.returncode == 0, f"{name}: {done.stderr}"
    assert (first.folder / "dashboards" / "site" / "index.html").exists()
    assert kept(tmp_path) == ["adoption-9-1.duckdb"]

    (tmp_path / "links.csv").write_text("paper,code\nb,https://github.com/o/b\n")
    second = Runner(tmp_path, github, 10)
    for name in (GET, COLLECT, STATUS):
        done = second.step(name, PREFECT_API_URL=prefect)
        assert done.returncode == 0, f"{name}: {done.stderr}"
    assert "0  repositories need a scan" in (second.folder / "summary.md").read_text()
    assert second.labels() == [("github.com/o/a", "pytorch"), ("github.com/o/b", "jax")]
    assert github.asked("/tar.gz/") == 1, "GitHub has no o/a"


def test_the_two_newest_databases_are_kept(tmp_path: Path, github: StandIn) -> None:
    for number in (9, 10, 11):
        runner = Runner(tmp_path, github, number)
        (runner.folder / "data" / "adoption.duckdb").write_text(f"of run {number}")
        assert runner.step(KEEP).returncode == 0
    assert kept(tmp_path) == ["adoption-10-1.duckdb", "adoption-11-1.duckdb"]
    last = Runner(tmp_path, github, 12)
    last.replace_the_command("echo $1")
    assert last.step(GET).stdout == "restore\n"
    assert (last.folder / "data" / "adoption.duckdb").read_text() == "of run 11"


def test_without_an_answer_from_github_a_run_does_not_begin_anew(
    tmp_path: Path, github: StandIn
) -> None:
    runner = Runner(tmp_path, github, 1)
    (runner.folder / "bin" / "gh").write_text("#!/bin/sh\nexit 1\n")
    assert runner.step(GET).returncode != 0


@pytest.mark.parametrize(
    ("script", "code"),
    [("exit 0", 0), ("exit 1", 1), ("trap 'exit 130' INT; while :; do sleep 0.1; done", 0)],
    ids=["done", "failed", "out of time"],
)
def test_a_run_without_time_left_ends_as_by_ctrl_c_and_only_a_failed_one_fails(
    tmp_path: Path, github: StandIn, script: str, code: int
) -> None:
    runner = Runner(tmp_path, github, 1)
    runner.replace_the_command(script)
    limit = "1s" if "trap" in script else "270m"
    assert runner.step(COLLECT, LIMIT=limit).returncode == code
