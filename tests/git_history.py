"""A git repository with the commits that a test needs, dated as it says."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

_IDENTITY = ("-c", "user.name=n", "-c", "user.email=e@example.org", "-c", "commit.gpgsign=false")


def git(repository: Path, *arguments: str, date: str | None = None) -> str:
    """The output of git, with a date for the commit that it makes."""
    dates = {} if date is None else {"GIT_COMMITTER_DATE": date, "GIT_AUTHOR_DATE": date}
    done = subprocess.run(
        ["git", "-C", str(repository), *_IDENTITY, *arguments],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | dates,
    )
    return done.stdout.strip()


def new_repository(path: Path) -> Path:
    """An empty repository with a work tree."""
    path.mkdir(parents=True)
    git(path, "init", "-q", "-b", "main")
    return path


def commit(repository: Path, date: str, files: Mapping[str, str | None]) -> str:
    """A commit of a day (2020-01-31, or seconds: @0) that writes files, or deletes them: None."""
    for name, text in files.items():
        file = repository / name
        if text is None:
            file.unlink()
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
    git(repository, "add", "-A")
    when = f"{date} +0000" if date.startswith("@") else f"{date}T12:00:00+00:00"
    git(repository, "commit", "-q", "--allow-empty", "-m", "change", date=when)
    return git(repository, "rev-parse", "HEAD")


def commit_dated(repository: Path, date: str, tree: str, parent: str | None = None) -> str:
    """A commit with a date in git's own form (`-5 +0000`), also one that git would not write."""
    parents = "" if parent is None else f"parent {parent}\n"
    content = f"tree {tree}\n{parents}author n <e> {date}\ncommitter n <e> {date}\n\nm\n"
    hash_object = ("hash-object", "-t", "commit", "-w", "--stdin", "--literally")
    done = subprocess.run(
        ["git", "-C", str(repository), *hash_object],
        input=content,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()
