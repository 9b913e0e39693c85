"""What the stand-in knows of a repository, and archives as `git archive` makes them."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import subprocess
import tarfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_LAST = int(dt.datetime.max.replace(tzinfo=dt.UTC).timestamp()) - 1
COMMIT = "0123456789abcdef0123456789abcdef01234567"


def archive(files: dict[str, str | bytes], commit: str = COMMIT) -> bytes:
    """A .tar.gz with the commit in a global header and one folder around all."""
    buffer = io.BytesIO()
    with tarfile.open(
        fileobj=buffer, mode="w:gz", format=tarfile.PAX_FORMAT, pax_headers={"comment": commit}
    ) as tar:
        for name, text in files.items():
            content = text if isinstance(text, bytes) else text.encode()
            info = tarfile.TarInfo(f"repository-{commit[:7]}/{name}")
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


@dataclass
class Repository:
    """One repository: `content` is its archive, `git` a git directory for smart HTTP."""

    owner: str
    name: str
    number: int
    content: bytes = b""
    commit: str | None = COMMIT
    git: Path | None = None
    stars: int = 7
    size_kb: int = 120
    pushed_at: str = "2021-03-04T05:06:07Z"
    languages: dict[str, int] = field(default_factory=lambda: {"Python": 4000})
    blocked: str | None = None
    old_names: list[str] = field(default_factory=list)
    is_private: bool = False

    @property
    def full_name(self) -> str:
        return f"{self.owner}/{self.name}"

    def rest(self, url: str) -> dict[str, object]:
        """The repository object of the REST interface."""
        return {
            "id": self.number,
            "node_id": f"R_{self.number}",
            "name": self.name,
            "full_name": self.full_name,
            "owner": {"login": self.owner, "id": 1, "type": "User"},
            "private": self.is_private,
            "fork": False,
            "archived": False,
            "disabled": False,
            "is_template": False,
            "visibility": "public",
            "description": None,
            "size": self.size_kb,
            "stargazers_count": self.stars,
            "watchers_count": self.stars,
            "forks_count": 2,
            "open_issues_count": 0,
            "language": "Python",
            "license": {"key": "mit", "name": "MIT", "spdx_id": "MIT", "url": None, "node_id": ""},
            "topics": ["paper"],
            "default_branch": "main",
            "created_at": "2020-01-02T03:04:05Z",
            "updated_at": "2024-01-02T03:04:05Z",
            "pushed_at": self.pushed_at,
            "mirror_url": None,
            "url": f"{url}/repos/{self.full_name}",
        }

    def graphql(self) -> dict[str, object]:
        """The Repository object of the GraphQL schema; absent fields are null."""
        target = {
            "__typename": "Commit",
            "oid": self.commit,
            "committedDate": self.pushed_at,
            "history": self._history,
        }
        return {
            "id": f"R_{self.number}",
            "databaseId": self.number,
            "nameWithOwner": self.full_name,
            "url": f"https://github.com/{self.full_name}",
            "createdAt": "2020-01-02T03:04:05Z",
            "pushedAt": self.pushed_at,
            "updatedAt": "2024-01-02T03:04:05Z",
            "stargazerCount": self.stars,
            "forkCount": 2,
            "diskUsage": self.size_kb,
            "isFork": False,
            "isArchived": False,
            "isTemplate": False,
            "isDisabled": False,
            "isEmpty": self.commit is None,
            "isLocked": False,
            "isMirror": False,
            "isPrivate": self.is_private,
            "primaryLanguage": {"name": "Python"},
            "languages": lambda info, **_: {
                "totalSize": sum(self.languages.values()),
                "edges": [
                    {"size": size, "node": {"name": name}} for name, size in self.languages.items()
                ],
            },
            "licenseInfo": {"spdxId": "MIT", "key": "mit", "pseudoLicense": False},
            "repositoryTopics": lambda info, **_: {"nodes": [{"topic": {"name": "paper"}}]},
            "defaultBranchRef": None if self.commit is None else {"name": "main", "target": target},
        }

    def _history(self, _: object, first: int | None = None, **__: object) -> dict[str, object]:
        """The CommitHistoryConnection of the newest commit: by git itself if it is known there."""
        if self.git is None:
            return {"totalCount": 41}
        log = ["log", "--format=%H %T %ct %P", self.commit or "HEAD", "--"]
        done = subprocess.run(
            ["git", "-c", "safe.directory=*", "--git-dir", str(self.git), *log],
            capture_output=True,
            text=True,
            check=False,
        )
        commits = [line.split() for line in done.stdout.splitlines()]
        return {"totalCount": len(commits) or 41, "nodes": [*map(_commit, commits[:first])]}

    @property
    def etag(self) -> str:
        """Changes when anything does that the REST object tells."""
        told = f"{self.full_name} {self.stars} {self.pushed_at}"
        return f'W/"{hashlib.sha256(told.encode()).hexdigest()[:32]}"'


def _commit(words: list[str]) -> dict[str, Any]:
    """The Commit object of a line of `git log --format="%H %T %ct %P"`."""
    oid, tree, seconds, *parents = words
    date = dt.datetime.fromtimestamp(min(int(seconds), _LAST), dt.UTC)

    def nodes(_: object, first: int | None = None, **__: object) -> dict[str, object]:
        return {"nodes": [{"__typename": "Commit", "oid": parent} for parent in parents[:first]]}

    return {
        "__typename": "Commit",
        "oid": oid,
        "committedDate": date.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "tree": {"oid": tree},
        "parents": nodes,
    }
