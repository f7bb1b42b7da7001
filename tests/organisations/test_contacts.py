"""Contacts are personal data, kept by one municipality until a day."""

from datetime import date

import pytest
from django.utils.timezone import localdate

from accounts.permissions import Role
from organisations.models import Contact
from tests.accounts.factories import UserFactory, member_of
from tests.organisations.conftest import page, url
from tests.organisations.factories import ContactFactory, PartnerFactory

pytestmark = pytest.mark.django_db


def contact_data(**changed):
    return {
        "name": "Kim Påhittad",
        "function": "ordförande",
        "email": "kim@forening.example",
        "phone": "013-00 00 00",
        "keep_until": "2099-12-31",
    } | changed


def test_a_contact_is_kept_for_the_own_municipality_until_a_day(signed_in, committee):
    partner = PartnerFactory()

    response = signed_in.post(url("contact_create", partner), contact_data())

    contact = Contact.objects.get()
    assert response.url == partner.get_absolute_url()
    assert (contact.municipality, contact.keep_until) == (
        committee.municipality,
        date(2099, 12, 31),
    )


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"keep_until": ""}, "keep_until"),
        ({"keep_until": "2020-01-01"}, "keep_until"),
        ({"keep_until": "för alltid"}, "keep_until"),
        ({"email": "kim@"}, "email"),
        ({"name": ""}, "name"),
    ],
)
def test_a_contact_without_an_end_or_with_a_wrong_address_is_refused(signed_in, changed, field):
    response = signed_in.post(url("contact_create", PartnerFactory()), contact_data(**changed))

    assert list(response.context["form"].errors) == [field]
    assert response.context["form"]["function"].value() == "ordförande"
    assert not Contact.objects.exists()


def test_today_is_the_first_day_until_which_a_contact_can_be_kept(signed_in):
    signed_in.post(
        url("contact_create", PartnerFactory()),
        contact_data(keep_until=localdate().isoformat()),
    )

    assert Contact.objects.exists()


def test_no_other_municipality_reads_changes_or_erases_a_contact(client, stranger):
    contact = ContactFactory()
    client.force_login(stranger)

    assert contact.name not in page(client.get(url("partner_contacts", contact.partner)))
    assert contact.name not in page(client.get(url("partner_detail", contact.partner)))
    for name in ("contact_edit", "contact_erase"):
        assert client.post(url(name, contact), contact_data(reason="x")).status_code == 404
    assert Contact.objects.get() == contact


def test_who_only_reads_sees_no_contacts(client, committee):
    contact = ContactFactory(municipality=committee.municipality)
    client.force_login(member_of(committee, Role.READER))

    assert client.get(url("partner_contacts", contact.partner)).status_code == 403
    assert "Kontakter" not in page(client.get(url("partner_detail", contact.partner)))


def test_the_operator_works_for_no_municipality_and_keeps_no_contact(client):
    operator = UserFactory(municipality=None, is_superuser=True)
    client.force_login(operator)

    response = client.post(url("contact_create", PartnerFactory()), contact_data())

    assert response.status_code == 403
    assert not Contact.objects.exists()


def test_erasing_through_the_page_needs_a_reason_and_leaves_a_note(signed_in, committee, officer):
    contact = ContactFactory(municipality=committee.municipality, name="Kim Påhittad")

    assert signed_in.post(url("contact_erase", contact), {"reason": ""}).status_code == 200
    assert Contact.objects.exists()

    signed_in.post(url("contact_erase", contact), {"reason": "Har slutat"})
    shown = page(signed_in.get(url("partner_contacts", contact.partner)))
    assert "Kim" not in shown
    assert "Har slutat" in shown
    assert str(officer) in shown
