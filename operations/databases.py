"""The whole database to a file and back, by each engine's own means."""

import os
import sqlite3
import subprocess
import tempfile
from contextlib import closing, suppress
from pathlib import Path
from typing import IO, cast

from django.db import connection
from psycopg2.extensions import make_dsn

# What Debian's programs look at to choose their version, and what nobody may see in a list of
# processes. Everything else that DATABASE_URL says is an argument.
IN_THE_ENVIRONMENT = {
    "host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD",
}  # fmt: skip
NOT_OF_LIBPQ = "cursor_factory"

# The role may own everything in the schema and not the schema, and an extension need not be its
# own either: both stay, and what lies in the schema goes.
EMPTIED = """
SET client_min_messages = warning;
BEGIN;
DO $$
DECLARE
    statement text;
BEGIN
    FOREACH statement IN ARRAY (
        SELECT coalesce(array_agg(format('DROP %s IF EXISTS %s CASCADE', it.type, it.identity)), '{}')
        FROM pg_depend AS lies, pg_identify_object(lies.classid, lies.objid, 0) AS it
        WHERE lies.refclassid = 'pg_namespace'::regclass
            AND lies.refobjid = 'public'::regnamespace
            AND lies.classid IN (
                'pg_class'::regclass, 'pg_proc'::regclass, 'pg_type'::regclass,
                'pg_collation'::regclass, 'pg_operator'::regclass, 'pg_opclass'::regclass,
                'pg_opfamily'::regclass, 'pg_ts_config'::regclass, 'pg_ts_dict'::regclass
            )
            AND NOT EXISTS (
                SELECT FROM pg_depend AS member
                WHERE member.classid = lies.classid AND member.objid = lies.objid
                    AND member.deptype IN ('e', 'i')
            )
    )
    LOOP
        EXECUTE statement;
    END LOOP;
END
$$;
"""


class DatabaseToolError(Exception):
    """A program of PostgreSQL failed; its own words."""


def dump(target: Path) -> None:
    """Write the database as it is at one moment, while others may write on."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(target)) as copy:
            connection.connection.backup(copy)
        return
    with tempfile.TemporaryFile() as said:
        dumping = _start(
            "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}",
            f"--dbname={_database()}", stderr=said,
        )  # fmt: skip
        if dumping.wait():
            raise DatabaseToolError(_read(said))


def load(source: Path) -> None:
    """Replace the whole database by the dumped one, all or nothing."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(source)) as copy:
            copy.backup(connection.connection)
        return
    connection.close()
    with tempfile.TemporaryFile() as said:
        if not _load(source, said):
            raise DatabaseToolError(_read(said))


def is_empty() -> bool:
    """Has the database no tables, or those of a portal in which nobody can sign in?"""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        if "accounts_user" not in tables:
            return not tables
        cursor.execute("SELECT 1 FROM accounts_user LIMIT 1")
        return cursor.fetchone() is None


def _load(source: Path, said) -> bool:
    """Empty the schema and fill it from the dump, in one transaction; false when nothing was done.

    What stands there now goes whether the dump knows it or not: a newer portal's tables may point
    at those that are replaced. The transaction is closed only when the dump was read to its end.
    """
    psql = _start(
        "psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", f"--dbname={_database()}",
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said, bufsize=0,
    )  # fmt: skip
    is_whole = False
    told = cast("IO[bytes]", psql.stdin)
    with psql, suppress(BrokenPipeError):  # psql has given up, and says why
        told.write(EMPTIED.encode())
        restoring = _start(
            "pg_restore", "--no-owner", "--no-privileges", "--no-comments", "--exit-on-error",
            "--file=-", str(source), stdout=told, stderr=said,
        )  # fmt: skip
        if restoring.wait() == 0:
            told.write(b"COMMIT;\n")
            is_whole = True
    return is_whole and psql.returncode == 0


def _database() -> str:
    """Which database, and how it is reached, as libpq is told; but for what is no argument."""
    settings = connection.get_connection_params()
    if "sslpassword" in settings:
        raise DatabaseToolError(
            "DATABASE_URL names sslpassword, which everybody on this machine would see. "
            "Use a key without a password, which only the portal's user may read."
        )
    told = {
        name: str(value)
        for name, value in settings.items()
        if name not in IN_THE_ENVIRONMENT and name != NOT_OF_LIBPQ
    }
    return make_dsn(**told)


def _start(program: str, *arguments: str, **streams) -> subprocess.Popen[bytes]:
    """A program of PostgreSQL for the portal's database. Raises DatabaseToolError."""
    settings = connection.get_connection_params()
    told = {
        variable: str(settings[name])
        for name, variable in IN_THE_ENVIRONMENT.items()
        if settings.get(name)
    }
    try:
        return subprocess.Popen([program, *arguments], env={**os.environ, **told}, **streams)
    except FileNotFoundError as missing:
        raise DatabaseToolError(
            f"{program} is not installed. Install the Debian package postgresql-client."
        ) from missing


def _read(said) -> str:
    said.seek(0)
    return said.read().decode(errors="replace").strip()
