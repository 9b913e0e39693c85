"""The code of a repository: from GitHub, from clones on disk, or from a recorded sample."""
