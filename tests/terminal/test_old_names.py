"""Old names work for one version, and each use says so once."""

from pathlib import Path

import pytest

from pipeline.settings import Settings, given_variables
from pipeline.terminal.old_names import old_names, old_variables, with_new_names

COMMAND = "adoption collect source is now adoption collect code"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without the .env of whoever runs the tests."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("run --source github", "run --code github", "--source is now --code"),
        ("run --source=github", "run --code=github", "--source is now --code"),
        ("collect source", "collect code", "adoption collect source is now adoption collect code"),
        (
            "--debug collect source",
            "--debug collect code",
            "adoption collect source is now adoption collect code",
        ),
    ],
)
def test_an_old_name_means_the_new_one_and_says_so(old: str, new: str, name: str) -> None:
    assert with_new_names(old.split()) == new.split()
    assert list(old_names(old.split())) == [f"{name}; the old name works until version 0.3."]


@pytest.mark.parametrize(
    "command",
    ["", "--help", "collect code", "scan collect source", "explain source/collect", "run --code x"],
)
def test_other_words_stay_as_they_are(command: str) -> None:
    assert with_new_names(command.split()) == command.split()
    assert list(old_names(command.split())) == []


def test_each_old_name_says_so_once() -> None:
    both = "collect source --source github --source github".split()
    assert [sentence.split(" is now ")[0] for sentence in old_names(both)] == [
        "adoption collect source",
        "--source",
    ]


def test_the_old_variable_works_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADOPTION_SOURCE", "clones:x")
    assert Settings().code == "clones:x"
    assert list(old_variables(given_variables())) == [
        "ADOPTION_SOURCE is now ADOPTION_CODE; the old name works until version 0.3."
    ]


def test_the_old_variable_in_a_file_says_so_too() -> None:
    Path(".env").write_text("ADOPTION_SOURCE=clones:x\n")
    assert Settings().code == "clones:x"
    assert len(list(old_variables(given_variables()))) == 1


def test_the_new_variable_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADOPTION_CODE", "clones:x")
    assert list(old_variables(given_variables())) == []
