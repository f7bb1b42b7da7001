"""Which tables are logged: those of every model of the portal's own apps, found in the registry."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.apps import AppConfig, apps
from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from simple_history.models import HistoricalChanges

# The log itself, fingerprints of forms, and when work was done.
NOT_LOGGED = {"audit", "submissions", "operations"}
# The values of such columns never leave their table.
SECRET = re.compile(r"password|secret|token|cookie|session", re.IGNORECASE)
MASKED = "•••"


@dataclass(frozen=True)
class Table:
    """A logged table as it stands in the database now."""

    name: str
    key: str
    columns: tuple[str, ...]

    @property
    def masked(self) -> tuple[str, ...]:
        """The columns whose values are not written to the log."""
        return tuple(column for column in self.columns if SECRET.search(column))


def is_ours(config: AppConfig) -> bool:
    """Does the app live in the project, and keep what a municipality registers?"""
    path = Path(config.path).resolve()
    installed = "site-packages" in path.parts
    return (
        config.label not in NOT_LOGGED and not installed and path.is_relative_to(settings.BASE_DIR)
    )


def logged_models() -> Iterator[type[models.Model]]:
    """Every model with a table of its own; history is a view of the log, and has no log."""
    for config in apps.get_app_configs():
        if is_ours(config):
            for model in config.get_models(include_auto_created=True):
                if model._meta.managed and not issubclass(model, HistoricalChanges):
                    yield model


def logged_tables(connection: BaseDatabaseWrapper) -> list[Table]:
    """The logged tables that the database has, with the columns that they have there."""
    with connection.cursor() as cursor:
        existing = set(connection.introspection.table_names(cursor))
        return [
            Table(
                name=model._meta.db_table,
                key=str(model._meta.pk.column),
                columns=tuple(
                    column.name
                    for column in connection.introspection.get_table_description(
                        cursor, model._meta.db_table
                    )
                ),
            )
            for model in sorted(set(logged_models()), key=lambda model: model._meta.db_table)
            if not model._meta.proxy and model._meta.db_table in existing
        ]
