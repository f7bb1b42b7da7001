"""What the Makefile needs beyond Django's own commands."""
