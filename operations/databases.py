"""The whole database to a file and back, by each engine's own means."""

import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.db import connection


class DatabaseToolError(Exception):
    """A program of PostgreSQL failed; its own words."""


def dump(target: Path) -> None:
    """Write the database as it is at one moment, while others may write on."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(target)) as copy:
            connection.connection.backup(copy)
        return
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def load(source: Path) -> None:
    """Replace the whole database by the dumped one, all or nothing."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(source)) as copy:
            copy.backup(connection.connection)
        return
    connection.close()
    _run(
        "pg_restore", "--clean", "--if-exists", "--no-owner", "--no-privileges",
        "--single-transaction", "--exit-on-error", str(source),
    )  # fmt: skip


def is_empty() -> bool:
    """Has the database no tables, or nobody who can sign in?"""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        if "accounts_user" not in tables:
            return True
        cursor.execute("SELECT 1 FROM accounts_user LIMIT 1")
        return cursor.fetchone() is None


def _run(program: str, *arguments: str) -> None:
    """A program of PostgreSQL against the portal's database. Raises DatabaseToolError."""
    settings = connection.get_connection_params()
    named = {
        "PGHOST": "host", "PGPORT": "port", "PGUSER": "user", "PGPASSWORD": "password",
        "PGTARGETSESSIONATTRS": "target_session_attrs", "PGCONNECT_TIMEOUT": "connect_timeout",
    }  # fmt: skip
    told = {name: str(settings[key]) for name, key in named.items() if settings.get(key)}
    database = str(settings["dbname"])
    to = ["--dbname", database] if program == "pg_restore" else [database]
    try:
        done = subprocess.run(
            [program, *to, *arguments], env={**os.environ, **told}, capture_output=True, text=True
        )
    except FileNotFoundError as missing:
        raise DatabaseToolError(
            f"{program} is not installed. Install the Debian package postgresql-client."
        ) from missing
    if done.returncode:
        raise DatabaseToolError(done.stderr.strip())
