"""Every kind of change gives exactly one true row of the log, on both engines."""

import io
import json
import runpy
import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.core import serializers
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from accounts.models import User
from agreements.models import Agreement
from audit import installing, triggers
from audit.context import acting
from audit.models import Entry
from audit.states import differences
from organisations.models import LegalForm, Partner
from partnerships.history import attributed
from tests.accounts.factories import UserFactory
from tests.agreements.factories import AgreementFactory
from tests.organisations.factories import PartnerFactory, PartnerNameFactory

pytestmark = pytest.mark.django_db


def entries_of(row) -> list[Entry]:
    return list(Entry.objects.filter(table_name=row._meta.db_table, row_key=str(row.pk)))


def new_partner(name="Ny") -> Partner:
    return PartnerFactory.build(name=name)


@dataclass
class Change:
    """How a row is changed, and what the log must say: the event and the name that it has then."""

    make: Callable[[Partner], Partner | None]
    event: str
    name: str | None


def _set(partner, name):
    partner.name = name
    return partner


def _save(partner):
    _set(partner, "Ny").save()


def _expression(partner):
    partner.name = Concat(F("name"), Value("!"))
    partner.skip_history_when_saving = True
    partner.save()


def _raw(sql):
    def run(partner):
        with connection.cursor() as cursor:
            cursor.execute(sql, [partner.pk])

    return run


def _load(partner):
    text = serializers.serialize("json", [_set(partner, "Ny")])
    for loaded in serializers.deserialize("json", text):
        loaded.save()


def _save_without_history(partner):
    partner.skip_history_when_saving = True
    _save(partner)


def _bulk_create(partner):
    return Partner.objects.bulk_create([new_partner()])[0]


def _bulk_create_with_history(partner):
    return bulk_create_with_history([new_partner()], Partner)[0]


def _create(partner):
    made = new_partner()
    made.save()
    return made


def _get_or_create(partner):
    values = {"legal_form": partner.legal_form}
    return Partner.objects.get_or_create(name="Ny", defaults=values)[0]


def _upsert(partner):
    Partner.objects.bulk_create(
        [_set(partner, "Ny")],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["name"],
    )


def _raw_delete(partner):
    rows = Partner.objects.filter(pk=partner.pk)
    rows._raw_delete(rows.db)


def _changed_in_a_savepoint(partner):
    with transaction.atomic():
        _save(partner)


CHANGES = {
    "save": Change(_save, "~", "Ny"),
    "create": Change(_create, "+", "Ny"),
    "get_or_create": Change(_get_or_create, "+", "Ny"),
    "update_or_create": Change(
        lambda p: Partner.objects.update_or_create(pk=p.pk, defaults={"name": "Ny"})[0], "~", "Ny"
    ),
    "bulk_create": Change(_bulk_create, "+", "Ny"),
    "bulk_create_with_history": Change(_bulk_create_with_history, "+", "Ny"),
    "upsert": Change(_upsert, "~", "Ny"),
    "bulk_update": Change(
        lambda p: Partner.objects.bulk_update([_set(p, "Ny")], ["name"]) and None, "~", "Ny"
    ),
    "bulk_update_with_history": Change(
        lambda p: bulk_update_with_history([_set(p, "Ny")], Partner, ["name"]) and None, "~", "Ny"
    ),
    "queryset.update": Change(
        lambda p: Partner.objects.filter(pk=p.pk).update(name="Ny") and None, "~", "Ny"
    ),
    "queryset.update of an expression": Change(
        lambda p: (
            Partner.objects.filter(pk=p.pk).update(name=Concat(F("name"), Value("!"))) and None
        ),
        "~",
        "Gammal!",
    ),
    "save of an expression": Change(_expression, "~", "Gammal!"),
    "save without history": Change(_save_without_history, "~", "Ny"),
    "save in a savepoint": Change(_changed_in_a_savepoint, "~", "Ny"),
    "loaddata": Change(_load, "~", "Ny"),
    "raw update": Change(
        _raw("UPDATE organisations_partner SET name = 'Ny' WHERE id = %s"), "~", "Ny"
    ),
    "raw delete": Change(_raw("DELETE FROM organisations_partner WHERE id = %s"), "-", None),
    "instance.delete": Change(lambda p: p.delete() and None, "-", None),
    "queryset.delete": Change(
        lambda p: Partner.objects.filter(pk=p.pk).delete() and None, "-", None
    ),
    "_raw_delete": Change(_raw_delete, "-", None),
}


@pytest.mark.parametrize("kind", CHANGES)
def test_a_change_of_any_kind_is_logged_once_and_truly(kind):
    change = CHANGES[kind]
    partner, user = PartnerFactory(name="Gammal"), UserFactory()
    key, before = partner.pk, Entry.objects.count()

    with acting(user, request="begaran-1"):
        made = change.make(partner)

    changed = made if change.event == "+" else Partner(pk=key)
    written = Entry.objects.filter(table_name="organisations_partner").order_by("pk")
    entry = written.last()
    assert Entry.objects.count() == before + 1
    assert (entry.event, entry.row_key) == (change.event, str(changed.pk))
    assert (entry.actor_id, entry.actor, entry.request) == (str(user.pk), str(user), "begaran-1")
    assert (json.loads(entry.old)["name"] if entry.old else None) == (
        None if change.event == "+" else "Gammal"
    )
    assert (json.loads(entry.new)["name"] if entry.new else None) == change.name


