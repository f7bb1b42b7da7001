"""The triggers in PostgreSQL: one function for all tables, so that new columns need nothing."""

from collections.abc import Iterator

from audit.tables import MASKED, Table
from audit.triggers.sqlite import ERASED, KEPT, SENTENCE

# Times are written in UTC whatever zone the session is in: the text is what is hashed.
LOG = """
CREATE OR REPLACE FUNCTION audit_log() RETURNS trigger LANGUAGE plpgsql SET timezone TO 'UTC' AS $$
DECLARE
    told jsonb := coalesce(nullif(current_setting('audit.scope', true), ''), '{}')::jsonb;
    masks jsonb := TG_ARGV[1]::jsonb;
    was jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) || masks END;
    became jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) || masks END;
    identity text := coalesce(became, was) ->> TG_ARGV[0];
    noted jsonb := told -> 'notes' -> TG_TABLE_NAME;
    speaker jsonb := told;
BEGIN
    IF noted ->> 'key' IN ('', identity) THEN speaker := noted; END IF;
    INSERT INTO audit_entry
        (at, table_name, row_key, event, actor_id, actor, reason, request, old, new, salt)
    VALUES (
        clock_timestamp(), TG_TABLE_NAME, identity,
        CASE TG_OP WHEN 'INSERT' THEN '+' WHEN 'UPDATE' THEN '~' ELSE '-' END,
        speaker ->> 'actor_id', speaker ->> 'actor', coalesce(speaker ->> 'reason', ''),
        coalesce(told ->> 'request', ''), was::text, became::text, gen_random_uuid()::text
    );
    RETURN NULL;
END $$
"""
REFUSE = f"""
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'check_violation'; END $$
"""
UNCHANGED = " AND ".join(f"OLD.{column} IS NOT DISTINCT FROM NEW.{column}" for column in KEPT)
REFUSE_UPDATE = f"""
CREATE OR REPLACE FUNCTION audit_refuse_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {ERASED} AND {UNCHANGED} THEN RETURN NEW; END IF;
    RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'check_violation';
END $$
"""
FUNCTIONS = (LOG, REFUSE, REFUSE_UPDATE)


def masks_of(table: Table) -> str:
    """What stands in the log for the columns that are kept from it, as JSON."""
    return "{" + ", ".join(f'"{column}": "{MASKED}"' for column in table.masked) + "}"


def state_of(table: Table, row: str) -> str:
    """The SQL expression of a row as JSON text, the same as the trigger's."""
    return f"(to_jsonb({row}) || '{masks_of(table)}'::jsonb)::text"


def logging(table: Table) -> Iterator[tuple[str, str]]:
    """Each trigger that logs, or refuses what no trigger can log, by its name."""
    log = f"FOR EACH ROW %s EXECUTE FUNCTION audit_log('{table.key}', '{masks_of(table)}')"
    for event in ("INSERT", "UPDATE", "DELETE"):
        name = f"{table.name}_logs_{event.lower()}"
        when = "WHEN (OLD.* IS DISTINCT FROM NEW.*)" if event == "UPDATE" else ""
        yield name, f'CREATE TRIGGER "{name}" AFTER {event} ON "{table.name}" {log % when}'
    name = f"{table.name}_refuses_truncate"
    yield name, _refusal(name, "TRUNCATE", table.name, "STATEMENT", "audit_refuse")


def guarding() -> Iterator[tuple[str, str]]:
    """Each trigger that refuses a change to the log itself, by its name."""
    for table in ("audit_entry", "audit_seal", "audit_erasure"):
        for event in ("UPDATE", "DELETE", "TRUNCATE"):
            erasing = table == "audit_entry" and event == "UPDATE"
            function = "audit_refuse_update" if erasing else "audit_refuse"
            level = "STATEMENT" if event == "TRUNCATE" else "ROW"
            name = f"{table}_refuses_{event.lower()}"
            yield name, _refusal(name, event, table, level, function)


def _refusal(name: str, event: str, table: str, level: str, function: str) -> str:
    return (
        f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" '
        f"FOR EACH {level} EXECUTE FUNCTION {function}()"
    )
