"""One append-only log, written by the database, of every change to the portal's own tables."""
