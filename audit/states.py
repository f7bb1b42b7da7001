"""The tables held against the log: is every row as its last entry says?"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

from audit import triggers
from audit.tables import Table, logged_tables

LAST = "SELECT max(id) FROM audit_entry WHERE table_name = '{table}' AND row_key = found.row_key"
# A row without an entry, or with another state than its last entry; erased values say nothing.
DIFFERING = (
    "SELECT found.row_key, found.state, entry.new FROM ("
    'SELECT CAST("{key}" AS TEXT) AS row_key, {state} AS state FROM "{table}" AS kept) AS found '
    "LEFT JOIN audit_entry AS entry ON entry.id = (" + LAST + ") "
    "WHERE entry.id IS NULL OR entry.event = '-' "
    "OR (entry.salt IS NOT NULL AND entry.new <> found.state)"
)
# Rows that the log knows of and the table does not.
GONE = (
    "SELECT found.row_key, found.new FROM audit_entry AS found WHERE found.table_name = '{table}' "
    "AND found.event <> '-' AND found.id = (" + LAST + ") AND NOT EXISTS "
    '(SELECT 1 FROM "{table}" AS kept WHERE CAST(kept."{key}" AS TEXT) = found.row_key)'
)
FOUND = (
    "INSERT INTO audit_entry (at, table_name, row_key, event, reason, request, old, new, salt) "
    "VALUES ({now}, %s, %s, %s, 'migrate', '', %s, %s, {salt})"
)


@dataclass(frozen=True)
class Difference:
    """A row that is not as the log says. `logged` and `state` are None where there is no row."""

    table: str
    key: str
    logged: str | None
    state: str | None

    @property
    def event(self) -> str:
        """How the log notes it when it was a migration that made it."""
        return "=" if self.state is not None else "-"


def differences(connection: BaseDatabaseWrapper) -> Iterator[Difference]:
    """Every row of every logged table that is not as its last entry says."""
    for table in logged_tables(connection):
        yield from _differences(connection, table)


def _differences(connection: BaseDatabaseWrapper, table: Table) -> Iterator[Difference]:
    state = triggers.state_of(connection, table, "kept")
    names = {"table": table.name, "key": table.key, "state": state}
    with connection.cursor() as cursor:
        cursor.execute(DIFFERING.format(**names))
        found = [Difference(table.name, key, was, now) for key, now, was in cursor.fetchall()]
        cursor.execute(GONE.format(**names))
        gone = [Difference(table.name, key, was, None) for key, was in cursor.fetchall()]
    yield from found
    yield from gone


def note_differences(connection: BaseDatabaseWrapper) -> int:
    """Write down what a migration changed, or what was there before the log; how many rows."""
    found = list(differences(connection))
    if connection.vendor == "postgresql":
        now, salt = "clock_timestamp()", "gen_random_uuid()::text"
    else:
        now, salt = triggers.sqlite.NOW, triggers.sqlite.SALT
    rows = [(row.table, row.key, row.event, row.logged, row.state) for row in found]
    with connection.cursor() as cursor:
        cursor.executemany(FOUND.format(now=now, salt=salt), rows)
    return len(rows)
