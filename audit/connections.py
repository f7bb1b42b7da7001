"""How the scope reaches the triggers: a function of SQLite's connection, a setting of PostgreSQL's.

The setting holds for one transaction, so nothing is left to the next user of a pooled connection.
"""

import json
from typing import Any

from django.db import transaction

from audit.context import Scope, current

WRITES = ("INSERT", "UPDATE", "DELETE", "WITH", "MERGE", "COPY")
TELL = "SELECT set_config('audit.scope', %s, true)"


class Telling:
    """Around every statement that may write: the scope goes before it, in its transaction."""

    def __init__(self):
        self.told = Scope()

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        scope = current()
        nothing_to_tell = scope == self.told == Scope()
        if nothing_to_tell or not sql.lstrip("( \n").upper().startswith(WRITES):
            return execute(sql, params, many, context)
        connection = context["connection"]
        with transaction.atomic(using=connection.alias, savepoint=False):
            self.told = scope
            with connection.wrap_database_errors, connection.connection.cursor() as cursor:
                cursor.execute(TELL, [json.dumps(scope.told())])
            return execute(sql, params, many, context)


def prepare(sender: Any, connection: Any, **kwargs: Any) -> None:
    """What a new connection needs for its changes to be logged."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("audit_says", 3, _says)
    elif not any(isinstance(wrapper, Telling) for wrapper in connection.execute_wrappers):
        connection.execute_wrappers.append(Telling())


def _says(what: str, table: str, key: str) -> str | None:
    return current().says(what, table, key)
