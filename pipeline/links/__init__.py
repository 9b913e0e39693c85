"""Raw text from a paper list -> the repository it points at, or a named reason why not.

People and programs write links as markdown, LaTeX, without a scheme, with lost underscores and
glued page numbers. A paper's unit of analysis is a repository plus a directory, because many papers
share one repository. The raw text is kept, so that better rules need no new collection.
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
