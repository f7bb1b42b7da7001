"""Faults made on purpose: what was answered as saved must be there afterwards, whole and once."""
