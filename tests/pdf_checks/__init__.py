"""Checks of PDF files that the tests share: the standards, the structure, and what a reader hears."""
