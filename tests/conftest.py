"""What every test may use."""

import pytest
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations as OfPostgreSQL
from django.db.backends.sqlite3.base import DatabaseOperations
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from accounts.permissions import Role
from audit.context import acting
from tests.accounts.factories import member_of
from tests.agreements.factories import AgreementFactory
from tests.database import migrated_database, template_database
from tests.organisations.factories import CommitteeFactory
from tests.world import world_of

# How long an example takes says more of the machine than of the code.
hypothesis_settings.register_profile("portal", deadline=None)
hypothesis_settings.load_profile("portal")
# Nothing of a test has to survive a power cut.
FAST_AND_UNSAFE = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
    " PRAGMA recursive_triggers=ON;"
)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix, django_db_blocker, tmp_path_factory
):
    """Each worker has a database of its own, copied from one that was migrated.

    SQLite is a file. In memory, the live server's threads would share one connection: a thread that
    holds it waits for the interpreter to call a function of ours, another holds the interpreter and
    waits for it.
    """
    test = connection.settings_dict["TEST"]
    test["MIGRATE"] = False
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock():
            test["TEMPLATE"] = template_database()
    else:
        test["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        connection.settings_dict["OPTIONS"]["init_command"] = FAST_AND_UNSAFE


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    if connection.vendor == "sqlite":
        with django_db_blocker.unblock(), migrated_database() as migrated:
            connection.ensure_connection()
            migrated.backup(connection.connection)


@pytest.fixture(autouse=True)
def _in_swedish(settings):
    """Whatever language the last request of another test was in."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def _nobody_is_acting():
    """What the last test said of who acts is not said of this one."""
    with acting():
        yield


@pytest.fixture(autouse=True)
def _files_of_the_test(settings, tmp_path):
    """Uploaded and issued files go to the test's own folder; static files need no manifest."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session", autouse=True)
def _emptying_past_the_triggers():
    """Between transactional tests tables are emptied, which their triggers would refuse."""
    sql_flush, truncate = DatabaseOperations.sql_flush, OfPostgreSQL.sql_flush

    def with_triggers_off(self, *args, **kwargs):
        off, on = (f"SET session_replication_role = {role}" for role in ("replica", "origin"))
        return [off, *truncate(self, *args, **kwargs), on]

    def without_triggers(self, *args, **kwargs):
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
        drop = [f'DROP TRIGGER "{name}"' for name, _sql in triggers]
        return [*drop, *sql_flush(self, *args, **kwargs), *(sql for _name, sql in triggers)]

    DatabaseOperations.sql_flush = without_triggers
    OfPostgreSQL.sql_flush = with_triggers_off
    yield
    DatabaseOperations.sql_flush = sql_flush
    OfPostgreSQL.sql_flush = truncate


@pytest.fixture
def committee(db):
    return CommitteeFactory()


@pytest.fixture
def officer(committee):
    return member_of(committee, Role.OFFICER)


@pytest.fixture
def reader(committee):
    return member_of(committee, Role.READER)


@pytest.fixture
def stranger(db):
    """An officer of another municipality."""
    return member_of(CommitteeFactory(), Role.OFFICER)


@pytest.fixture
def agreement(committee):
    return AgreementFactory(committee=committee)


@pytest.fixture
def world(committee):
    return world_of(committee)
