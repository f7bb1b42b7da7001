"""Days at the ends of the calendar: no page fails of them, and an address with one gets a sentence."""

from datetime import date

import pytest
from django.urls import reverse

from agreements.models import NoticePeriod, Party, Responsibility, Termination, keep_life
from partnerships.dates import ApproximateDate
from tests.agreements.factories import (
    AgreementFactory,
    ResponsibilityFactory,
    RevisionFactory,
    TermFactory,
)

pytestmark = pytest.mark.django_db
LAST, FIRST = ApproximateDate.exactly(date.max), ApproximateDate.exactly(date.min)
BOUNDS = "Skriv ett år mellan 1800 och 2200"


@pytest.fixture
def decided(committee):
    agreement = AgreementFactory(committee=committee)
    RevisionFactory(agreement=agreement, decided=True)
    return agreement


@pytest.fixture
def signed_in(client, officer):
    client.force_login(officer)
    return client


def shows(client, agreement):
    return client.get(agreement.get_absolute_url()).status_code == 200


def test_a_responsibility_until_the_calendars_last_day_does_not_close_the_page(signed_in, decided):
    for kind in Responsibility.Kind:
        ResponsibilityFactory(agreement=decided, kind=kind, starts=FIRST, ends=LAST)

    assert shows(signed_in, decided)


def test_a_term_until_the_calendars_last_day_is_kept(signed_in, decided):
    TermFactory(agreement=decided, starts=FIRST, ends=LAST)
    NoticePeriod.objects.create(agreement=decided, party=Party.PARTNER, length=32_767)

    keep_life(decided)

    assert shows(signed_in, decided)
    assert signed_in.get(reverse("agreements:agreement_list")).status_code == 200


def test_a_termination_from_the_calendars_first_day_is_kept(signed_in, decided):
    Termination.objects.create(
        agreement=decided, scope="full", by=Party.PARTNER, effective_from=FIRST
    )

    keep_life(decided)

    assert shows(signed_in, decided)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_an_address_with_a_day_that_nobody_means_gets_a_sentence(signed_in, decided, day):
    for page in (decided.get_absolute_url(), reverse("agreements:agreement_list")):
        answer = signed_in.get(page, {"on": day})

        assert answer.status_code == 200
        assert BOUNDS in answer.content.decode()
