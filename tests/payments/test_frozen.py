"""What a source said stays, whichever way the change comes; matching may change."""

from datetime import date
from importlib import import_module

import pytest
from django.db import IntegrityError, connection, transaction

from payments.models import ImportBatch, Matching, Payment
from tests.agreements.factories import AgreementFactory
from tests.payments.factories import AT, BatchFactory, PaymentFactory, SourceFactory, payment_on

pytestmark = pytest.mark.django_db


def raw(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def refused(change, words):
    with pytest.raises(IntegrityError, match=words), transaction.atomic():
        change()


@pytest.mark.parametrize(
    "change",
    [
        lambda: Payment.objects.update(amount=1),
        lambda: Payment.objects.update(paid_on=date(2020, 1, 1)),
        lambda: Payment.objects.update(payee_number="802002-4280"),
        lambda: Payment.objects.update(text="efter"),
        lambda: Payment.objects.update(batch=BatchFactory()),
        lambda: Payment.objects.update(source=SourceFactory()),
        lambda: Payment.objects.update(external_key="annan"),
        lambda: Payment.objects.update(direction="received"),
        lambda: Payment.objects.all().delete(),
        lambda: Payment.objects.get().delete(),
        lambda: raw("UPDATE payments_payment SET amount = 2"),
        lambda: raw("UPDATE payments_payment SET voucher = 'x', account = 'y'"),
        lambda: raw("DELETE FROM payments_payment"),
    ],
)
def test_nothing_changes_what_the_source_said(change):
    payment = PaymentFactory(text="före")

    refused(change, "payment is not changed")

    assert Payment.objects.values_list("amount", "text").get() == (payment.amount, "före")


def test_every_fact_of_the_source_is_frozen():
    migration = import_module("payments.migrations.0002_freeze_payments")
    changeable = {
        "id",
        "search_key",
        "matching",
        "matched_by",
        "agreement_id",
        "partner_id",
        "reverses_id",
    }

    columns = {field.attname for field in Payment._meta.concrete_fields}

    assert set(migration.FROZEN) == columns - changeable


def test_the_matching_of_a_payment_may_change(agreement):
    payment = PaymentFactory(municipality=agreement.municipality)

    payment.agreement, payment.matching, payment.matched_by = agreement, "matched", "officer"
    payment.save()

    assert Payment.objects.get().agreement == agreement


@pytest.mark.parametrize("way", ["insert", "update"])
def test_a_payment_is_never_matched_with_another_municipalitys_agreement(way):
    elsewhere = AgreementFactory()
    fields = {"agreement": elsewhere, "matching": "matched", "matched_by": "officer"}

    if way == "insert":
        refused(lambda: PaymentFactory(**fields), "stays with agreements")
    else:
        PaymentFactory()
        refused(lambda: Payment.objects.update(**fields), "stays with agreements")

    assert not Payment.objects.filter(agreement=elsewhere).exists()


def test_an_import_that_is_done_is_neither_changed_nor_removed():
    batch = BatchFactory()
    ImportBatch.objects.update(state="imported", imported_at=AT, imported_by=batch.uploaded_by)

    refused(lambda: ImportBatch.objects.update(state="discarded"), "import that is done")
    refused(lambda: ImportBatch.objects.all().delete(), "import that is done")


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"amount": 0}, "payment_has_an_amount"),
        ({"external_key": ""}, "payment_has_an_amount"),
        ({"matching": "matched", "matched_by": "officer"}, "matched_payment_has_an_agreement"),
        ({"matching": "set_aside"}, "matching_says_what_decided_it"),
        ({"matched_by": "officer"}, "matching_says_what_decided_it"),
    ],
)
def test_the_database_holds_what_a_payment_is(fields, constraint):
    refused(lambda: PaymentFactory(**fields), constraint)


def test_only_a_negative_payment_reverses_and_never_itself():
    original = PaymentFactory()
    reversal = PaymentFactory(amount=-5)

    refused(lambda: PaymentFactory(amount=5, reverses=original), "reversal_is_negative")
    refused(
        lambda: Payment.objects.filter(pk=reversal.pk).update(reverses=reversal),
        "reversal_is_negative",
    )


def test_a_key_comes_once_from_its_source():
    first = PaymentFactory()

    refused(
        lambda: PaymentFactory(
            source=first.source, municipality=first.municipality, external_key=first.external_key
        ),
        "(?i)unique",
    )
    PaymentFactory(external_key=first.external_key)


def test_an_unmatched_payment_has_no_agreement(agreement):
    payment_on(agreement)

    refused(
        lambda: Payment.objects.update(matching=Matching.UNMATCHED, matched_by=""), "CHECK|check"
    )
