"""Raw text from a paper list -> the repository it points at, or a named reason why not.

Links as people and programs write them: markdown, LaTeX, no scheme, lost underscores, glued
page numbers, owner pages, project pages. A paper's unit of analysis is the repository plus the
subdirectory, for many papers share one repository. The raw text is kept beside what is read
here, so that better rules can be applied without collecting again.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import quote, unquote, urlsplit

PARSER_VERSION = "3"
"""Raise when links are read otherwise than before, so that stored ones are read anew."""

GITHUB_HOST = "github.com"


class Problem(StrEnum):
    """Why a link names no repository."""

    NO_LINK = "no_link"
    NOT_A_LINK = "not_a_link"
    OWNER_ONLY = "owner_only"
    RESERVED_NAME = "reserved_name"
    PROJECT_PAGE = "project_page"
    SHORT_LINK = "short_link"
    ANONYMOUS = "anonymous"
    PAPER_PAGE = "paper_page"
    GIST = "gist"
    MODEL_HUB = "model_hub"
    OTHER_PAGE = "other_page"
    BAD_NAME = "bad_name"
    PLACEHOLDER = "placeholder"
    BEFORE_GITHUB = "before_github"


REASONS = {
    Problem.NO_LINK: "The source gives no link.",
    Problem.NOT_A_LINK: "The text holds no link.",
    Problem.OWNER_ONLY: "The link names an owner but no repository.",
    Problem.RESERVED_NAME: "The link is one of the host's own pages, not a repository.",
    Problem.PROJECT_PAGE: "The link is a project page; the code may be linked from there.",
    Problem.SHORT_LINK: "The link is a shortener's; follow it to learn the repository.",
    Problem.ANONYMOUS: "The link is an anonymised copy for reviewers, which expires.",
    Problem.PAPER_PAGE: "The link is a page about the paper, not its code.",
    Problem.GIST: "The link is a gist, which is no repository with metadata.",
    Problem.MODEL_HUB: "The link is a model or data set, not source code.",
    Problem.OTHER_PAGE: "The link is on a host that is not known to hold repositories.",
    Problem.BAD_NAME: "The owner or repository name breaks the host's rules: the text was damaged.",
    Problem.PLACEHOLDER: "The owner or name is a placeholder such as your-repo.",
    Problem.BEFORE_GITHUB: "The paper is older than GitHub (2008): the link was invented.",
}
"""Every reason why a link names no repository, with the sentence a person reads."""


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
        tree = _HOSTS[self.host].tree if self.host in _HOSTS else "tree"
        path = "/".join(filter(None, (quote(self.ref or "HEAD", safe=""), quote(self.subdir))))
        return f"{base}/{tree}/{path}"


@dataclass(frozen=True, slots=True)
class UnusableLink:
    """Why a text names no repository, and a sentence that names the text."""

    reason: Problem
    message: str


@dataclass(frozen=True, slots=True)
class _Host:
    """How a host's paths read: words before a tree path, whether owners nest, reserved owners."""

    tree: str = "tree"
    nested: bool = False
    reserved: frozenset[str] = frozenset()


