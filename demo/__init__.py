"""Data to try the portal with: two municipalities from public documents, and a generator."""
