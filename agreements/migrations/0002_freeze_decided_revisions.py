"""The database itself refuses to change a decided revision, its contributions or its totals.

A later migration that rebuilds one of these tables on SQLite drops the table's triggers with it and
must run `freeze` again; `tests/agreements/test_frozen.py` notices when it does not.
"""

from django.db import migrations

SENTENCE = "A decided revision is not changed"
OF_REVISION = "SELECT decided_at FROM agreements_revision WHERE id = {row}.revision_id"
OF_CONTRIBUTION = (
    "SELECT decided_at FROM agreements_revision WHERE id = "
    "(SELECT revision_id FROM agreements_contribution WHERE id = {row}.contribution_id)"
)
# table: (when it was decided, what is refused); a revision may come in as decided.
TABLES = {
    "agreements_revision": ("SELECT {row}.decided_at", ("UPDATE", "DELETE")),
    "agreements_contribution": (OF_REVISION, ("INSERT", "UPDATE", "DELETE")),
    "agreements_statedtotal": (OF_REVISION, ("INSERT", "UPDATE", "DELETE")),
    "agreements_calculationpart": (OF_CONTRIBUTION, ("INSERT", "UPDATE", "DELETE")),
}


def triggers():
    """Each trigger's name, table, event and condition."""
    for table, (decided, events) in TABLES.items():
        for event in events:
            rows = {"INSERT": ["NEW"], "DELETE": ["OLD"], "UPDATE": ["OLD", "NEW"]}[event]
            if table == "agreements_revision":
                rows = ["OLD"]
            condition = " OR ".join(f"({decided.format(row=row)}) IS NOT NULL" for row in rows)
            yield f"{table}_refuses_{event.lower()}", table, event, condition


def freeze(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for name, table, event, condition in triggers():
        if postgresql:
            for statement in postgresql_trigger(name, table, event, condition):
                schema_editor.execute(statement)
        else:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {condition} "
                f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
            )


def postgresql_trigger(name, table, event, condition):
    """PostgreSQL takes no query in a trigger's WHEN, so each has a function of its own."""
    yield (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {condition} THEN RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'check_violation'; END IF; "
        f"RETURN {'OLD' if event == 'DELETE' else 'NEW'}; END $$"
    )
    yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
    yield f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"


def thaw(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for name, table, _event, _condition in triggers():
        if postgresql:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}()")
        else:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")


class Migration(migrations.Migration):
    dependencies = [("agreements", "0001_initial")]
    operations = [migrations.RunPython(freeze, thaw)]
