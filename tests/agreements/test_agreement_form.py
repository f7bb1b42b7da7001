"""What the form of an agreement begins with, and what it offers."""

import pytest
from django.urls import reverse
from lxml import html

from accounts.permissions import Role
from agreements.models import Agreement
from tests.accounts.factories import UserFactory, member_of
from tests.agreements.conftest import url
from tests.agreements.factories import AgreementFactory
from tests.officers import opened
from tests.organisations.factories import CommitteeFactory, PartnerFactory

pytestmark = pytest.mark.django_db
NEW = "agreements:agreement_create"
NEW_PARTNER = "/partners/new/"


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


def parties(*names):
    """What the rows of the parties send."""
    rows = {f"parties-{number}-partner": name for number, name in enumerate(names)}
    return {"parties-TOTAL_FORMS": str(len(names)), **rows}


def test_only_the_first_party_is_not_called_optional(officer):
    page = opened(officer, reverse(NEW)).send(add_row="parties")

    boxes = [
        html.fromstring(page.text).get_element_by_id(f"id_parties-{n}-partner") for n in (0, 1)
    ]
    assert [len(box.getparent().find_class("optional")) for box in boxes] == [0, 1]


@pytest.mark.parametrize("names", [[""], [" ", ""]])
def test_an_agreement_without_parties_is_refused_with_one_sentence_that_leads_to_the_box(
    officer, names
):
    page = opened(officer, reverse(NEW)).send(name="Nytt avtal", kind="grant", **parties(*names))

    (complaint,) = html.fromstring(page.text).xpath("//*[contains(@class, 'error-summary')]//li")
    assert complaint.find("a").get("href") == "#id_parties-0-partner"
    assert not Agreement.objects.exists()


def test_the_first_party_may_be_emptied_when_another_stands_below(officer):
    PartnerFactory(name="Föreningen Ljuset")
    rows = parties("", "Föreningen Ljuset")

    opened(officer, reverse(NEW)).send(name="Nytt avtal", kind="grant", **rows)

    assert Agreement.objects.get().partners.get().name == "Föreningen Ljuset"


def test_a_partner_that_is_not_there_is_registered_with_the_name_that_was_typed(officer, signed_in):
    page = opened(officer, reverse(NEW)).send(
        name="Nytt avtal", kind="grant", **parties("Föreningen Nya & Gamla")
    )

    (link,) = html.fromstring(page.text).xpath("//a[contains(., 'Registrera ”Föreningen Nya')]")
    form = signed_in.get(link.get("href")).context["form"]
    assert form["name"].value() == "Föreningen Nya & Gamla"
    assert (
        len(signed_in.get(NEW_PARTNER, {"name": "x" * 999}).context["form"]["name"].value()) == 200
    )
