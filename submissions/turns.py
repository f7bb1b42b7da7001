"""Whoever saves a page waits until whoever saves what has the same key is done."""

import hashlib
from typing import Any

from django.db import connection


def wait_for_turn(match: Any) -> None:
    """Wait, in the transaction, for others of the app whose address names the same key, if any.

    All pages of one row have its key in common. Item 5 and meeting 5 have too, and wait for each
    other needlessly; item 5 and its meeting 3 have not, and never do. What pages of different rows
    both write is therefore locked by the action, which saves the row that it has locked.

    It is the first thing that the transaction does, and one lock only: who holds it waits for
    nobody's turn, so that no two wait for each other, whatever rows their views lock. SQLite lets
    one write at a time anyway.
    """
    if connection.vendor != "postgresql" or not match.kwargs:
        return
    named = f"{match.namespace} {sorted(match.kwargs.items())}".encode()
    number = int.from_bytes(hashlib.sha256(named).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
