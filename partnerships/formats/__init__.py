"""How numbers and dates are written and read, by language."""
