"""What is kept on an agreement's row when two save facts of it at the same time."""

import threading
import time

import pytest
from django.db import connection, transaction

from agreements.actions import save_validity
from agreements.models import Agreement, NoticePeriod, Party, keep_life
from tests.agreements.factories import AgreementFactory
from tests.organisations.factories import CommitteeFactory

HOLDS = 0.5  # seconds before the first commits


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one write at a time")
def test_who_comes_second_keeps_what_the_first_has_saved():
    agreement = AgreementFactory()
    has_saved = threading.Event()

    def first():
        try:
            with transaction.atomic():
                for party in Party:
                    NoticePeriod.objects.create(agreement=agreement, party=party, length=6)
                keep_life(Agreement.objects.get(pk=agreement.pk))
                has_saved.set()
                time.sleep(HOLDS)
        finally:
            connection.close()

    thread = threading.Thread(target=first)
    thread.start()
    assert has_saved.wait(timeout=10)
    keep_life(Agreement.objects.get(pk=agreement.pk))
    thread.join()

    agreement.refresh_from_db()
    assert not agreement.lacks_notice


@pytest.mark.django_db
def test_an_agreement_that_was_transferred_meanwhile_stays_so_when_its_validity_is_saved(
    agreement, officer
):
    stale = Agreement.objects.get(pk=agreement.pk)
    agreement.committee = CommitteeFactory(municipality=agreement.municipality)
    agreement.save()

    stale.extensions_allowed = 2
    save_validity(stale, term=None, notices=[], by=officer)

    kept = Agreement.objects.get(pk=agreement.pk)
    assert (kept.committee, kept.extensions_allowed) == (agreement.committee, 2)
