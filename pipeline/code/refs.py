"""The branches and tags of a repository, and the one that a link means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.code.units import Unit

_BRANCH, _TAG = "refs/heads/", "refs/tags/"
_BRANCH_OF_ORIGIN = "refs/remotes/origin/"
"""Where a clone on disk keeps the branches that are not checked out."""


@dataclass(frozen=True, slots=True)
class Refs:
    """The commits of HEAD, and of branches and tags by their short names."""

    head: str | None = None
    branches: Mapping[str, str] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Meant:
    """The ref and the directory of a link, resolved with the repository's refs.

    `ref`: the branch or tag, or None where the repository has none of that name.
    """

    commit: str | None
    subdir: str
    ref: str | None = None
    is_tag: bool = False


def refs_of(listing: bytes) -> Refs:
    """The refs in the output of `git ls-remote` or `git show-ref`."""
    head, branches, tags = None, {}, {}
    for line in listing.decode("utf-8", "replace").splitlines():
        commit, ref = line.split(maxsplit=1)
        # of a tag object and the commit to which it points, the commit comes later
        ref = ref.removesuffix("^{}")
        if ref == "HEAD":
            head = commit
        elif ref.startswith(_BRANCH):
            branches[ref.removeprefix(_BRANCH)] = commit
        elif ref.startswith(_BRANCH_OF_ORIGIN):
            branches.setdefault(ref.removeprefix(_BRANCH_OF_ORIGIN), commit)
        elif ref.startswith(_TAG):
            tags[ref.removeprefix(_TAG)] = commit
    return Refs(head, branches, tags)


def meant_by(unit: Unit, refs: Refs) -> Meant:
    """The commit and the directory that a unit's link means now.

    A slash in the link may belong to the branch or to the path. The longest existing branch counts.
    If no such branch exists (master was renamed to main), the default branch counts.
    """
    if unit.ref is None:
        return Meant(refs.head, unit.subdir)
    tail = [unit.ref, *filter(None, unit.subdir.split("/"))]
    longest = len(tail) if unit.ref_may_have_slash else 1
    for count in range(longest, 0, -1):
        ref, subdir = "/".join(tail[:count]), "/".join(tail[count:])
        if commit := refs.branches.get(ref):
            return Meant(commit, subdir, ref)
        if commit := refs.tags.get(ref):
            return Meant(commit, subdir, ref, is_tag=True)
    return Meant(refs.head, unit.subdir)
