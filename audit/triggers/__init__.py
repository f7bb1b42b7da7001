"""Making the log's triggers, and finding those that lack. All of it may be repeated."""

from types import ModuleType

from django.db.backends.base.base import BaseDatabaseWrapper

from audit.tables import Table, logged_tables
from audit.triggers import postgresql, sqlite

OF_SQLITE = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
OF_POSTGRESQL = (
    "SELECT tgname, relname, '' FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
    "WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') AND pg_table_is_visible(pg_class.oid)"
)
LOGGING = ("_logs_insert", "_logs_update", "_logs_delete")


def dialect(connection: BaseDatabaseWrapper) -> ModuleType:
    """The module that writes this database's SQL."""
    return postgresql if connection.vendor == "postgresql" else sqlite


def wanted(connection: BaseDatabaseWrapper) -> dict[tuple[str, str], str]:
    """The statement of every trigger that there should be, by table and name."""
    written = dialect(connection)
    of_tables = {
        (table.name, name): statement
        for table in logged_tables(connection)
        for name, statement in written.logging(table)
    }
    guards = dict(written.guarding())
    return of_tables | {
        (name.partition("_refuses_")[0], name): statement for name, statement in guards.items()
    }


def existing(connection: BaseDatabaseWrapper) -> dict[tuple[str, str], str]:
    """The statement of every trigger that works, by table and name; PostgreSQL tells only names."""
    with connection.cursor() as cursor:
        cursor.execute(OF_POSTGRESQL if connection.vendor == "postgresql" else OF_SQLITE)
        return {(table, name): statement for name, table, statement in cursor.fetchall()}


def missing(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    """The triggers that lack, are switched off, or say something else, as table and name."""
    there = existing(connection)
    return [
        which
        for which, statement in wanted(connection).items()
        if which not in there or (there[which] and there[which] != statement)
    ]


def install(connection: BaseDatabaseWrapper) -> None:
    """Every trigger anew, in one transaction."""
    there = existing(connection)
    with connection.schema_editor(atomic=True) as editor:
        if connection.vendor == "postgresql":
            for function in postgresql.FUNCTIONS:
                editor.execute(function, params=None)
        for (table, name), statement in wanted(connection).items():
            if (table, name) in there or connection.vendor == "postgresql":
                editor.execute(_dropping(connection, table, name), params=None)
            editor.execute(statement, params=None)


def remove_logging(connection: BaseDatabaseWrapper) -> None:
    """Take away what logs, because SQLite changes no table whose triggers name its columns."""
    with connection.cursor() as cursor:
        for table, name in existing(connection):
            if name.endswith(LOGGING):
                cursor.execute(_dropping(connection, table, name))


def state_of(connection: BaseDatabaseWrapper, table: Table, row: str) -> str:
    """The SQL expression of a row of the table, as the log would write it."""
    expression: str = dialect(connection).state_of(table, row)
    return expression


def _dropping(connection: BaseDatabaseWrapper, table: str, name: str) -> str:
    on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
    return f'DROP TRIGGER IF EXISTS "{name}"{on}'
