"""The search of the site and the entries of papers, as files that a page from disk can load."""

from dashboards.search.write import write_search

__all__ = ["write_search"]
