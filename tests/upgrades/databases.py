"""A database beside the tests' own, read without the models: what it holds, and how it is made."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler
from environ import Env

NOT_FACTS = {"django_migrations", "django_session", "django_content_type", "auth_permission"}


@dataclass
class Table:
    """Every row by its key; and the columns, with whether whoever does not know one may leave it out."""

    columns: dict[str, bool]
    rows: dict[Any, dict[str, Any]] = field(default_factory=dict)


@contextmanager
def new_database(folder: Path) -> Iterator[str]:
    """An empty database on the engine of the tests, as a DATABASE_URL."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder}/portal.sqlite3"
        return
    name = f"portal_upgrade_{os.getpid()}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name}")
    try:
        yield f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def python(*arguments: str, url: str, files: Path) -> str:
    """What a program prints, run on that database. Fails with its own words."""
    told = {"DATABASE_URL": url, "MEDIA_ROOT": str(files), "DEBUG": "on"}
    told["DJANGO_SETTINGS_MODULE"] = "partnerships.settings"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", *arguments],
        cwd=settings.BASE_DIR,
        env=os.environ | told,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@contextmanager
def opened(url: str) -> Iterator[BaseDatabaseWrapper]:
    """A connection past the portal's own."""
    connected = ConnectionHandler({"default": Env.db_url_config(url)})["default"]
    try:
        yield connected
    finally:
        connected.close()


def content(url: str) -> dict[str, Table]:
    """Every table of the portal with every row."""
    with opened(url) as there, there.cursor() as cursor:
        names = set(there.introspection.table_names(cursor)) - NOT_FACTS
        return {name: _table(there, cursor, name) for name in sorted(names)}


def _table(there, cursor, name: str) -> Table:
    described = there.introspection.get_table_description(cursor, name)
    key = there.introspection.get_primary_key_column(cursor, name)
    table = Table(
        {
            one.name: bool(one.null_ok) or one.default is not None or one.name == key
            for one in described
        }
    )
    cursor.execute(f'SELECT * FROM "{name}"')  # noqa: S608 - a table's name
    columns = [column[0] for column in cursor.description]
    for values in cursor:
        row = dict(zip(columns, values, strict=True))
        table.rows[row[key]] = row
    return table


def lost(before: dict[str, Table], after: dict[str, Table]) -> set[str]:
    """What was there before and is not any more, or is something else."""
    found = {f"{name} is gone" for name in before.keys() - after.keys()}
    for name in before.keys() & after.keys():
        old, new = before[name], after[name]
        found |= {f"{name}.{column} is gone" for column in old.columns.keys() - new.columns.keys()}
        if old.rows.keys() - new.rows.keys():
            found.add(f"{name} has lost rows")
        found |= {
            f"{name}.{column} was changed"
            for key in old.rows.keys() & new.rows.keys()
            for column in old.columns.keys() & new.columns.keys()
            if old.rows[key][column] != new.rows[key][column]
        }
    return found


def required(before: dict[str, Table], after: dict[str, Table]) -> set[str]:
    """New columns of old tables that code which does not know them cannot leave out."""
    return {
        f"{name}.{column} is required"
        for name in before.keys() & after.keys()
        for column, may_be_left_out in after[name].columns.items()
        if column not in before[name].columns and not may_be_left_out
    }
