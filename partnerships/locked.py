"""What somebody typed goes onto the row as it is now: a form's row was fetched before the lock."""

from collections.abc import Iterable
from typing import TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


def typed_onto(locked: Row, typed: Row, names: Iterable[str]) -> Row:
    """The locked row with these fields of the other; what others have written in the rest stays."""
    for name in names:
        setattr(locked, name, getattr(typed, name))
    return locked
