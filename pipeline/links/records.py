"""What a link is read as: a repository, or the reason why it names none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from pipeline.links.hosts import HOSTS
from pipeline.links.problems import Problem

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


@dataclass(frozen=True, slots=True)
class CodeLink:
    """A repository, or a directory of one, that a paper's text points at.

    `owner` and `name` are as written (compare `key`); `subdir` is '' for the whole repository;
    `candidates` are other spellings of the name to try when this one does not exist. `flags`:

    - repaired: blanks inside the name were lost underscores; `candidates` are other readings
    - maybe_page_number: the name ends in digits that may be the page number of a PDF's footer
    - file_link: the link is to a file; the unit is the file's directory
    - ref_may_have_slash: the branch may go on into the subdirectory, because refs can hold slashes
    - shortened: the link was a shortener's; the unit is what it leads to
    - tail_without_tree: a path follows the name without /tree/; it may be a subdirectory
    """

    host: str
    owner: str
    name: str
    ref: str | None = None
    subdir: str = ""
    flags: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The repository: host/owner/name in lower case."""
        return f"{self.host}/{self.owner}/{self.name}".lower()

    @property
    def unit_id(self) -> str:
        """The unit of analysis: key[:subdirectory][@ref]."""
        subdir = f":{self.subdir}" if self.subdir else ""
        return self.key + subdir + (f"@{self.ref}" if self.ref else "")

    @property
    def url(self) -> str:
        """The link in its normal form; parsing it gives the same unit."""
        base = f"https://{self.host}/{self.owner}/{self.name}"
        if not self.ref and not self.subdir:
            return base
        tree = HOSTS[self.host].tree if self.host in HOSTS else "tree"
        path = "/".join(filter(None, (quote(self.ref or "HEAD", safe=""), quote(self.subdir))))
        return f"{base}/{tree}/{path}"


@dataclass(frozen=True, slots=True)
class UnusableLink:
    """Why a text names no repository, and a sentence that names the text."""

    reason: Problem
    message: str


def is_commit_id(text: str) -> bool:
    """Whether a text is the full id of a commit: 40 hexadecimal digits, or 64 under SHA-256."""
    return _COMMIT.fullmatch(text) is not None