_GITHUB_PAGES = frozenset(
    "about apps blog collections contact customer-stories dashboard enterprise events explore "
    "features issues join login marketplace new notifications orgs organizations pricing pulls "
    "readme search security settings signup site sponsors stars team topics trending users".split()
)
_HOSTS = {
    GITHUB_HOST: _Host(reserved=_GITHUB_PAGES),
    "gitlab.com": _Host(tree="-/tree", nested=True),
    "bitbucket.org": _Host(tree="src"),
    "gitee.com": _Host(),
    "codeberg.org": _Host(tree="src/branch"),
}
_GITHUB_PATH = re.compile(r"(?i)/?(?:v2/)?(?:github|gh|repos)/(.*)", re.S)
_VIEWERS = (
    "nbviewer.org nbviewer.jupyter.org nbviewer.ipython.org colab.research.google.com "
    "mybinder.org cdn.jsdelivr.net api.github.com replit.com gitpod.io studiolab.sagemaker.aws"
).split()
"""Services that show a repository of GitHub under .../github/OWNER/NAME, .../gh/ or .../repos/."""
_MIRRORS = (
    "raw.githubusercontent.com codeload.github.com github.dev githubtocolab.com rawgit.com "
    "raw.githack.com raw.github.com deepwiki.com gitingest.com"
).split()
"""Services that show a repository of GitHub under /OWNER/NAME."""
_RAW_FILES = ("raw.githubusercontent.com", "rawgit.com", "raw.githack.com", "raw.github.com")
_SHORTENERS = frozenset(
    "git.io bit.ly tinyurl.com goo.gl t.co t.ly is.gd ow.ly rb.gy cutt.ly shorturl.at aka.ms "
    "rebrand.ly url.cn t.cn tiny.cc dwz.cn".split()
)
_PAPER_PAGES = ("arxiv.org", "doi.org", "openreview.net", "paperswithcode.com", "aclanthology.org")
_PAGE_SUFFIXES = (".github.io", ".gitlab.io", "sites.google.com", ".readthedocs.io", ".web.app")
_CODE_PAGES = (".github.io", ".gitlab.io", "gist.github.com", "anonymous.4open.science")
_LONGEST_SNIPPET = 300
# a slash after owner and name ends the link: what follows is the next word
_WRAPPED_LINK = re.compile(r"(https?://(?:[^\s{}]*[-_]|[^\s{}/]+(?:/[^\s{}/]+)?/))\n\s*(?=\w)")
_BLANK = re.compile(r"\s")
_PLACEHOLDERS = re.compile(
    r"(?i)(your|my)?[-_]?(user|account|org|github)?[-_]?name|your[-_].*|example[-_s]?.*|"
    r"author[-_s]?(name)?|anonymous[-_]?.*|xxx+|placeholder|repo(sitory)?[-_]?name|ai-paper-summarizer"
)
_PLACEHOLDER_NAMES = re.compile(r"(?i)your[-_].*|example([-_](repo|project|research).*)?|xxx+")
_OWNER = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,38})")
_NAME = re.compile(r"[A-Za-z0-9._-]{1,100}")
_GLUED_PAGE = re.compile(r"(.*[A-Za-z_-])(?!(?:19|20)\d\d$)\d{3,5}")
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
# the mark of a footnote is no part of a name; NFKC would make it a digit of one
_FOOTNOTE = re.compile("[\u00b9\u00b2\u00b3\u2070-\u2079\u2080-\u2089\u2020\u2021\u00a7\u00b6]")
_LATEX_LINK = re.compile(r"\\(?:url|href|path|nolinkurl)\s*\{([^{}]*)\}")
_MARKDOWN_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_MARKDOWN_LINK = re.compile(r"\[[^\[\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)")
_ANCHOR = re.compile(r"""<a\s[^>]*href\s*=\s*["']?([^"'\s>]+)[^>]*>(?:.*?</a>)?""", re.I | re.S)
_HOST_NAME = r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}"
_LINK_START = re.compile(
    rf"(?:(?:git\+)?(?:https?|git|ssh)\s?:\s?/{{1,3}}\s?|(?<!(?:[^\W_]|[@.-])))"
    rf"(?:[\w.-]+(?::[^\s@/]*)?@)?(?:www\.)?(?P<host>{_HOST_NAME})(?::\d+)?(?=[/:?#]|\b)",
    re.IGNORECASE,
)
_LOST_DOT_BLANK = re.compile(
    r"(?i)\b(github|gitlab)\s?\.\s(?=com\b)|\b(github|gitlab)\s\.(?=com\b)"
)
_BARE_REPOSITORY = re.compile(r"\s*([A-Za-z0-9][\w-]{0,38})/([\w.-]{1,100})\s*")
_PATH = re.compile(r"[^\s<>\"'`{}|\\^\[\],;\u2018-\u201f\u2039\u203a\u00ab\u00bb\u300a-\u3011]*")
_BLANK_IN_NAME = re.compile(r"( [A-Za-z0-9][\w.-]*)+(?:/[\w.-]+)*/?(?=$|[?#])")
_BLANK_AT_SLASH = re.compile(r"\s+/\s*(?=[\w.-])")
_LATEX_MARK = re.compile(r"\{?\\([_%#~&-])\}?|\{([_%#~-])\}|\$\\?([_~-])\$")
_LATEX_WORD = re.compile(
    r"\\text(underscore|asciitilde)(?:\{\}|\s)?|\\(?:allowbreak|linebreak|slash)\b\s?"
)
_EMPHASIS = re.compile(r"[_*~]+$")
_SECOND_LINK = re.compile(r"(?i)(?:git\+)?https?:/{1,2}")
_QUERY_LINK = re.compile(r"(?i)[?&][\w.-]+=((?:https?:|https?%3a)[^&\s]+)")
_PARAMETER = re.compile(r"&\w+=")
_PIP_REF = re.compile(r"(?i)(.+)\.git@([^@/]+)")
_ARCHIVE_ENDING = re.compile(r"(?i)\.(?:zip|tar\.gz|tgz|tar\.bz2)$")
_AFTER_LINK = re.compile(
    r"(?i)\s*(?:and|or|with|for|is|are|the|in|at|on|code|pytorch|implementation|official|see|also|"
    r"we|our|to|of|by|from|page|project|using|data)\b"
)
_ENDING = re.compile(r"[.,;:)\]}>'\"!*…。，；）]+$")


