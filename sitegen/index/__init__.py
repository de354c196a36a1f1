"""index: what was read, as facts with digests, in one SQLite file."""
