"""Measurements of the project beside its peers. Nothing here is imported by the project."""
