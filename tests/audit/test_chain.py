"""Seals, and what they find out; what is erased leaves the log and breaks no seal."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from audit.chain import broken_seals, seal
from audit.erasing import erase
from audit.models import Entry, Erasure, Seal
from organisations.models import Partner
from tests.accounts.factories import UserFactory
from tests.audit.forging import forge
from tests.organisations.factories import PartnerFactory

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_a_seal_covers_what_came_since_the_last():
    PartnerFactory()
    first = seal(at=AT)
    PartnerFactory()
    PartnerFactory()

    second = seal(at=AT)

    assert (second.first > first.last, second.entries) == (True, 2)
    assert seal(at=AT) is None
    assert list(broken_seals()) == []


@pytest.mark.parametrize(
    "forgery",
    [
        "UPDATE audit_entry SET actor = 'Någon annan' WHERE id = {id}",
        "UPDATE audit_entry SET reason = 'Något annat' WHERE id = {id}",
        "UPDATE audit_entry SET at = '2020-01-01 12:00:00+00:00' WHERE id = {id}",
        "UPDATE audit_entry SET new = '{{}}' WHERE id = {id}",
        "UPDATE audit_entry SET old = NULL, new = NULL, salt = NULL WHERE id = {id}",
        "DELETE FROM audit_entry WHERE id = {id}",
        "UPDATE audit_seal SET entries = entries + 1",
    ],
)
def test_a_sealed_entry_that_was_forged_is_found(forgery):
    PartnerFactory.create_batch(3)
    middle = Entry.objects.all()[1]
    sealed = seal(at=AT)
    PartnerFactory()
    seal(at=AT)

    forge(forgery.format(id=middle.pk))

    assert (sealed.first, sealed.last) in {(b.first, b.last) for b in broken_seals()}


def test_what_is_erased_leaves_the_log_and_breaks_no_seal():
    partner, kept = PartnerFactory(name="Känsligt namn"), PartnerFactory()
    seal(at=AT)
    partner.name = "Ett annat"
    partner.save()

    erased = erase(Partner, partner.pk, by=UserFactory(), at=AT, reason="Begärt")

    assert erased == 2
    assert not Entry.objects.filter(new__contains="Känsligt").exists()
    assert not Entry.objects.filter(old__contains="Känsligt").exists()
    assert Entry.objects.get(row_key=str(kept.pk), table_name=kept._meta.db_table).new
    assert Erasure.objects.filter(reason="Begärt").count() == 2
    seal(at=AT)
    assert list(broken_seals()) == []


def test_values_leave_the_log_only_with_a_record_of_it():
    PartnerFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.update(old=None, new=None, salt=None)


def test_an_erasure_changes_nothing_but_the_values():
    partner = PartnerFactory()
    erase(Partner, partner.pk, by=None, at=AT, reason="Begärt")

    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.filter(row_key=str(partner.pk)).update(actor="Någon annan")


def test_a_forged_fingerprint_of_erased_values_is_found():
    partner = PartnerFactory()
    seal(at=AT)
    erase(Partner, partner.pk, by=None, at=AT, reason="Begärt")

    forge("UPDATE audit_erasure SET values_digest = 'forged'")

    assert len(list(broken_seals())) == 1


@pytest.mark.django_db(transaction=True)
def test_writers_and_sealers_side_by_side_make_one_chain():
    gate, failures = threading.Barrier(8), []

    def work(seals):
        gate.wait()
        try:
            for _number in range(15):
                if seals:
                    seal(at=AT)
                else:
                    PartnerFactory()
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[number < 2]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seal(at=AT)

    assert failures == []
    assert sum(Seal.objects.values_list("entries", flat=True)) == Entry.objects.count()
    assert list(broken_seals()) == []
