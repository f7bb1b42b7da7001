"""What the form of an agreement begins with, and what it offers."""

import pytest
from django.urls import reverse

from accounts.permissions import Role
from tests.accounts.factories import UserFactory, member_of
from tests.agreements.conftest import url
from tests.agreements.factories import AgreementFactory
from tests.officers import opened
from tests.organisations.factories import CommitteeFactory

pytestmark = pytest.mark.django_db
NEW = "agreements:agreement_create"


def offered(form, name):
    """The keys in the box's list."""
    return {key.value for key, _label in form.fields[name].choices if key}


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


def test_whoever_only_reads_is_not_made_responsible(signed_in, officer, committee):
    elsewhere = CommitteeFactory(municipality=committee.municipality)
    reads, has_left = member_of(committee, Role.READER), member_of(committee, is_active=False)
    secretary, does_both = member_of(committee, Role.SECRETARY), member_of(committee, Role.READER)
    does_both.memberships.create(committee=elsewhere, role=Role.OFFICER)
    UserFactory(municipality=committee.municipality)

    form = signed_in.get(reverse(NEW)).context["form"]

    assert offered(form, "officer") == {officer.pk, secretary.pk, does_both.pk}
    assert not {reads.pk, has_left.pk} & offered(form, "officer")


@pytest.mark.parametrize("role", [Role.READER, Role.OFFICER])
def test_whoever_is_responsible_already_stays_so(officer, committee, role):
    responsible = member_of(committee, role, is_active=role == Role.READER)
    agreement = AgreementFactory(committee=committee, officer=responsible)

    opened(officer, url("agreement_edit", agreement)).send(name="Nytt namn", reason="Namnbyte")

    agreement.refresh_from_db()
    assert (agreement.name, agreement.officer) == ("Nytt namn", responsible)
