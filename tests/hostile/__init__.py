"""Hostile hands: every place that answers, everything that can be sent there, and what may not be."""
