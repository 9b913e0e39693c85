"""Paper sources: each gives PaperLink records and knows no database."""
