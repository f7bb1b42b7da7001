"""What is done to the log before and after `migrate`."""

from typing import Any

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from audit import triggers
from audit.states import note_differences


def before_migrating(using: str, plan: Any = (), **kwargs: Any) -> None:
    """On SQLite nothing is logged while tables are rebuilt; what changed is noted after."""
    if plan and connections[using].vendor == "sqlite":
        triggers.remove_logging(connections[using])


def after_migrating(using: str, plan: Any = None, **kwargs: Any) -> None:
    """Make the triggers of the tables as they are now. `flush` has no plan, and changes none."""
    connection = connections[using]
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