def parse_links(
    raw: str, *, bare_is_github: bool = False, paper_year: int | None = None
) -> list[CodeLink | UnusableLink]:
    """Every link of a text, in order and each once; never empty, never raises.

    `bare_is_github` reads `owner/name` alone as GitHub's: for fields known to hold such. A paper
    older than GitHub cannot have its code there (`paper_year`).
    """
    text = _unwrapped(raw)
    if not text.strip():
        return [UnusableLink(Problem.NO_LINK, REASONS[Problem.NO_LINK])]
    found = [_read(host, path, text) for host, path in _links(text)]
    if not found and bare_is_github and (bare := _BARE_REPOSITORY.fullmatch(text)):
        found = [_read(GITHUB_HOST, f"{bare[1]}/{bare[2]}", text)]
    if not found:
        return [_unusable(Problem.NOT_A_LINK, raw)]
    if paper_year is not None and paper_year < 2008:
        found = [
            _unusable(Problem.BEFORE_GITHUB, raw)
            if isinstance(link, CodeLink) and link.host == GITHUB_HOST
            else link
            for link in found
        ]
    return list(dict.fromkeys(found))


def link_snippets(text: str) -> list[str]:
    """The words of running text that may name a paper's code, as they stand there.

    Of hosts that hold code, project pages, anonymous copies and shortened links; other links are
    left out. A link that was wrapped after a hyphen, an underscore or the slash behind its host or
    owner is joined. `parse_link` of a snippet gives the link.
    """
    text = _LOST_DOT_BLANK.sub(_joined, _WRAPPED_LINK.sub(r"\1", text))
    starts = list(_LINK_START.finditer(text))
    snippets = []
    for index, start in enumerate(starts):
        if _may_be_code(start["host"].lower()):
            limit = starts[index + 1].start() if index + 1 < len(starts) else len(text)
            # in running text a blank ends a link
            end = _BLANK.search(text, start.end(), limit)
            snippets.append(text[start.start() : end.start() if end else limit][:_LONGEST_SNIPPET])
    return snippets


def short_link(raw: str) -> str | None:
    """The address of the first shortened link of a text; None where there is none."""
    text = _unwrapped(raw)
    for host, path in _links(text):
        if host in _SHORTENERS:
            scheme = "http" if f"http://{host}" in text.lower() else "https"
            return f"{scheme}://{host}{_ENDING.sub('', path)}"
    return None


