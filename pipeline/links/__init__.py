"""Parses the raw text of a link: the repository, or a named reason why there is none.

People and programs write links in Markdown or LaTeX, without a scheme, with lost underscores, or
with a page number attached. A paper's unit of analysis is a repository plus a directory, because
many papers share one repository. The raw text is kept, so that better rules need no new collection.
"""

from pipeline.links.hosts import GITHUB_HOST, is_short_link
from pipeline.links.parse import PARSER_VERSION, parse_link, parse_links, short_link
from pipeline.links.problems import REASONS, Problem
from pipeline.links.records import CodeLink, UnusableLink, is_commit_id
from pipeline.links.text import link_snippets

__all__ = [
    "GITHUB_HOST",
    "PARSER_VERSION",
    "REASONS",
    "CodeLink",
    "Problem",
    "UnusableLink",
    "is_commit_id",
    "is_short_link",
    "link_snippets",
    "parse_link",
    "parse_links",
    "short_link",
]
