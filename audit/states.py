"""The tables held against the log: is every row as its last entry says?"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

from audit import triggers
from audit.tables import Table, logged_tables

LAST = "SELECT max(id) FROM audit_entry WHERE table_name = '{table}' AND row_key = found.row_key"
# A row without an entry, or with another state than its last entry; erased values say nothing.
DIFFERING = (
    "SELECT found.row_key, entry.new AS old, found.state AS new FROM ("
    'SELECT CAST("{key}" AS TEXT) AS row_key, {state} AS state FROM "{table}" AS kept) AS found '
    "LEFT JOIN audit_entry AS entry ON entry.id = (" + LAST + ") "
    "WHERE entry.id IS NULL OR entry.event = '-' "
    "OR (entry.salt IS NOT NULL AND entry.new <> found.state)"
)
# Rows that the log knows of and the table does not.
GONE = (
    "SELECT found.row_key, found.new AS old, CAST(NULL AS TEXT) AS new "
    "FROM audit_entry AS found WHERE found.table_name = '{table}' "
    "AND found.event <> '-' AND found.id = (" + LAST + ") AND NOT EXISTS "
    '(SELECT 1 FROM "{table}" AS kept WHERE CAST(kept."{key}" AS TEXT) = found.row_key)'
)
# The log's entries for what one of these finds, written by the database without being fetched.
NOTED = (
    "INSERT INTO audit_entry (at, table_name, row_key, event, reason, request, old, new, salt) "
    "SELECT {now}, '{table}', noted.row_key, '{event}', 'migrate', '', noted.old, noted.new, {salt} "
    "FROM ({found}) AS noted"
)


@dataclass(frozen=True)
class Difference:
    """A row that is not as the log says. `logged` and `state` are None where there is no row."""

    table: str
    key: str
    logged: str | None
    state: str | None


def differences(connection: BaseDatabaseWrapper) -> Iterator[Difference]:
    """Every row of every logged table that is not as its last entry says."""
    for table in logged_tables(connection):
        yield from _differences(connection, table)


def _differences(connection: BaseDatabaseWrapper, table: Table) -> Iterator[Difference]:
    for statement in _finding(connection, table).values():
        with connection.cursor() as cursor:
            cursor.execute(statement)
            found = cursor.fetchall()
        yield from (Difference(table.name, key, was, now) for key, was, now in found)


def _finding(connection: BaseDatabaseWrapper, table: Table) -> dict[str, str]:
    """What finds the table's differences, by the event that the log notes them as."""
    state = triggers.state_of(connection, table, "kept")
    names = {"table": table.name, "key": table.key, "state": state}
    return {"=": DIFFERING.format(**names), "-": GONE.format(**names)}


def note_differences(connection: BaseDatabaseWrapper) -> int:
    """Write down what a migration changed, or what was there before the log; how many rows."""
    if connection.vendor == "postgresql":
        now, salt = "clock_timestamp()", "gen_random_uuid()::text"
    else:
        now, salt = triggers.sqlite.NOW, triggers.sqlite.SALT
    noted = 0
    with connection.cursor() as cursor:
        for table in logged_tables(connection):
            for event, found in _finding(connection, table).items():
                cursor.execute(
                    NOTED.format(now=now, salt=salt, table=table.name, event=event, found=found)
                )
                noted += cursor.rowcount
    return noted
