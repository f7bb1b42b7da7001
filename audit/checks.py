"""`manage.py check --database default` says which tables are not logged."""

from typing import Any

from django.core import checks
from django.db import connections

from audit import installing, triggers

HINT = "Run `manage.py migrate`, which makes them, and then `manage.py verify`."


def every_table_is_logged(databases: Any = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """A warning for each trigger that lacks or is switched off."""
    return [
        checks.Warning(f"{table} lacks the trigger {name}.", hint=HINT, obj=table, id="audit.W001")
        for alias in databases or ()
        if installing.has_log(connections[alias])
        for table, name in triggers.missing(connections[alias])
    ]
