"""The code of a repository: from GitHub or from clones on disk."""
