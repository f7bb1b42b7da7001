"""The database itself keeps what a source said, imports that are done, and municipalities apart.

A later migration that rebuilds one of these tables on SQLite drops the table's triggers with it and
must run `freeze` again; `tests/payments/test_frozen.py` notices when it does not.
"""

from django.db import migrations

# What may change of a payment is its matching; `search_key` follows from what may not.
FROZEN = (
    "municipality_id", "source_id", "batch_id", "row_number", "external_key", "paid_on", "direction",
    "amount", "account", "project", "voucher", "reference", "reversed_key", "payee_name",
    "payee_number", "text",
)  # fmt: skip
MUNICIPALITY_OF_AGREEMENT = (
    "SELECT committee.municipality_id FROM agreements_agreement agreement "
    "JOIN organisations_committee committee ON committee.id = agreement.committee_id "
    "WHERE agreement.id = NEW.agreement_id"
)
IS_ELSEWHERE = (
    f"NEW.agreement_id IS NOT NULL AND ({MUNICIPALITY_OF_AGREEMENT}) <> NEW.municipality_id"
)
STAYS = "A payment is not changed; it is put right by a new row"
HOME = "A payment stays with agreements of its municipality"
DONE = "An import that is done is not changed"


def triggers(differs):
    """Each trigger's table, event, name, condition and sentence; `differs` compares with nulls."""
    changed = " OR ".join(f"OLD.{name} {differs} NEW.{name}" for name in FROZEN)
    is_done = "OLD.state = 'imported'"
    for event, name, condition, sentence in (
        ("UPDATE", "stays", changed, STAYS),
        ("DELETE", "is_kept", "1 = 1", STAYS),
        ("INSERT", "comes_home", IS_ELSEWHERE, HOME),
        ("UPDATE", "remains_home", IS_ELSEWHERE, HOME),
    ):
        yield "payments_payment", event, f"payments_payment_{name}", condition, sentence
    for event in ("UPDATE", "DELETE"):
        name = f"payments_importbatch_refuses_{event.lower()}"
        yield "payments_importbatch", event, name, is_done, DONE


def freeze(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for trigger in triggers("IS DISTINCT FROM"):
            for statement in postgresql_trigger(*trigger):
                schema_editor.execute(statement)
        return
    for table, event, name, condition, sentence in triggers("IS NOT"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")
        schema_editor.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        )


def postgresql_trigger(table, event, name, condition, sentence):
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
    for table, _event, name, _condition, _sentence in triggers("IS NOT"):
        if postgresql:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}()")
        else:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0001_initial"),
        ("agreements", "0005_freeze_again"),
        ("organisations", "0002_units_and_population"),
    ]
    operations = [migrations.RunPython(freeze, thaw)]
