"""Whoever saves a page waits until whoever saves the same is done."""

import hashlib
from typing import Any

from django.db import connection


def wait_for_turn(match: Any) -> None:
    """Wait, in the transaction, for others who save what the address names, if it names a row.

    The first thing that the transaction does, and one lock only: who holds it waits for nobody's
    turn, so that no two wait for each other, whatever rows their views lock. SQLite lets one write
    at a time anyway.
    """
    if connection.vendor != "postgresql" or not match.kwargs:
        return
    named = f"{match.namespace} {sorted(match.kwargs.items())}".encode()
    number = int.from_bytes(hashlib.sha256(named).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
