"""Triggers by which the database itself refuses to change what is issued, confirmed or in use.

A migration lists what is refused and runs `freezing(...)`. SQLite drops a table's triggers when a
later migration rebuilds the table; such a migration must freeze again, and the app's tests notice
when it does not.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import migrations

EVERY_CHANGE = ("INSERT", "UPDATE", "DELETE")
OF_PARENT = "EXISTS (SELECT 1 FROM {parent} WHERE id = {row}.{key} AND {moment} IS NOT NULL)"
ROWS = {"INSERT": ("NEW",), "DELETE": ("OLD",), "UPDATE": ("OLD", "NEW")}


@dataclass(frozen=True)
class Frozen:
    """A table, and the SQL condition on which a change of one of its rows is refused.

    `{row}` in the condition is the row as it was or as it would be; one of the two suffices.
    `{old}` is for conditions on the row as it was, and needs no other.
    """

    table: str
    condition: str
    events: tuple[str, ...] = EVERY_CHANGE

    def triggers(self) -> Iterable[tuple[str, str, str]]:
        """Each trigger's name, event and condition."""
        for event in self.events:
            rows = ROWS[event] if "{row}" in self.condition else ("OLD",)
            conditions = [self.condition.format(row=row, old="OLD") for row in rows]
            yield f"{self.table}_refuses_{event.lower()}", event, f"({') OR ('.join(conditions)})"


def issued(moment: str) -> str:
    """The condition that the row itself had its moment, such as `confirmed_at`."""
    return f"{{old}}.{moment} IS NOT NULL"


def belongs_to_issued(parent: str, key: str, moment: str) -> str:
    """The condition that the row's parent had its moment."""
    names = {"parent": parent, "key": key, "moment": moment, "row": "{row}"}
    return OF_PARENT.format(**names)


def freezing(sentence: str, tables: Iterable[Frozen]) -> migrations.RunPython:
    """The operation that makes the triggers, and takes them away when it is undone."""
    triggers = [(frozen.table, *trigger) for frozen in tables for trigger in frozen.triggers()]

    def freeze(apps, schema_editor):
        thaw(apps, schema_editor)
        make = _make_on.get(schema_editor.connection.vendor, _make_on_sqlite)
        for table, name, event, condition in triggers:
            for statement in make(table, name, event, condition, sentence):
                schema_editor.execute(statement)

    def thaw(apps, schema_editor):
        drop = _drop_on.get(schema_editor.connection.vendor, _drop_on_sqlite)
        for table, name, _event, _condition in triggers:
            for statement in drop(table, name):
                schema_editor.execute(statement)

    return migrations.RunPython(freeze, thaw)


def _make_on_sqlite(table: str, name: str, event: str, condition: str, sentence: str):
    yield (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
    )


def _make_on_postgresql(table: str, name: str, event: str, condition: str, sentence: str):
    """PostgreSQL takes no query in a trigger's WHEN, so each has a function of its own."""
    returned = "OLD" if event == "DELETE" else "NEW"
    yield (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {condition} THEN RAISE EXCEPTION '{sentence}' USING ERRCODE = 'check_violation'; "
        f"END IF; RETURN {returned}; END $$"
    )
    yield f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"


def _drop_on_sqlite(table: str, name: str):
    yield f"DROP TRIGGER IF EXISTS {name}"


def _drop_on_postgresql(table: str, name: str):
    yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
    yield f"DROP FUNCTION IF EXISTS {name}()"


_make_on = {"postgresql": _make_on_postgresql}
_drop_on = {"postgresql": _drop_on_postgresql}
