"""What is done to the log before and after `migrate`."""

from typing import Any

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from audit import triggers
from audit.states import note_differences


def before_migrating(using: str, plan: Any = (), **kwargs: Any) -> None:
    """On SQLite nothing is logged while tables are rebuilt; what changed is noted after.

    A table that is rebuilt is gone for a moment, which SQLite's old way of renaming lets triggers
    of other tables live with.
    """
    connection = connections[using]
    if plan and connection.vendor == "sqlite":
        _rename_in_the_old_way(connection, is_on=True)
        triggers.remove_logging(connection)


def after_migrating(using: str, plan: Any = None, **kwargs: Any) -> None:
    """Make the triggers of the tables as they are now. `flush` has no plan, and changes none."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        _rename_in_the_old_way(connection, is_on=False)
    if plan is None or not has_log(connection):
        return
    if plan or triggers.missing(connection):
        triggers.install(connection)
        note_differences(connection)


def has_log(connection: BaseDatabaseWrapper) -> bool:
    """Has the log's table been made?"""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    return {m._meta.db_table for m in apps.get_app_config("audit").get_models()} <= tables


def _rename_in_the_old_way(connection: BaseDatabaseWrapper, *, is_on: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA legacy_alter_table = {'ON' if is_on else 'OFF'}")
