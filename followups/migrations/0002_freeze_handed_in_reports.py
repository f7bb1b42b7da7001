"""The database itself keeps what was handed in, decided and done with a report.

A later migration that rebuilds one of these tables on SQLite drops the table's triggers with it and
must run `freeze` again; `tests/followups/test_frozen.py` notices when it does not.
"""

from django.db import migrations

STATE = "(SELECT state FROM followups_followupreport WHERE id = {row}.report_id)"
IS_CLOSED = STATE + " NOT IN ('draft', 'returned')"
FILES_ARE_CLOSED = STATE + " NOT IN ('draft', 'returned', 'received')"
IS_KEPT = "1 = 1"
ALL = ("INSERT", "UPDATE", "DELETE")
# table: (sentence, [(condition of a row, events)])
TABLES = {
    "followups_followupreport": (
        "A decided report is not changed",
        [
            ("{row}.state IN ('approved', 'not_approved')", ("UPDATE",)),
            ("{row}.state <> 'draft'", ("DELETE",)),
        ],
    ),
    "followups_reportversion": ("A handed in version is not changed", [(IS_KEPT, ALL[1:])]),
    "followups_reportevent": ("What was done with a report is not changed", [(IS_KEPT, ALL[1:])]),
    "followups_indicatorvalue": ("A handed in report is not changed", [(IS_CLOSED, ALL)]),
    "followups_narrativeanswer": ("A handed in report is not changed", [(IS_CLOSED, ALL)]),
    "followups_fundsuse": ("A handed in report is not changed", [(IS_CLOSED, ALL)]),
    "followups_attachment": ("A handed in report is not changed", [(FILES_ARE_CLOSED, ALL)]),
}


def triggers():
    """Each trigger's name, table, event, condition and sentence."""
    for table, (sentence, rules) in TABLES.items():
        for condition, events in rules:
            for event in events:
                rows = {"INSERT": ["NEW"], "DELETE": ["OLD"], "UPDATE": ["OLD", "NEW"]}[event]
                if table == "followups_followupreport":
                    rows = ["OLD"]
                written = " OR ".join(f"({condition.format(row=row)})" for row in rows)
                yield f"{table}_refuses_{event.lower()}", table, event, written, sentence


def freeze(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for name, table, event, condition, sentence in triggers():
        if postgresql:
            for statement in postgresql_trigger(name, table, event, condition, sentence):
                schema_editor.execute(statement)
        else:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {condition} "
                f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
            )


def postgresql_trigger(name, table, event, condition, sentence):
    """PostgreSQL takes no query in a trigger's WHEN, so each has a function of its own."""
    yield (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {condition} THEN RAISE EXCEPTION '{sentence}' USING ERRCODE = 'check_violation'; END IF; "
        f"RETURN {'OLD' if event == 'DELETE' else 'NEW'}; END $$"
    )
    yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
    yield f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"


def thaw(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for name, table, _event, _condition, _sentence in triggers():
        if postgresql:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}()")
        else:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")


class Migration(migrations.Migration):
    dependencies = [("followups", "0001_initial")]
    operations = [migrations.RunPython(freeze, thaw)]
