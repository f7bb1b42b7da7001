"""Measures the portal against bare floors of the same run; `make bench` runs it."""
