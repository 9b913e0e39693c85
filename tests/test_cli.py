"""The command as people type it: exit codes, one-sentence errors, no tracebacks."""

import io
import json
import os
import shutil
import subprocess
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.store.publish import publish
from tests.facts_of import add_paper, add_repository, database
from tests.stand_ins.command import ADOPTION, add_databases
from tests.stand_ins.webhook import webhook

pytestmark = pytest.mark.slow  # each test starts the program


def adoption(*arguments: str, data: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"ADOPTION_DATA": str(data or "/nonexistent")}
    return subprocess.run(
        [*ADOPTION, *arguments], capture_output=True, text=True, env=environment, check=False
    )


@pytest.fixture(scope="module")
def published_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("published") / "adoption.duckdb"
    store = database()
    add_repository(store, "a", {"net.py": "import torch"})
    add_paper(store, "p", "a")
    publish(store, file)
    return file


@pytest.fixture
def published(published_database: Path, tmp_path: Path) -> Path:
    """A data folder with a published database."""
    shutil.copy(published_database, tmp_path)
    return tmp_path


def test_scan_prints_one_object_a_target(tmp_path: Path) -> None:
    (tmp_path / "net.py").write_text("import torch.nn\n")
    answer = adoption("scan", str(tmp_path))
    report = json.loads(answer.stdout)
    assert answer.returncode == 0
    assert (report["label"], report["family"], report["status"]) == ("pytorch", "pytorch", "ok")
    assert report["frameworks"]["pytorch"] == {
        "files": 1,
        "modules": {"torch.nn": 1},
        "evidence": [{"path": "net.py", "line": 1, "module": "torch.nn"}],
    }
    assert report["files"] == {"seen": 1, "scanned": 1, "skipped": 0, "bytes": 16}


def test_scan_goes_on_after_a_target_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "bad.tar.gz").write_bytes(b"no archive")
    (tmp_path / "net.py").write_text("import jax\n")
    answer = adoption("scan", str(tmp_path / "bad.tar.gz"), str(tmp_path))
    reports = [json.loads(line) for line in answer.stdout.splitlines()]
    assert [(report["status"], report["label"]) for report in reports] == [
        ("not_an_archive", None),
        ("ok", "jax"),
    ]
    assert answer.returncode == 1
    assert "Traceback" not in answer.stderr


def test_an_empty_folder_is_an_answer_without_label(tmp_path: Path) -> None:
    answer = adoption("scan", str(tmp_path))
    report = json.loads(answer.stdout)
    assert (answer.returncode, report["status"], report["label"]) == (0, "empty", None)


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_query_prints_rows(form: str, published: Path) -> None:
    sql = "select family, papers from share_by_year where denominator = 'any_framework' limit 1"
    answer = adoption("query", sql, "--format", form, data=published)
    assert answer.returncode == 0
    assert "pytorch" in answer.stdout


def test_query_writes_a_parquet_file_on_stdout(published: Path) -> None:
    answer = subprocess.run(
        [*ADOPTION, "query", "select 1 as one", "--format", "parquet"],
        capture_output=True,
        env=os.environ | {"ADOPTION_DATA": str(published)},
        check=True,
    )
    assert pq.read_table(io.BytesIO(answer.stdout)).to_pylist() == [{"one": 1}]


def test_a_recipe_runs_with_the_value_of_its_variable(published: Path) -> None:
    chosen = ("--set", "framework=pytorch", "--format", "csv")
    answer = adoption("query", "--recipe", "papers-of-framework", *chosen, data=published)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert "2020-01-01,p,,,github.com/o/a," in answer.stdout


WRONG = {
    "typo in the SQL": (["query", "selec 1"], 2, "DuckDB refused"),
    "unknown recipe": (["query", "--recipe", "nope"], 2, "no recipe"),
    "SQL and recipe": (["query", "select 1", "--recipe", "coverage"], 2, "either"),
    "cron": (["schedule", "--cron", "every day"], 2, "cron"),
    "two times": (
        ["schedule", "--cron", "links=0 3 * * *", "--cron", "links=0 9 * * *"],
        2,
        "two times for links",
    ),
    "unknown command": (["quer"], 2, "Did you mean 'query'?"),
    "unknown option": (["query", "--recip", "coverage"], 2, "--recipe"),
    "typo in a recipe": (["query", "--recipe", "coverag"], 2, "Did you mean coverage?"),
    "typo in a variable": (
        ["query", "--recipe", "libraries", "--set", "framewrk=jax"],
        2,
        "no variable 'framewrk'. It reads framework.",
    ),
    "unknown framework": (
        ["query", "--recipe", "libraries", "--set", "framework=Keras"],
        2,
        "no framework 'Keras'. Did you mean keras?",
    ),
    "variable without value": (["query", "select 1", "--set", "jax"], 2, "--set NAME=VALUE"),
    "year of a draw": (
        "sample record s --links l --origin o --licence l --per-cell-of 2025".split(),
        2,
        "2025=200",
    ),
    "unknown code": (["collect", "code", "--code", "ftp"], 2, "clones:DIR"),
    "unknown code by old names": (["collect", "source", "--source", "ftp"], 2, "clones:DIR"),
    "code of no folder": (["run", "--code", "clones:"], 2, "clones:DIR"),
}


