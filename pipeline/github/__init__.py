"""Metadata of repositories, from GitHub."""
