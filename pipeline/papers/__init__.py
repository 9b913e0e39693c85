"""Paper sources, which list papers with links to their code: one module each."""
