"""GitHub: source archives as streams."""
