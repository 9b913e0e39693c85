"""Draws, records and replays samples of repositories."""
