"""The way back after an upgrade on PostgreSQL, and how its programs are told where the database is."""

import os
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from psycopg2.extensions import parse_dsn

from agreements.models import Agreement
from operations import databases
from tests.agreements.factories import AgreementFactory
from tests.operations.test_backup import all_rows

OF_POSTGRESQL = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite's file is replaced as a whole"
)
NEWER = """
CREATE TABLE newer_pointing (id int PRIMARY KEY, agreement_id bigint REFERENCES agreements_agreement);
CREATE TABLE newer_alone (id serial PRIMARY KEY, word text);
CREATE VIEW newer_view AS SELECT id FROM agreements_agreement;
CREATE TYPE newer_mood AS ENUM ('good');
CREATE FUNCTION newer_function(newer_mood) RETURNS int LANGUAGE sql AS 'SELECT 1';
INSERT INTO newer_pointing SELECT 1, min(id) FROM agreements_agreement;
"""


def run(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def newer_things():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relname LIKE 'newer%'"
            " UNION SELECT proname FROM pg_proc WHERE proname LIKE 'newer%'"
            " UNION SELECT typname FROM pg_type WHERE typname LIKE 'newer%'"
        )
        return [name for (name,) in cursor.fetchall()]


@pytest.fixture
def archive(tmp_path):
    AgreementFactory(name="Från förr")
    path = tmp_path / "backup.tar"
    call_command("backup", path, verbosity=0)
    return path


@pytest.fixture
def _as_an_ordinary_owner(archive):
    """The database belongs to a role without other rights; its extension to the superuser."""
    name = connection.settings_dict["NAME"]
    run(
        "DROP ROLE IF EXISTS ordinary",
        "CREATE ROLE ordinary LOGIN NOSUPERUSER",
        f'ALTER DATABASE "{name}" OWNER TO ordinary',
        "DO $$ DECLARE one text; BEGIN FOR one IN SELECT tablename FROM pg_tables"
        " WHERE schemaname = 'public' LOOP"
        " EXECUTE format('ALTER TABLE public.%I OWNER TO ordinary', one); END LOOP; FOR one IN"
        " SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND oid"
        " NOT IN (SELECT objid FROM pg_depend WHERE deptype = 'e') LOOP"
        " EXECUTE format('ALTER FUNCTION %s OWNER TO ordinary', one); END LOOP; END $$",
    )
    connection.close()
    user, connection.settings_dict["USER"] = connection.settings_dict["USER"], "ordinary"
    yield
    connection.close()
    connection.settings_dict["USER"] = user
    run(
        f'ALTER DATABASE "{name}" OWNER TO CURRENT_USER',
        "REASSIGN OWNED BY ordinary TO CURRENT_USER",
        "DROP OWNED BY ordinary",
        "DROP ROLE ordinary",
    )


def the_way_back(archive):
    """Restore over a portal in which a newer version has made things of its own."""
    rows = all_rows()
    run(NEWER)
    assert newer_things()

    call_command("restore", archive, replace=True, verbosity=0)

    assert newer_things() == []
    assert all_rows() == rows
    call_command("migrate", verbosity=0)


@OF_POSTGRESQL
@pytest.mark.django_db(transaction=True)
def test_what_a_newer_portal_made_is_gone_after_a_restore(archive):
    the_way_back(archive)


@OF_POSTGRESQL
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_as_an_ordinary_owner")
def test_a_role_that_owns_the_database_and_not_its_extension_can_restore(archive):
    the_way_back(archive)


@OF_POSTGRESQL
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("fault", ["a dump that is cut off", "a schema that stays"])
def test_a_restore_that_fails_changes_nothing(archive, tmp_path, fault):
    Agreement.objects.update(name="Som det var")
    dumped = tmp_path / "dumped"
    databases.dump(dumped)
    if fault == "a dump that is cut off":
        dumped.write_bytes(dumped.read_bytes()[: dumped.stat().st_size * 9 // 10])
    else:
        run("CREATE SCHEMA another", "CREATE TABLE another.its_own (id int)")
        databases.dump(dumped)
    Agreement.objects.update(name="Efter")
    rows = all_rows()

    with pytest.raises(databases.DatabaseToolError):
        databases.load(dumped)

    run("DROP SCHEMA IF EXISTS another CASCADE")
    assert all_rows() == rows


@OF_POSTGRESQL
@pytest.mark.django_db(transaction=True)
def test_a_database_with_the_tables_of_another_program_is_not_empty(archive):
    run("ALTER TABLE accounts_user RENAME TO accounts_somebody")
    try:
        with pytest.raises(CommandError, match="--replace"):
            call_command("restore", archive, verbosity=0)
    finally:
        run("ALTER TABLE accounts_somebody RENAME TO accounts_user")


def told(monkeypatch, **settings):
    """The arguments and the environment that a program is started with."""
    started = []
    monkeypatch.setattr(
        databases,
        "connection",
        SimpleNamespace(vendor="postgresql", get_connection_params=lambda: settings),
    )
    monkeypatch.setattr(
        databases.subprocess,
        "Popen",
        lambda command, env, **_streams: (
            started.append((command, env)) or SimpleNamespace(wait=lambda: 0)
        ),
    )
    databases.dump("target")
    return started[0]


def test_all_that_the_address_says_of_the_connection_is_told_and_the_password_to_nobody_else(
    monkeypatch,
):
    command, environment = told(
        monkeypatch,
        dbname="portal", user="p", password="hemligt", host="db1,db2", port="5432",
        sslmode="verify-full", sslrootcert="/etc/portal/our ca's.pem", connect_timeout=2,
        tcp_user_timeout="5000", target_session_attrs="read-write", cursor_factory=object,
    )  # fmt: skip

    (address,) = (word for word in command if word.startswith("--dbname="))
    assert parse_dsn(address.removeprefix("--dbname=")) == {
        "dbname": "portal", "sslmode": "verify-full", "sslrootcert": "/etc/portal/our ca's.pem",
        "connect_timeout": "2", "tcp_user_timeout": "5000", "target_session_attrs": "read-write",
    }  # fmt: skip
    assert environment.items() >= {
        ("PGHOST", "db1,db2"), ("PGPORT", "5432"), ("PGUSER", "p"), ("PGPASSWORD", "hemligt"),
    }  # fmt: skip
    assert not any("hemligt" in word for word in command)
    assert environment.keys() >= os.environ.keys()


def test_the_password_of_a_key_is_refused_rather_than_shown(monkeypatch):
    with pytest.raises(databases.DatabaseToolError, match="sslpassword"):
        told(monkeypatch, dbname="portal", sslpassword="hemligt")
