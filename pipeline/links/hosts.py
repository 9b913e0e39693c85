"""Hosts of repositories, and what links to other hosts are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from pipeline.links.problems import Problem

GITHUB_HOST = "github.com"


@dataclass(frozen=True, slots=True)
class Host:
    """How a host's paths read: words before a tree path, whether owners nest, reserved owners."""

    tree: str = "tree"
    nested: bool = False
    reserved: frozenset[str] = frozenset()


_GITHUB_PAGES = frozenset(
    "about apps blog collections contact customer-stories dashboard enterprise events explore "
    "features issues join login marketplace new notifications orgs organizations pricing pulls "
    "readme search security settings signup site sponsors stars team topics trending users".split()
)
HOSTS = {
    GITHUB_HOST: Host(reserved=_GITHUB_PAGES),
    "gitlab.com": Host(tree="-/tree", nested=True),
    "bitbucket.org": Host(tree="src"),
    "gitee.com": Host(),
    "codeberg.org": Host(tree="src/branch"),
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
SHORTENERS = frozenset(
    "git.io bit.ly tinyurl.com goo.gl t.co t.ly is.gd ow.ly rb.gy cutt.ly shorturl.at aka.ms "
    "rebrand.ly url.cn t.cn tiny.cc dwz.cn".split()
)
_PAPER_PAGES = ("arxiv.org", "doi.org", "openreview.net", "paperswithcode.com", "aclanthology.org")
PAGE_SUFFIXES = (".github.io", ".gitlab.io", "sites.google.com", ".readthedocs.io", ".web.app")
_CODE_PAGES = (".github.io", ".gitlab.io", "gist.github.com", "anonymous.4open.science")


def may_be_code(host: str) -> bool:
    return (
        host in HOSTS
        or host in SHORTENERS
        or host.endswith(_CODE_PAGES)
        or page_reason(host, "") is None
    )


def is_short_link(url: str) -> bool:
    """Whether an address belongs to a service that shortens links."""
    return urlsplit(url).hostname in SHORTENERS


def at_github(host: str, path: str) -> tuple[str, str]:
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


def page_reason(host: str, path: str) -> Problem | None:
    """Why a host's links are no repositories, or None for the hosts that hold code."""
    if host in HOSTS or (host.startswith(("gitlab.", "git.")) and host not in SHORTENERS):
        return None
    if host in SHORTENERS:
        return Problem.SHORT_LINK
    if host.endswith(PAGE_SUFFIXES):
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
