"""Turns bytes into import facts. Nothing here writes to disk, or uses a database or the network."""
