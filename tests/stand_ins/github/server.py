"""The server: REST, GraphQL, archives and smart-HTTP git on one port of loopback."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.stand_ins.faults import Fault, answer
from tests.stand_ins.github.graphql import carry_out, put_together
from tests.stand_ins.github.repositories import Repository, archive
from tests.stand_ins.loopback import Handler, Service, serving

_REST = re.compile(r"/repos/([^/]+)/([^/]+)(/.*)?")
_NUMBER = re.compile(r"/repositories/(\d+)(/.*)?")
_ARCHIVE = re.compile(r"/([^/]+)/([^/]+)/tar\.gz/(.+)")
_GIT = re.compile(r"/([^/]+)/([^/]+?)(?:\.git)?(/info/refs|/git-upload-pack)")


@dataclass
class Limits:
    """A token's (or an address's) limit: requests left and when it is whole again."""

    limit: int = 5000
    remaining: int = 5000
    reset_at: float = 0.0


@dataclass
class StandIn(Service):
    """Repositories by name and number."""

    repositories: dict[str, Repository] = field(default_factory=dict)
    sent: dict[str, int] = field(default_factory=dict)
    limits: dict[str, Limits] = field(
        default_factory=lambda: {"core": Limits(), "graphql": Limits()}
    )
    tells_limits: bool = True
    token: str | None = None
    graphql_most: int | None = None
    """Repositories in one query above which it ends in 502."""
    graphql_resources: int | None = None
    """Repositories in one query above which the rest is RESOURCE_LIMITS_EXCEEDED."""
    graphql_answers: list[dict[str, Any]] = field(default_factory=list)
    """Answers to give instead, the next query's first."""
    answers_at_once: bool = False
    """Put GraphQL answers together without the schema: for benchmarks, which time the client."""
    answering_s: float = 0.0
    """Seconds spent on GraphQL and REST answers."""
    delay_s: float = 0.0
    """How long every archive takes to begin."""

    def add(
        self, name: str, files: dict[str, str | bytes] | None = None, **facts: Any
    ) -> Repository:
        """A repository with these files; facts are fields of Repository."""
        owner, short = name.split("/")
        repository = Repository(owner, short, 1000 + len(self.repositories), **facts)
        if files is not None:
            repository.content = archive(files, repository.commit or "")
        self.repositories[name.lower()] = repository
        return repository

    def rename(self, old: str, new: str) -> None:
        """From now on the old name leads to the new one, until somebody takes it."""
        repository = self.repositories.pop(old.lower())
        repository.owner, repository.name = new.split("/")
        repository.old_names.append(old.lower())
        self.repositories[new.lower()] = repository

    def find(self, owner: str, name: str) -> Repository | None:
        """The repository that a name leads to, renames followed."""
        key = f"{owner}/{name}".lower()
        if key in self.repositories:
            return self.repositories[key]
        return next((one for one in self.repositories.values() if key in one.old_names), None)


