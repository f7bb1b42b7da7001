"""The demo, loaded once by each worker and put back for every further test that wants it.

Loading takes seconds and putting back a moment. What is put back are the tables as they were, with
the log of changes and the history, and the stored files.
"""

import io
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

LONGEST_STATEMENT = 400  # rows


@dataclass
class Kept:
    """What was in each table, as SQL or as PostgreSQL's own text, and the folder with the files."""

    tables: dict[str, list[str]]
    files: TemporaryDirectory


_kept: list[Kept] = []


def load_demo():
    """The database and the files as `load_demo` leaves them."""
    if _kept:
        _put_back(_kept[0])
        return
    call_command("load_demo", verbosity=0)
    files = TemporaryDirectory(prefix="portal-demo-")
    _copy_files(Path(settings.MEDIA_ROOT), Path(files.name))
    _kept.append(Kept({table: _rows_of(table) for table in _tables()}, files))


def _tables():
    tables = connection.introspection.table_names()
    return [*tables, "sqlite_sequence"] if connection.vendor == "sqlite" else tables


def _copy_files(source, target):
    if source.exists():
        shutil.copytree(source, target, dirs_exist_ok=True)


def _rows_of(table):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            text = io.StringIO()
            cursor.copy_expert(f'COPY "{table}" TO STDOUT', text)
            return [text.getvalue()]
        cursor.execute(f'SELECT * FROM "{table}" LIMIT 0')
        names = [f'"{column[0]}"' for column in cursor.description]
        cursor.execute(f'SELECT {", ".join(f"quote({name})" for name in names)} FROM "{table}"')
        rows = [f"({', '.join(row)})" for row in cursor.fetchall()]
    starts = range(0, len(rows), LONGEST_STATEMENT)
    values = (", ".join(rows[at : at + LONGEST_STATEMENT]) for at in starts)
    into = f'INSERT INTO "{table}" ({", ".join(names)})'  # a rebuilt table has another order
    return [f"{into} VALUES {several}" for several in values]


@transaction.atomic
def _put_back(kept):
    _copy_files(Path(kept.files.name), Path(settings.MEDIA_ROOT))
    with connection.cursor() as cursor, _triggers_off(cursor):
        for table in kept.tables:
            cursor.execute(f'DELETE FROM "{table}"')
        for table, pieces in kept.tables.items():
            for piece in pieces:
                if connection.vendor == "postgresql":
                    cursor.copy_expert(f'COPY "{table}" FROM STDIN', io.StringIO(piece))
                else:
                    cursor.connection.execute(piece)  # past Django, which would look for parameters
        if connection.vendor == "postgresql":
            _set_sequences(cursor)


@contextmanager
def _triggers_off(cursor):
    if connection.vendor == "postgresql":
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET session_replication_role = replica")
        yield
        cursor.execute("SET session_replication_role = origin")
        return
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    triggers = cursor.fetchall()
    for name, _sql in triggers:
        cursor.execute(f'DROP TRIGGER "{name}"')
    yield
    for _name, sql in triggers:
        cursor.connection.execute(sql)


def _set_sequences(cursor):
    cursor.execute(
        "SELECT format('SELECT setval(%L, greatest((SELECT max(%I) FROM %I), 1))',"
        " pg_get_serial_sequence(quote_ident(table_name), column_name), column_name, table_name)"
        " FROM information_schema.columns WHERE is_identity = 'YES' AND table_schema = 'public'"
    )
    for (statement,) in cursor.fetchall():
        cursor.execute(statement)
