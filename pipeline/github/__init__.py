"""What GitHub says of a repository."""
