"""Papers, and where they say their code is: one module a paper source."""