def is_commit_id(text: str) -> bool:
    """Whether a text is the full id of a commit: 40 hexadecimal digits, or 64 under SHA-256."""
    return _COMMIT.fullmatch(text) is not None


def is_short_link(url: str) -> bool:
    """Whether an address belongs to a service that shortens links."""
    return urlsplit(url).hostname in _SHORTENERS


def _may_be_code(host: str) -> bool:
    return (
        host in _HOSTS
        or host in _SHORTENERS
        or host.endswith(_CODE_PAGES)
        or _page_reason(host, "") is None
    )


def parse_link(
    raw: str, *, bare_is_github: bool = False, paper_year: int | None = None
) -> CodeLink | UnusableLink:
    """The first usable link of a text, else the first reason why there is none."""
    found = parse_links(raw, bare_is_github=bare_is_github, paper_year=paper_year)
    return next((link for link in found if isinstance(link, CodeLink)), found[0])


def _unwrapped(raw: str) -> str:
    """The text without HTML, LaTeX and markdown around its links, in plain characters."""
    text = unicodedata.normalize("NFKC", _FOOTNOTE.sub(" ", html.unescape(raw)))
    text = _INVISIBLE.sub("", text)
    text = _ANCHOR.sub(r" \1 ", text)
    text = _LATEX_LINK.sub(r" \1 ", text)
    text = _LATEX_WORD.sub(
        lambda word: {"underscore": "_", "asciitilde": "~"}.get(word[1], ""), text
    )
    text = _LATEX_MARK.sub(lambda mark: mark[1] or mark[2] or mark[3], text)
    text = _MARKDOWN_LINK.sub(r" \1 ", _MARKDOWN_IMAGE.sub("", text))
    text = _QUERY_LINK.sub(lambda link: f" {unquote(link[1])} ", text)
    return _WRAPPED_LINK.sub(r"\1", _LOST_DOT_BLANK.sub(_joined, text))


def _joined(match: re.Match[str]) -> str:
    return f"{match[1] or match[2]}."


def _links(text: str) -> Iterator[tuple[str, str]]:
    """(host, path) of each link of an unwrapped text; a path keeps blanks inside a name."""
    starts = list(_LINK_START.finditer(text))
    end = 0
    for index, start in enumerate(starts):
        inner = start.start() < end
        if inner and not _begins_again(start, text):
            continue
        host = start["host"].lower()
        limit = starts[index + 1].start() if index + 1 < len(starts) else len(text)
        path = _PATH.match(text, start.end(), len(text))
        assert path is not None
        whole, end = path[0], path.end()
        if second := _SECOND_LINK.search(whole):
            whole = whole[: second.start()]
        if ")" in whole and "(" not in whole:
            whole = whole.partition(")")[0]
        if emphasis := _EMPHASIS.search(text, 0, start.start()):
            whole = whole.removesuffix(emphasis[0][::-1])
        rest = text[end:limit] if end < limit else ""
        if whole.count("/") == 1 and (slash := _BLANK_AT_SLASH.match(rest)):
            name = _PATH.match(rest, slash.end())
            assert name is not None
            whole, end = f"{whole}/{name[0]}", end + name.end()
        elif not _AFTER_LINK.match(rest) and (blank := _BLANK_IN_NAME.match(rest)):
            whole, end = whole + blank[0], end + blank.end()
        known = host in _HOSTS or host in _SHORTENERS or host.endswith(_PAGE_SUFFIXES)
        if whole or known or "://" in start[0]:
            yield host, whole


def _begins_again(start: re.Match[str], text: str) -> bool:
    """Whether a link stands inside the path of another: pasted twice, archived, shown by a mirror.

    A name may hold a host's name (someone.github.io); only whole addresses begin again.
    """
    if "://" in start[0] or _SECOND_LINK.match(start[0]):
        return True
    before = text[start.start() - 1 : start.start()]
    return before == "/" and start["host"].lower() in _HOSTS and text[start.end() :][:1] == "/"


