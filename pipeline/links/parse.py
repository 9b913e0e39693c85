"""Which repository a link means: its owner, name, ref and directory."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import unquote

from pipeline.links.hosts import GITHUB_HOST, HOSTS, SHORTENERS, Host, at_github, page_reason
from pipeline.links.problems import REASONS, Problem
from pipeline.links.records import CodeLink, UnusableLink, is_commit_id
from pipeline.links.text import found_links, unwrapped

PARSER_VERSION = "3"
"""Raise when links are read otherwise than before, so that stored ones are read anew."""

_PLACEHOLDERS = re.compile(
    r"(?i)(your|my)?[-_]?(user|account|org|github)?[-_]?name|your[-_].*|example[-_s]?.*|"
    r"author[-_s]?(name)?|anonymous[-_]?.*|xxx+|placeholder|repo(sitory)?[-_]?name|ai-paper-summarizer"
)
_PLACEHOLDER_NAMES = re.compile(r"(?i)your[-_].*|example([-_](repo|project|research).*)?|xxx+")
_OWNER = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,38})")
_NAME = re.compile(r"[A-Za-z0-9._-]{1,100}")
_GLUED_PAGE = re.compile(r"(.*[A-Za-z_-])(?!(?:19|20)\d\d$)\d{3,5}")
_BARE_REPOSITORY = re.compile(r"\s*([A-Za-z0-9][\w-]{0,38})/([\w.-]{1,100})\s*")
_PARAMETER = re.compile(r"&\w+=")
_PIP_REF = re.compile(r"(?i)(.+)\.git@([^@/]+)")
_ARCHIVE_ENDING = re.compile(r"(?i)\.(?:zip|tar\.gz|tgz|tar\.bz2)$")
_ENDING = re.compile(r"[.,;:)\]}>'\"!*…。，；）]+$")


def parse_links(
    raw: str, *, bare_is_github: bool = False, paper_year: int | None = None
) -> list[CodeLink | UnusableLink]:
    """Every link of a text, in order and each once; never empty, never raises.

    `bare_is_github` reads `owner/name` alone as GitHub's: for fields known to hold such. A paper
    older than GitHub cannot have its code there (`paper_year`).
    """
    text = unwrapped(raw)
    if not text.strip():
        return [UnusableLink(Problem.NO_LINK, REASONS[Problem.NO_LINK])]
    found = [_read(host, path, text) for host, path in found_links(text)]
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


def short_link(raw: str) -> str | None:
    """The address of the first shortened link of a text; None where there is none."""
    text = unwrapped(raw)
    for host, path in found_links(text):
        if host in SHORTENERS:
            scheme = "http" if f"http://{host}" in text.lower() else "https"
            return f"{scheme}://{host}{_ENDING.sub('', path)}"
    return None


def parse_link(
    raw: str, *, bare_is_github: bool = False, paper_year: int | None = None
) -> CodeLink | UnusableLink:
    """The first usable link of a text, else the first reason why there is none."""
    found = parse_links(raw, bare_is_github=bare_is_github, paper_year=paper_year)
    return next((link for link in found if isinstance(link, CodeLink)), found[0])


def _read(host: str, path: str, text: str) -> CodeLink | UnusableLink:
    path = re.split(r"[?#]", path.lstrip("/:"), maxsplit=1)[0]
    path = _ENDING.sub("", _PARAMETER.split(path, maxsplit=1)[0])
    host, path = at_github(host, path)
    reason = page_reason(host, path)
    if reason is not None:
        return _unusable(reason, text)
    segments = [unquote(segment).strip() for segment in path.split("/")]
    segments = [segment for segment in segments if segment not in ("", ".")]
    shape = HOSTS.get(host, Host(tree="-/tree", nested=True))
    if not segments:
        return _unusable(Problem.OWNER_ONLY if host in HOSTS else Problem.OTHER_PAGE, text)
    if segments[0].lower() in shape.reserved:
        return _unusable(Problem.RESERVED_NAME, text)
    if len(segments) == 1:
        return _unusable(Problem.OWNER_ONLY, text)
    return _repository(host, shape, segments, text)


def _repository(host: str, shape: Host, segments: list[str], text: str) -> CodeLink | UnusableLink:
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
