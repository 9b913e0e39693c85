"""Collects papers' code links, scans the code for imports and stores the facts."""

__version__ = "0.2.0"