def _read(host: str, path: str, text: str) -> CodeLink | UnusableLink:
    path = re.split(r"[?#]", path.lstrip("/:"), maxsplit=1)[0]
    path = _ENDING.sub("", _PARAMETER.split(path, maxsplit=1)[0])
    host, path = _at_github(host, path)
    reason = _page_reason(host, path)
    if reason is not None:
        return _unusable(reason, text)
    segments = [unquote(segment).strip() for segment in path.split("/")]
    segments = [segment for segment in segments if segment not in ("", ".")]
    shape = _HOSTS.get(host, _Host(tree="-/tree", nested=True))
    if not segments:
        return _unusable(Problem.OWNER_ONLY if host in _HOSTS else Problem.OTHER_PAGE, text)
    if segments[0].lower() in shape.reserved:
        return _unusable(Problem.RESERVED_NAME, text)
    if len(segments) == 1:
        return _unusable(Problem.OWNER_ONLY, text)
    return _repository(host, shape, segments, text)


def _at_github(host: str, path: str) -> tuple[str, str]:
    """Host and path of the repository that a viewer or a mirror of GitHub shows, else unchanged."""
    if host in _VIEWERS and (shown := _GITHUB_PATH.fullmatch(path)):
        path = shown[1]
        if host == "cdn.jsdelivr.net":
            path = re.sub(r"^([^/]+/[^/@]+)@([^/]+)", r"\1/tree/\2", path)
        elif host == "mybinder.org":
            path = re.sub(r"^([^/]+/[^/]+)/([^/]+)$", r"\1/tree/\2", path)
        return GITHUB_HOST, path
    if host in _MIRRORS and path.count("/"):
        owner, name, *rest = path.split("/")
        if host in _RAW_FILES and len(rest) > 1:
            rest = ["blob", *(rest[2:] if rest[:2] == ["refs", "heads"] else rest)]
        elif host == "codeload.github.com":
            rest = ["archive", *rest[1:]]
        return GITHUB_HOST, "/".join((owner, name, *rest))
    return host, path


def _page_reason(host: str, path: str) -> Problem | None:
    """Why a host's links are no repositories, or None for the hosts that hold code."""
    if host in _HOSTS or (host.startswith(("gitlab.", "git.")) and host not in _SHORTENERS):
        return None
    if host in _SHORTENERS:
        return Problem.SHORT_LINK
    if host.endswith(_PAGE_SUFFIXES):
        return Problem.PROJECT_PAGE
    if host == "anonymous.4open.science":
        return Problem.ANONYMOUS
    if host.endswith(_PAPER_PAGES):
        return Problem.PAPER_PAGE
    if host in ("huggingface.co", "hf.co", "kaggle.com", "zenodo.org"):
        return Problem.MODEL_HUB
    if host == "gist.github.com":
        return Problem.GIST
    if host.endswith((".github.com", ".githubusercontent.com")):
        return Problem.OTHER_PAGE
    return Problem.PROJECT_PAGE if path.count("/") <= 3 else Problem.OTHER_PAGE


def _repository(host: str, shape: _Host, segments: list[str], text: str) -> CodeLink | UnusableLink:
    depth = _owner_depth(segments) if shape.nested else 1
    owner, name, tail = "/".join(segments[:depth]), segments[depth], segments[depth + 1 :]
    link = _named(host, owner, name)
    if isinstance(link, Problem):
        return _unusable(link, text)
    return _placed(link, tail)


def _owner_depth(segments: list[str]) -> int:
    """Where groups nest, everything before /-/ is groups and the repository's name."""
    if "-" in segments[2:]:
        return segments.index("-", 2) - 1
    pages = (index for index, word in enumerate(segments) if index >= 2 and word in _NESTED_PAGES)
    return next(pages, len(segments)) - 1


