"""Why a link names no repository."""

from __future__ import annotations

from enum import StrEnum


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
