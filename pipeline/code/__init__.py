"""A repository's source, wherever it is had."""
