"""What was submitted leaves the memo's row, and the database freezes it.

While a memo is not a draft, its row and parts say what they said; a version is never changed. A
later migration that rebuilds one of these tables on SQLite (a new column with a default, a removed
one) cannot do it while the triggers are there: it runs `thaw` first and `freeze` last, as the next
one does. `tests/memos/test_frozen.py` notices when the triggers are gone.
"""

from django.db import migrations

NOT_WRITTEN = "The memo is not a draft and is not changed"
NEVER = "A submitted version is not changed"
UNSUBMITTED = "A submitted memo has a version"
SAYS = (
    "committee_id",
    "agreement_id",
    "revision_id",
    "template_id",
    "title",
    "diary_number",
    "dated_on",
    "office_id",
    "union_consultation",
    "union_consulted_on",
    "created_by_id",
    "created_at",
)
PARTS = (
    "memosection",
    "proposalpoint",
    "decisionbasis",
    "consultation",
    "recipient",
    "signatory",
    "interpellation",
    "interpellationquestion",
)
PREPARING = "('draft', 'review', 'approved')"


def triggers(differs):
    """Each trigger's table, event, condition and sentence."""
    changed = " OR ".join(f"OLD.{column} {differs} NEW.{column}" for column in SAYS)
    yield "memos_memo", "UPDATE", f"OLD.state <> 'draft' AND ({changed})", NOT_WRITTEN
    yield "memos_memo", "DELETE", "OLD.state <> 'draft'", NOT_WRITTEN
    state = "(SELECT state FROM memos_memo WHERE id = {row}.memo_id) <> 'draft'"
    rows = {"INSERT": ["NEW"], "UPDATE": ["OLD", "NEW"], "DELETE": ["OLD"]}
    for part in PARTS:
        for event, sides in rows.items():
            condition = " OR ".join(state.format(row=row) for row in sides)
            yield f"memos_{part}", event, condition, NOT_WRITTEN
    for event in ("UPDATE", "DELETE"):
        yield "memos_memoversion", event, "1 = 1", NEVER
    yield "memos_memostep", "UPDATE", "1 = 1", NEVER


def has_a_version():
    """Beyond preparation there is something that was submitted."""
    kept = "SELECT 1 FROM memos_memoversion WHERE memo_id = NEW.id"
    for event in ("INSERT", "UPDATE"):
        yield (
            f"memos_memo_{event.lower()}_needs_version",
            "memos_memo",
            event,
            f"NEW.state NOT IN {PREPARING} AND NOT EXISTS ({kept})",
            UNSUBMITTED,
        )


def all_triggers(vendor):
    """Name, table, event, condition and sentence of each."""
    differs = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
    for table, event, condition, sentence in triggers(differs):
        yield f"{table}_refuses_{event.lower()}", table, event, condition, sentence
    yield from has_a_version()


def freeze(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for trigger in all_triggers(vendor):
        for statement in statements(vendor, *trigger):
            schema_editor.execute(statement)


def statements(vendor, name, table, event, condition, sentence):
    """PostgreSQL takes no query in a trigger's WHEN, so each has a function of its own."""
    if vendor != "postgresql":
        yield f"DROP TRIGGER IF EXISTS {name}"
        yield (
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        )
        return
    yield (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {condition} THEN RAISE EXCEPTION '{sentence}' USING ERRCODE = 'check_violation'; END IF; "
        f"RETURN {'OLD' if event == 'DELETE' else 'NEW'}; END $$"
    )
    yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
    yield f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"


def thaw(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for name, table, *_rest in all_triggers(vendor):
        if vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}()")
        else:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")


class Migration(migrations.Migration):
    dependencies = [("memos", "0004_move_submitted_to_versions")]
    operations = [
        migrations.RemoveConstraint(
            model_name="memo",
            name="submitted_memo_keeps_its_pdf",
        ),
        migrations.RemoveField(
            model_name="historicalmemo",
            name="pdf",
        ),
        migrations.RemoveField(
            model_name="historicalmemo",
            name="pdf_sha256",
        ),
        migrations.RemoveField(
            model_name="historicalmemo",
            name="submitted_at",
        ),
        migrations.RemoveField(
            model_name="historicalmemo",
            name="submitted_by",
        ),
        migrations.RemoveField(
            model_name="memo",
            name="pdf",
        ),
        migrations.RemoveField(
            model_name="memo",
            name="pdf_sha256",
        ),
        migrations.RemoveField(
            model_name="memo",
            name="submitted_at",
        ),
        migrations.RemoveField(
            model_name="memo",
            name="submitted_by",
        ),
        migrations.RunPython(freeze, thaw),
    ]
