"""Our own answers and the statutes: content, search, publication."""
