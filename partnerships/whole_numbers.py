"""Whole numbers that a request carries outside of a form's fields: keys of rows, counts."""

MOST_DIGITS = 18  # what a key of any database can have; Python itself stops at 4300


def whole_number(text: str) -> int | None:
    """The number that the text says; None when it says none, or one too large for any key."""
    is_one = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    return int(text) if is_one else None
