"""Whether the portal can do its work: the database, its schema, the files, the scheduled work."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from operations.models import ScheduledRun

LATE = timedelta(hours=1)  # it is due every quarter of an hour
OK = "ok"
FILES = "health/"  # where the check stores a file, for a moment


def database() -> str:
    """Can it be asked?"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return OK


def schema() -> str:
    """Have all migrations been applied?"""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(waiting)} migrations wait for `migrate`" if waiting else OK


def files() -> str:
    """Can a file be stored and taken away?"""
    name = default_storage.save(f"{FILES}{secrets.token_hex(8)}", ContentFile(b"health"))
    default_storage.delete(name)
    return OK


CHECKS: dict[str, Callable[[], str]] = {"database": database, "schema": schema, "files": files}


def readiness() -> dict[str, str]:
    """Each check with `ok` or what is wrong, in words that give nothing away."""
    return {name: _done(check) for name, check in CHECKS.items()}


def scheduled_work(*, at: datetime) -> str:
    """`ok`, or for how long it has not run. A portal without it still answers."""
    run = ScheduledRun.objects.first()
    if run is None:
        return "has never run"
    return OK if at - run.done_at < LATE else f"last ran {run.done_at.isoformat()}"


def _done(check: Callable[[], str]) -> str:
    try:
        return check()
    except Exception as failure:  # a storage behind a network has failures of its own
        return f"fails: {type(failure).__name__}"