class _Handler(Handler):
    stand_in: StandIn

    def respond(self, body: bytes, fault: Fault | None) -> None:
        stand_in = self.stand_in
        path = unquote(urlsplit(self.path).path)
        if fault is not None and not _ARCHIVE.fullmatch(path):
            fault(self, None)
        elif match := _ARCHIVE.fullmatch(path):
            self._archive(stand_in.find(match[1], match[2]), match[3], fault)
        elif match := _GIT.fullmatch(path):
            self._git(stand_in.find(match[1], match[2]), match[3], body)
        else:
            started = time.perf_counter()
            self._graphql(body) if path == "/graphql" else self._rest(path)
            stand_in.answering_s += time.perf_counter() - started

    # REST and GraphQL share the token, the limits and their headers

    def _json(self, status: int, body: object, headers: dict[str, str] | None = None) -> None:
        content = b"" if body is None else json.dumps(body).encode()
        told = {"Content-Type": "application/json; charset=utf-8"} | (headers or {})
        answer(self, status, content, told | self._limit_headers())

    def _limit_headers(self) -> dict[str, str]:
        if not self.stand_in.tells_limits:
            return {}
        resource = "graphql" if self.path == "/graphql" else "core"
        limits = self.stand_in.limits[resource]
        return {
            "X-RateLimit-Limit": str(limits.limit),
            "X-RateLimit-Remaining": str(limits.remaining),
            "X-RateLimit-Reset": str(int(limits.reset_at or time.time() + 3600)),
            "X-RateLimit-Resource": resource,
        }

    def _limits(self) -> dict[str, object]:
        told = {
            name: {
                "limit": limits.limit,
                "used": limits.limit - limits.remaining,
                "remaining": limits.remaining,
                "reset": int(limits.reset_at or time.time() + 3600),
            }
            for name, limits in self.stand_in.limits.items()
        }
        return {"resources": told, "rate": told["core"]}

    def _is_refused(self, resource: str) -> bool:
        """Whether the request is answered already: no agent, wrong token, limit reached."""
        if not self.headers.get("User-Agent"):
            self._json(403, {"message": "Request forbidden by administrative rules."})
            return True
        given = self.headers.get("Authorization")
        right = f"Bearer {self.stand_in.token}"
        if given is not None and self.stand_in.token is not None and given != right:
            self._json(401, {"message": "Bad credentials", "status": "401"})
            return True
        if resource == "graphql" and given is None:
            self._json(401, {"message": "This endpoint requires you to be authenticated."})
            return True
        limits = self.stand_in.limits[resource]
        if limits.remaining <= 0:
            if limits.reset_at and time.time() >= limits.reset_at:
                limits.remaining = limits.limit
            elif resource == "graphql":
                error = {
                    "type": "RATE_LIMITED",
                    "message": "API rate limit exceeded for user ID 1.",
                }
                self._json(200, {"errors": [error]})
                return True
            else:
                self._json(403, {"message": "API rate limit exceeded for user ID 1."})
                return True
        limits.remaining -= 1
        return False

    def _rest(self, path: str) -> None:
        if self._is_refused("core"):
            return
        if path == "/rate_limit":
            self._json(200, self._limits())
            return
        repository, tail = self._named(path)
        if isinstance(repository, int):
            location = f"{self.stand_in.url}/repositories/{repository}{tail}"
            body = {"message": "Moved Permanently", "url": location}
            self._json(301, body, {"Location": location})
        elif repository is None:
            self._json(404, {"message": "Not Found", "status": "404"})
        elif repository.blocked:
            status = 451 if repository.blocked == "dmca" else 403
            block = {"reason": repository.blocked, "created_at": "2024-03-01T10:00:00Z"}
            self._json(status, {"message": "Repository access blocked", "block": block})
        elif tail.startswith("/commits"):
            self._commits(repository)
        elif tail:
            self._json(404, {"message": "Not Found", "status": "404"})
        elif self.headers.get("If-None-Match") == repository.etag:
            self._json(304, None, {"ETag": repository.etag})
        else:
            self._json(200, repository.rest(self.stand_in.url), {"ETag": repository.etag})

    def _named(self, path: str) -> tuple[Repository | int | None, str]:
        """The repository that a path names, or the number it has moved to."""
        if match := _NUMBER.fullmatch(path):
            known = self.stand_in.repositories.values()
            found = next((one for one in known if one.number == int(match[1])), None)
            return found, match[2] or ""
        match = _REST.fullmatch(path)
        if match is None:
            return None, ""
        found = self.stand_in.find(match[1], match[2])
        if found is not None and found.full_name.lower() != f"{match[1]}/{match[2]}".lower():
            return found.number, match[3] or ""
        return found, match[3] or ""

    def _commits(self, repository: Repository) -> None:
        if repository.commit is None:
            self._json(409, {"message": "Git Repository is empty.", "status": "409"})
            return
        commit = {"sha": repository.commit, "commit": {"committer": {"date": repository.pushed_at}}}
        last = f'<{self.stand_in.url}/x?per_page=1&page=41>; rel="last"'
        self._json(200, [commit], {"Link": last})

    def _graphql(self, body: bytes) -> None:
        if self._is_refused("graphql"):
            return
        stand_in = self.stand_in
        if stand_in.graphql_answers:
            self._json(200, stand_in.graphql_answers.pop(0))
            return
        asked = json.loads(body)
        variables = asked["variables"]
        count = sum(name.startswith("o") for name in variables)
        if stand_in.graphql_most is not None and count > stand_in.graphql_most:
            answer(self, 502, b"<html>502</html>", {"Content-Type": "text/html"})
            return
        if stand_in.answers_at_once:
            self._json(200, {"data": put_together(variables, stand_in.find)})
            return
        told = carry_out(asked["query"], variables, stand_in.find)
        most = stand_in.graphql_resources
        if most is not None and count > most:
            for index in range(most, count):
                told["data"][f"r{index}"] = None
            error = {
                "type": "RESOURCE_LIMITS_EXCEEDED",
                "message": "Resource limits for this query exceeded.",
            }
            told["errors"] = [*told.get("errors", []), error]
        self._json(200, told)

    def _archive(self, repository: Repository | None, ref: str, fault: Fault | None) -> None:
        known = repository is not None and repository.commit is not None
        exists = known and ref in ("HEAD", repository.commit, "main") and repository.content
        content = repository.content if exists and repository is not None else None
        time.sleep(self.stand_in.delay_s)
        if fault is not None:
            fault(self, content)
        elif content is None or repository is None:
            answer(self, 404, b"404: Not Found")
        elif repository.blocked:
            answer(self, 451 if repository.blocked == "dmca" else 403, b"blocked")
        else:
            self._chunked(content)
        if content is not None:
            self._count("archive", len(content))

    def _chunked(self, content: bytes) -> None:
        """As codeload sends: no length, so that only the archive itself tells its end."""
        self.send_response(200)
        self.send_header("Content-Type", "application/x-gzip")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        view = memoryview(content)
        for at in range(0, len(content), 2**18):
            piece = view[at : at + 2**18]
            self.wfile.write(b"%x\r\n" % len(piece))
            self.wfile.write(piece)
            self.wfile.write(b"\r\n")
        self.wfile.write(b"0\r\n\r\n")

    def _git(self, repository: Repository | None, service: str, body: bytes) -> None:
        """git's own http-backend, as a CGI program."""
        if repository is None or repository.git is None or repository.blocked:
            # GitHub asks strangers for a password where there is nothing to see
            if self.headers.get("Authorization") is None:
                answer(self, 401, b"", {"WWW-Authenticate": 'Basic realm="GitHub"'})
            else:
                answer(self, 404, b"Repository not found.")
            return
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        environment = os.environ | {
            "GIT_PROJECT_ROOT": str(repository.git.parent),
            "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": f"/{repository.git.name}{service}",
            "QUERY_STRING": urlsplit(self.path).query,
            "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            "GIT_CONFIG_COUNT": "3",
            "GIT_CONFIG_KEY_0": "uploadpack.allowFilter",
            "GIT_CONFIG_VALUE_0": "true",
            "GIT_CONFIG_KEY_1": "uploadpack.allowAnySHA1InWant",
            "GIT_CONFIG_VALUE_1": "true",
            "GIT_CONFIG_KEY_2": "safe.directory",
            "GIT_CONFIG_VALUE_2": "*",
        }
        done = subprocess.run(
            ["git", "http-backend"], input=body, capture_output=True, env=environment, check=False
        )
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().splitlines() if ": " in line)
        status = int(headers.pop("Status", "200").split()[0])
        self._count("git", len(content))
        answer(self, status, content, headers)

    def _count(self, what: str, size: int) -> None:
        with self.stand_in.lock:
            self.stand_in.sent[what] = self.stand_in.sent.get(what, 0) + size


@contextmanager
def github_stand_in() -> Iterator[StandIn]:
    """A running stand-in; `url` is the base URL of all its services."""
    stand_in = StandIn()
    with serving(stand_in, _Handler):
        yield stand_in