@pytest.mark.parametrize(("arguments", "code", "words"), WRONG.values(), ids=WRONG)
def test_a_wrong_command_is_one_sentence(
    arguments: list[str], code: int, words: str, published: Path
) -> None:
    answer = adoption(*arguments, data=published)
    assert answer.returncode == code
    assert words in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_missing_list_is_one_sentence(
    tmp_path: Path, prefect: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_API_URL", prefect)
    add_databases(tmp_path)
    answer = adoption("collect", "links", "--links", "none.csv", data=tmp_path)
    assert answer.returncode == 1
    assert answer.stderr.splitlines()[-1].startswith("Error: ")
    assert "none.csv" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_export_writes_one_table_and_prints_its_path(published: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    answer = adoption("export", str(out), "venue", "--format", "csv", data=published)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout == f"{out / 'venue.csv'}\n"
    assert (out / "venue.csv").read_text().startswith("venue,pattern,area\n")


def test_export_refuses_an_unknown_table_and_writes_nothing(
    published: Path, tmp_path: Path
) -> None:
    answer = adoption("export", str(tmp_path / "out"), "venue", "share_by_yer", data=published)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert "no table or view 'share_by_yer'. Did you mean share_by_year or " in answer.stderr
    assert not (tmp_path / "out").exists()


def test_a_query_before_any_run_says_what_to_do(tmp_path: Path) -> None:
    answer = adoption("query", "select 1", data=tmp_path)
    assert answer.returncode == 1
    assert "adoption demo" in answer.stderr


def test_status_falls_back_to_the_published_copy(published: Path) -> None:
    answer = adoption("status", data=published)
    assert answer.returncode == 0, answer.stderr
    assert answer.stderr == (
        "There is no working database. This is the state of the published copy.\n"
    )
    assert "code                  1  code scanned" in answer.stdout


def test_publish_refuses_an_empty_folder_and_writes_nothing(tmp_path: Path) -> None:
    answer = adoption("publish", data=tmp_path)
    said = "Error: The working database has no papers. Run 'adoption run' first.\n"
    assert (answer.returncode, answer.stderr) == (1, said)
    assert not list(tmp_path.iterdir())


def test_a_run_that_ends_before_prefect_begins_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_databases(tmp_path)
    (tmp_path / "work" / "adoption.duckdb").write_bytes(b"no database" * 1000)
    with webhook() as hook:
        monkeypatch.setenv("ADOPTION_ON_FAILURE_URL", f"{hook.url}/secret-path")
        answer = adoption("run", data=tmp_path)
    assert answer.returncode == 1
    (body,) = hook.reports
    assert answer.stderr.endswith(f"Error: {body['why']}\n")
    assert "secret-path" not in answer.stderr


def test_collect_counts_outcomes_in_words(
    tmp_path: Path, prefect: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_API_URL", prefect)
    papers = tmp_path / "papers.csv"
    papers.write_text("paper,code\na,https://github.com/o/n\nb,https://github.com/o\n")
    add_databases(tmp_path)
    answer = adoption("collect", "links", "--links", str(papers), data=tmp_path)
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.splitlines() == [
        "       1 links: link without a repository",
        "       1 links: usable link",
    ]


def test_an_old_name_says_so_once_on_stderr(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ADOPTION_SOURCE", "github")
    answer = adoption("scan", str(tmp_path))
    said = "ADOPTION_SOURCE is now ADOPTION_CODE; the old name works until version 0.3.\n"
    assert (answer.returncode, answer.stderr) == (0, said)


def test_a_wrong_setting_is_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ADOPTION_BATCH", "many")
    answer = adoption("query", "select 1", data=tmp_path)
    assert answer.returncode == 2
    assert "ADOPTION_BATCH" in answer.stderr


def test_a_variable_that_is_no_setting_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ADOPTION_GITHUB_TOKN", "t")
    answer = adoption("scan", str(tmp_path))
    assert answer.returncode == 2
    assert answer.stderr == (
        "Error: ADOPTION_GITHUB_TOKN is not a setting. Did you mean ADOPTION_GITHUB_TOKEN?\n"
    )


@pytest.mark.parametrize("where", ["nowhere", "in .env", "in the environment"])
def test_a_query_reads_the_folder_that_the_settings_name(
    where: str, published: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    here = tmp_path_factory.mktemp("here")
    environment = {name: value for name, value in os.environ.items() if name != "ADOPTION_DATA"}
    if where == "nowhere":
        (here / "data").symlink_to(published)
    elif where == "in .env":
        (here / "data").mkdir()
        (here / "data" / "adoption.duckdb").write_bytes(b"not the one that is meant")
        (here / ".env").write_text(f"ADOPTION_DATA={published}\n")
    else:
        environment["ADOPTION_DATA"] = str(published)
    answer = subprocess.run(
        [*ADOPTION, "query", "select count(*) as papers from paper", "--format", "csv"],
        capture_output=True,
        text=True,
        env=environment,
        cwd=here,
        check=False,
    )
    assert (answer.stdout, answer.stderr) == ("papers\n1\n", "")


VALUES = """
    select 2018 as year, null::integer as no_year, 0.5 as share, 'nan'::double as unknown,
        date '2018-01-31' as day, timestamp '2018-01-31 12:00:00' as moment,
        ['a'] as names, true as yes
"""


def test_json_keeps_the_kind_of_each_value(published: Path) -> None:
    answer = adoption("query", VALUES, "--format", "json", data=published)
    assert json.loads(answer.stdout) == [
        {
            "year": 2018,
            "no_year": None,
            "share": 0.5,
            "unknown": None,
            "day": "2018-01-31",
            "moment": "2018-01-31T12:00:00",
            "names": ["a"],
            "yes": True,
        }
    ]


def test_csv_keeps_whole_numbers_whole_beside_missing_ones(published: Path) -> None:
    sql = "select * from (values (1, 2018), (2, null)) as v (row, year)"
    answer = adoption("query", sql, "--format", "csv", data=published)
    assert answer.stdout == "row,year\n1,2018\n2,\n"
