"""Recorded samples: drawn, recorded and replayed."""