def test_a_half_saved_stale_row_is_logged_with_what_the_table_holds():
    partner = PartnerFactory(name="Gammal")
    stale = Partner.objects.get(pk=partner.pk)
    Partner.objects.filter(pk=partner.pk).update(legal_form=LegalForm.OTHER)
    stale.name = "Ny"

    stale.save(update_fields=["name"])

    entry = entries_of(partner)[-1]
    assert json.loads(entry.new)["name"] == "Ny"
    assert json.loads(entry.new)["legal_form"] == LegalForm.OTHER


def test_a_save_without_a_change_is_not_logged():
    partner = PartnerFactory()
    before = len(entries_of(partner))

    partner.save()

    assert len(entries_of(partner)) == before


def test_what_is_rolled_back_is_not_logged():
    partner = PartnerFactory()
    before = len(entries_of(partner))

    with transaction.atomic():
        _save(partner)
        transaction.set_rollback(True)

    assert len(entries_of(partner)) == before


def test_rows_that_go_with_another_are_logged_each():
    partner = PartnerFactory()
    names = [PartnerNameFactory(partner=partner), PartnerNameFactory(partner=partner)]
    rows = [(row._meta.db_table, str(row.pk)) for row in (partner, *names)]

    partner.delete()

    removed = Entry.objects.filter(event="-").values_list("table_name", "row_key")
    assert sorted(removed) == sorted(rows)


def test_the_actor_stays_when_the_user_goes():
    partner, user = PartnerFactory(), UserFactory()
    attributed(_set(partner, "Ny"), by=user, reason="Årsmötet bytte namn").save()
    name = str(user)

    user.delete()

    entry = entries_of(partner)[-1]
    assert (entry.actor, entry.reason) == (name, "Årsmötet bytte namn")


def test_nobody_is_named_when_nobody_is_known():
    partner = PartnerFactory()

    entry = entries_of(partner)[-1]

    assert (entry.actor_id, entry.actor, entry.reason) == (None, None, "")


@pytest.mark.django_db(transaction=True)
def test_a_command_is_named_as_who_acts(monkeypatch):
    name = "ny@exempelby.example"
    command = ["manage.py", "createsuperuser", "--no-input", f"--email={name}"]
    monkeypatch.setattr(sys, "argv", command)
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "ett-hemligt-ord-17")

    runpy.run_path("manage.py", run_name="__main__")

    entry = entries_of(User.objects.get(email=name))[-1]
    assert (entry.actor_id, entry.actor) == (None, "manage.py createsuperuser")


def test_the_reason_is_that_of_the_row_it_was_given_for():
    one, other, user = PartnerFactory(), PartnerFactory(), UserFactory()

    attributed(_set(one, "Ny"), by=user, reason="Bytte namn").save()
    _set(other, "En annan").save()

    assert [e.reason for e in (entries_of(one)[-1], entries_of(other)[-1])] == ["Bytte namn", ""]


def test_a_reason_goes_with_the_row_that_it_was_given_for():
    user = UserFactory()
    attributed(new_partner(), by=user, reason="Blev aldrig sparad")

    entry = entries_of(PartnerFactory())[-1]

    assert (entry.actor, entry.reason) == (None, "")


def test_passwords_never_reach_the_log():
    user = UserFactory()
    user.set_password("ett-annat-hemligt-ord-18")
    user.save()

    entries = entries_of(user)

    assert [entry.event for entry in entries] == ["+", "~"]
    assert {json.loads(entry.new)["password"] for entry in entries} == {"•••"}
    assert not any(User.objects.get(pk=user.pk).password in entry.new for entry in entries)


@pytest.mark.parametrize(
    "forgery",
    [
        "UPDATE audit_entry SET actor = 'Någon annan'",
        "UPDATE audit_entry SET old = NULL, new = NULL, salt = NULL",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry, audit_erasure",
        "TRUNCATE organisations_partnername",
    ],
)
def test_the_database_refuses_to_change_the_log_or_to_go_past_it(forgery):
    PartnerFactory()
    if connection.vendor == "sqlite" and forgery.startswith("TRUNCATE"):
        pytest.skip("SQLite has no TRUNCATE")

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(forgery)


@pytest.mark.django_db(transaction=True)
def test_every_table_of_ours_has_its_triggers_and_the_check_notices_one_that_lacks():
    assert triggers.missing(connection) == []
    on = " ON organisations_partner" if connection.vendor == "postgresql" else ""

    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER organisations_partner_logs_update{on}")

    assert triggers.missing(connection) == [
        ("organisations_partner", "organisations_partner_logs_update")
    ]
    with pytest.raises(SystemCheckError, match="organisations_partner_logs_update"):
        call_command("check", databases=["default"], fail_level="WARNING", stderr=io.StringIO())

    call_command("migrate", verbosity=0)

    assert triggers.missing(connection) == []


@pytest.mark.django_db(transaction=True)
def test_a_table_that_triggers_of_other_tables_name_can_be_rebuilt_by_a_migration():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL changes a table where it stands")
    agreement = AgreementFactory()
    there = triggers.existing(connection)

    installing.before_migrating("default", plan=["something"])
    with connection.schema_editor() as editor:
        editor._remake_table(Agreement)
    installing.after_migrating("default", plan=["something"])

    on_itself = {
        (table, name): statement
        for (table, name), statement in there.items()
        if table == Agreement._meta.db_table and "_logs_" not in name
    }
    assert set(triggers.existing(connection)) == set(there) - set(on_itself)
    assert Agreement.objects.get() == agreement
    assert list(differences(connection)) == []
    with connection.cursor() as cursor:
        for statement in on_itself.values():
            cursor.execute(statement)
