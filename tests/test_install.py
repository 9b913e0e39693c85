"""The wheel in an environment of its own, used from an empty folder.

The environment holds the wheel alone. It finds the dependencies in this environment by a .pth file,
which does not make this environment's editable install importable.
"""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel"]
    subprocess.run([*build, "--directory", str(folder)], cwd=ROOT, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    pip = [sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python"), "install"]
    subprocess.run([*pip, "--quiet", "--no-deps", "--no-index", str(wheel)], check=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder


@pytest.fixture(scope="module")
def empty_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("empty")


@pytest.fixture(scope="module")
def demo(environment: Path, empty_folder: Path) -> subprocess.CompletedProcess[str]:
    before = files_in(environment)
    done = adoption(environment, empty_folder, "demo")
    assert done.returncode == 0, done.stderr
    assert files_in(environment) == before, "the demo wrote into the environment"
    return done


def adoption(environment: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(environment / "bin" / "adoption"), *arguments]
    # an environment of its own: no ADOPTION_ or PYTHON setting of this one counts
    return subprocess.run(
        command,
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def files_in(environment: Path) -> set[Path]:
    return {path for path in environment.rglob("*") if path.is_file()}


def test_the_wheel_holds_sql_seeds_templates_and_sample_but_no_tests(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {
        "pipeline/shipped/sql/views/40_repo_label.sql",
        "pipeline/shipped/data/frameworks.csv",
        "pipeline/shipped/data/sample/provenance.json",
    } <= names
    assert any(name.startswith("dashboards/templates/") for name in names)
    tops = {name.split("/")[0] for name in names if ".dist-info" not in name}
    assert tops == {"pipeline", "dashboards"}


def test_the_command_runs_the_code_of_the_wheel(environment: Path, empty_folder: Path) -> None:
    python = environment / "bin" / "python"
    shown = subprocess.run(
        [python, "-c", "import pipeline; print(pipeline.__file__)"],
        cwd=empty_folder,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(shown.stdout).is_relative_to(environment)


def test_the_demo_writes_database_and_site_under_the_current_folder(
    demo: subprocess.CompletedProcess[str], empty_folder: Path
) -> None:
    assert (empty_folder / "data" / "adoption.duckdb").is_file(), demo.stderr
    assert list(empty_folder.rglob("index.html"))


@pytest.mark.usefixtures("demo")
def test_a_query_is_answered_from_the_demos_database(environment: Path, empty_folder: Path) -> None:
    done = adoption(
        environment, empty_folder, "query", "select count(*) > 1000 as many from repo_label"
    )
    assert (done.returncode, "true" in done.stdout.lower()) == (0, True), done.stderr


@pytest.mark.usefixtures("demo")
def test_a_repository_of_the_sample_is_explained(environment: Path, empty_folder: Path) -> None:
    done = adoption(
        environment,
        empty_folder,
        "query",
        "--format",
        "csv",
        "select unit_id from repo_label where label = 'pytorch' order by unit_id limit 1",
    )
    name = done.stdout.splitlines()[1]
    done = adoption(environment, empty_folder, "explain", name)
    assert done.returncode == 0, done.stderr
    assert "pytorch" in done.stdout


def test_a_folder_is_scanned_without_a_database(environment: Path, tmp_path: Path) -> None:
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "train.py").write_text("import torch\n")
    done = adoption(environment, tmp_path, "scan", "code")
    assert done.returncode == 0, done.stderr
    assert '"label": "pytorch"' in done.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["code"]
