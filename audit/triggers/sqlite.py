"""The triggers in SQLite: three to a table, written out with its columns.

`audit_says` is a function of the connection (see audit/connections.py). A program that opens the
file without it can read everything and change nothing that is logged.
"""

from collections.abc import Iterator

from audit.tables import MASKED, Table

NOW = "strftime('%Y-%m-%d %H:%M:%f', 'now')"
SALT = "lower(hex(randomblob(16)))"
EVENTS = {"INSERT": ("+", "NEW"), "UPDATE": ("~", "NEW"), "DELETE": ("-", "OLD")}


def state_of(table: Table, row: str) -> str:
    """The SQL expression of a row as JSON text."""
    values = (f"'{column}', {_value(table, column, row)}" for column in table.columns)
    return f"json_object({', '.join(values)})"


def _value(table: Table, column: str, row: str) -> str:
    quoted = f'{row}."{column}"'
    if column in table.masked:
        return f"'{MASKED}'"
    return f"CASE typeof({quoted}) WHEN 'blob' THEN hex({quoted}) ELSE {quoted} END"


def logging(table: Table) -> Iterator[tuple[str, str]]:
    """Each trigger that logs, by its name."""
    for event, (mark, row) in EVENTS.items():
        name = f"{table.name}_logs_{event.lower()}"
        key = f'CAST({row}."{table.key}" AS TEXT)'
        says = (f"audit_says('{x}', '{table.name}', {key})" for x in ("actor_id", "actor"))
        words = (f"audit_says('{x}', '{table.name}', {key})" for x in ("reason", "request"))
        old = "NULL" if event == "INSERT" else state_of(table, "OLD")
        new = "NULL" if event == "DELETE" else state_of(table, "NEW")
        when = f"WHEN {_differs(table)} " if event == "UPDATE" else ""
        yield (
            name,
            (
                f'CREATE TRIGGER "{name}" AFTER {event} ON "{table.name}" {when}BEGIN '
                "INSERT INTO audit_entry (at, table_name, row_key, event, actor_id, actor, reason, "
                f"request, old, new, salt) VALUES ({NOW}, '{table.name}', {key}, '{mark}', "
                f"{', '.join(says)}, {', '.join(words)}, {old}, {new}, {SALT}); END"
            ),
        )


def _differs(table: Table) -> str:
    changed = (f'OLD."{column}" IS NOT NEW."{column}"' for column in table.columns)
    return f"({' OR '.join(changed)})"


SENTENCE = "The log is only added to"
ERASED = (
    "NEW.old IS NULL AND NEW.new IS NULL AND NEW.salt IS NULL "
    "AND EXISTS (SELECT 1 FROM audit_erasure WHERE entry_id = OLD.id)"
)
KEPT = ("id", "at", "table_name", "row_key", "event", "actor_id", "actor", "reason", "request")


def guarding() -> Iterator[tuple[str, str]]:
    """Each trigger that refuses a change to the log itself, by its name."""
    unchanged = " AND ".join(f"OLD.{column} IS NEW.{column}" for column in KEPT)
    for table in ("audit_entry", "audit_seal", "audit_erasure"):
        for event in ("UPDATE", "DELETE"):
            erasing = table == "audit_entry" and event == "UPDATE"
            when = f"WHEN NOT ({ERASED} AND {unchanged}) " if erasing else ""
            name = f"{table}_refuses_{event.lower()}"
            yield (
                name,
                (
                    f"CREATE TRIGGER {name} BEFORE {event} ON {table} {when}"
                    f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
                ),
            )
