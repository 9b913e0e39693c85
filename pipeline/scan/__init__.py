"""Bytes in, import facts out: nothing here writes to disk, knows a database or a network."""
