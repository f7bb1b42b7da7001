"""What the form of an agreement begins with."""

import pytest
from django.urls import reverse

from accounts.permissions import Role
from tests.agreements.conftest import url
from tests.agreements.factories import AgreementFactory
from tests.officers import opened
from tests.organisations.factories import CommitteeFactory

pytestmark = pytest.mark.django_db
NEW = "agreements:agreement_create"


def test_a_new_agreement_begins_with_the_own_committee_and_oneself_as_responsible(
    officer, committee
):
    page = opened(officer, reverse(NEW))

    assert page.fields["committee"] == [str(committee.pk)]
    assert page.fields["officer"] == [str(officer.pk)]


def test_whoever_writes_for_two_committees_chooses_one(officer, committee):
    other = CommitteeFactory(municipality=committee.municipality)
    officer.memberships.create(committee=other, role=Role.OFFICER)

    page = opened(officer, reverse(NEW))

    assert page.fields["committee"] == [""]


def test_an_agreement_without_an_officer_keeps_having_none(signed_in, committee):
    agreement = AgreementFactory(committee=committee, officer=None)

    form = signed_in.get(url("agreement_edit", agreement)).context["form"]

    assert form["officer"].value() is None