def _named(host: str, owner: str, name: str) -> CodeLink | Problem:
    """The link of a valid owner and name, or the reason why they are none."""
    ref = None
    if pinned := _PIP_REF.fullmatch(name):
        name, ref = pinned[1], pinned[2]
    name = _without_suffix(name)
    flags: list[str] = []
    candidates: tuple[str, ...] = ()
    if " " in name or " " in owner:
        flags.append("repaired")
        candidates = tuple(re.sub(" +", glue, name) for glue in ("-", ""))
        owner, name = re.sub(" +", "", owner), re.sub(" +", "_", name)
    if _PLACEHOLDERS.fullmatch(owner) or _PLACEHOLDER_NAMES.fullmatch(name):
        return Problem.PLACEHOLDER
    owners = owner.split("/")
    if not all(
        _OWNER.fullmatch(part) or (host != GITHUB_HOST and _NAME.fullmatch(part)) for part in owners
    ):
        return Problem.BAD_NAME
    if not _NAME.fullmatch(name) or name in (".", "..") or set(name) <= {"."}:
        return Problem.BAD_NAME
    if page := _GLUED_PAGE.fullmatch(name):
        flags.append("maybe_page_number")
        candidates += (page[1],)
    return CodeLink(host, owner, name, ref, flags=tuple(flags), candidates=candidates)


def _without_suffix(name: str) -> str:
    name = name.strip()
    previous = None
    while name != previous:
        previous = name
        name = _ENDING.sub("", re.sub(r"(?i)\.git$", "", name)).strip()
    return name


def _placed(link: CodeLink, tail: list[str]) -> CodeLink:
    """The link with the ref and directory that its tail names."""
    tail = [part for part in tail if part not in ("-", "..")]
    if not tail:
        return link
    word, rest = tail[0].lower(), tail[1:]
    if word == "src" and rest[:1] in (["branch"], ["commit"], ["tag"]):
        rest = rest[1:]
    if word in ("tree", "src") and rest:
        return _at(link, rest[0], rest[1:])
    if word in ("blob", "raw", "edit", "blame") and rest:
        directory = rest[1:-1] if "." in rest[-1] else rest[1:]
        return _flagged(_at(link, rest[0], directory), "file_link")
    if word in ("archive", "zipball", "tarball") and rest:
        named = rest[2:] if rest[:2] in (["refs", "heads"], ["refs", "tags"]) else rest
        return _at(link, _ARCHIVE_ENDING.sub("", "/".join(named)), [])
    if word in ("commit", "releases") and rest:
        ref = rest[-1] if word == "commit" or (rest[0] == "tag" and len(rest) > 1) else None
        return replace(link, ref=ref)
    if word in _REPOSITORY_PAGES:
        return link
    return _flagged(replace(link, subdir="/".join(tail)), "tail_without_tree")


_REPOSITORY_PAGES = frozenset(
    "tree blob src raw issues issue pull pulls wiki releases tags branches commits commit actions "
    "projects graphs network stargazers archive discussions settings security downloads compare "
    "overview merge_requests zipball tarball wikis pipelines forks watchers community pulse blame "
    "edit find search packages deployments labels milestones contributors zip tar.gz".split()
)
_NESTED_PAGES = _REPOSITORY_PAGES - frozenset(("search", "packages", "labels", "projects", "find"))
"""Words that end the path of groups on hosts where groups nest (GitLab's old addresses)."""


def _at(link: CodeLink, ref: str, directory: list[str]) -> CodeLink:
    subdir = "/".join(part.strip() for part in directory if part.strip())
    named = None if ref in ("HEAD", "master", "main") else ref
    link = replace(link, ref=named, subdir=subdir)
    if named and directory and not is_commit_id(named):
        return _flagged(link, "ref_may_have_slash")
    return link


def _flagged(link: CodeLink, flag: str) -> CodeLink:
    return replace(link, flags=(*link.flags, flag))


def _unusable(reason: Problem, text: str) -> UnusableLink:
    shown = " ".join(text.split())
    return UnusableLink(reason, f"{shown[:120]}: {REASONS[reason]}")
