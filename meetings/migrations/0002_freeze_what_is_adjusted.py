"""What is adjusted does not change: neither the § and all under it, nor what was issued.

A later migration that rebuilds one of these tables on SQLite drops the table's triggers with it and
must run `freeze` again; `tests/meetings/test_frozen.py` notices when it does not.
"""

from django.db import migrations

ADJUSTED = "The minutes are adjusted and not changed"
ISSUED = "What was issued is not changed"
MISPLACED = "An item belongs to the committee and the year of its meeting"
ADJUSTED_ITEM = "(SELECT minutes_id FROM meetings_agendaitem WHERE id = {item}) IS NOT NULL"
OF_VOTE = "(SELECT item_id FROM meetings_vote WHERE id = {row}.vote_id)"
OF_DECISION = "(SELECT item_id FROM meetings_decision WHERE id = {row}.decision_id)"
CHILDREN = {
    "itemagreement": "{row}.item_id",
    "motion": "{row}.item_id",
    "reservation": "{row}.item_id",
    "protocolnote": "{row}.item_id",
    "abstention": "{row}.item_id",
    "recusal": "{row}.item_id",
    "vote": "{row}.item_id",
    "decision": "{row}.item_id",
    "ballot": OF_VOTE,
    "decisionpoint": OF_DECISION,
    "decisioneffect": OF_DECISION,
    "decisioncondition": OF_DECISION,
    "decisionrecipient": OF_DECISION,
}
# What may still change of a row once it is adjusted is everything but these columns.
SAYS = {
    "decisioncondition": ("decision_id", "position", "text", "check_on"),
    "decisionrecipient": ("decision_id", "position", "function", "name"),
}
ROWS = {"INSERT": ["NEW"], "UPDATE": ["OLD", "NEW"], "DELETE": ["OLD"]}


def triggers(vendor):
    """Each trigger's table, event, condition and sentence."""
    differs = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
    for event in ("UPDATE", "DELETE"):
        yield "meetings_meeting", event, "OLD.state = 'adjusted'", ADJUSTED
        yield "meetings_agendaitem", event, "OLD.minutes_id IS NOT NULL", ADJUSTED
        for table in ("minutes", "extract", "agenda"):
            yield f"meetings_{table}", event, "1 = 1", ISSUED
    state = "(SELECT state FROM meetings_meeting WHERE id = {row}.meeting_id) = 'adjusted'"
    yield "meetings_agendaitem", "INSERT", state.format(row="NEW"), ADJUSTED
    for event, sides in ROWS.items():
        yield (
            "meetings_attendee",
            event,
            " OR ".join(state.format(row=row) for row in sides),
            ADJUSTED,
        )
        for table, item in CHILDREN.items():
            condition = " OR ".join(
                ADJUSTED_ITEM.format(item=item.format(row=row)) for row in sides
            )
            if event == "UPDATE" and table in SAYS:
                changed = " OR ".join(f"OLD.{c} {differs} NEW.{c}" for c in SAYS[table])
                condition = f"({condition}) AND ({changed})"
            yield f"meetings_{table}", event, condition, ADJUSTED


def in_its_place(vendor):
    """The columns by which a § is unique are those of the meeting."""
    year = (
        "EXTRACT(YEAR FROM held_on)"
        if vendor == "postgresql"
        else "CAST(strftime('%Y', held_on) AS INTEGER)"
    )
    meeting = "FROM meetings_meeting WHERE id = NEW.meeting_id"
    condition = (
        f"NEW.committee_id <> (SELECT committee_id {meeting}) "
        f"OR NEW.year <> (SELECT {year} {meeting})"
    )
    for event in ("INSERT", "UPDATE"):
        name = f"meetings_agendaitem_{event.lower()}_in_its_place"
        yield name, "meetings_agendaitem", event, condition, MISPLACED


def all_triggers(vendor):
    """Name, table, event, condition and sentence of each."""
    for table, event, condition, sentence in triggers(vendor):
        yield f"{table}_refuses_{event.lower()}", table, event, condition, sentence
    yield from in_its_place(vendor)


def freeze(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for trigger in all_triggers(vendor):
        for statement in statements(vendor, *trigger):
            schema_editor.execute(statement, params=None)


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
    dependencies = [("meetings", "0001_initial")]
    operations = [migrations.RunPython(freeze, thaw, elidable=False)]
