"""Partners through the pages: registrations, duplicates, numbers, changed names, and merging."""

import pytest
from django.urls import reverse

from accounts.permissions import Role
from organisations.models import IdeaBasedRegistration, LegalForm, Partner, PartnerName
from tests.accounts.factories import member_of
from tests.agreements.factories import AgreementFactory
from tests.organisations.conftest import form_data, own_data, page, row_of, url
from tests.organisations.factories import PartnerFactory, PartnerNameFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


# Idea-based registration: in periods, each with its source.


def test_a_registration_is_a_period_with_its_source(signed_in):
    partner = PartnerFactory()
    period = {"starts": "2023-05-02", "ends": "2026-03-31", "source": "Kammarkollegiet 2026-04-01"}

    signed_in.post(
        url("partner_edit", partner), own_data(partner, **row_of("registrations", **period))
    )

    registration = IdeaBasedRegistration.objects.get()
    assert (str(registration.starts), str(registration.ends)) == ("2023-05-02", "2026-03-31")
    shown = page(signed_in.get(partner.get_absolute_url()))
    assert "Kammarkollegiet 2026-04-01" in shown
    assert "bunden av lagens gränser för värdeöverföringar till 2031-03-31" in shown


@pytest.mark.parametrize(
    "period",
    [
        {"starts": "2022-12-31", "source": "Register"},
        {"starts": "2024", "ends": "2023", "source": "Register"},
        {"starts": "2024", "source": ""},
        {"starts": "", "source": "Register"},
        {"starts": "snart", "source": "Register"},
    ],
)
def test_a_registration_that_cannot_be_is_refused_with_a_sentence(signed_in, period):
    partner = PartnerFactory()

    response = signed_in.post(
        url("partner_edit", partner), own_data(partner, **row_of("registrations", **period))
    )

    form = response.context["lists"]["registrations"].forms[0]
    assert form.errors
    assert form["source"].value() == period["source"]
    assert not IdeaBasedRegistration.objects.exists()


def test_a_former_name_that_ends_before_it_starts_is_refused_with_a_sentence(signed_in):
    partner = PartnerFactory()
    name = {"kind": "former", "name": "Gammalt", "starts": "2016", "ends": "2007"}

    response = signed_in.post(
        url("partner_edit", partner), own_data(partner, **row_of("names", **name))
    )

    assert "Sista dagen ligger före den första" in page(response)
    assert not PartnerName.objects.exists()


def test_a_registration_that_still_holds_binds_until_no_day():
    assert RegistrationFactory().bound_until is None


# Duplicates are found on entry.


def test_a_number_that_is_registered_leads_to_its_entry(signed_in):
    PartnerFactory(name="Stadsmissionen", org_number="802439-9704")

    response = signed_in.post(
        url("partner_create"), form_data(name="Något annat", org_number="8024399704")
    )

    assert "Stadsmissionen är redan registrerad med det här numret" in page(response)
    assert Partner.objects.count() == 1


@pytest.mark.parametrize(
    "name",
    [
        "Kvinnojouren Linköping",
        "kvinnojouren i linkoping",
        "Kvinnojouren i Linkoeping",
        "KVINNOJOUREN I LINKÖPING",
        "Kvinojouren i Linköping",
    ],
)
def test_a_very_similar_name_is_asked_about_once(signed_in, name):
    PartnerFactory(name="Kvinnojouren i Linköping")

    asked = signed_in.post(url("partner_create"), form_data(name=name))

    assert "liknar Kvinnojouren i Linköping" in page(asked)
    assert asked.context["form"]["name"].value() == name
    assert Partner.objects.count() == 1

    signed_in.post(url("partner_create"), form_data(name=name, is_another="on"))
    assert Partner.objects.count() == 2


def test_a_name_like_a_former_one_is_asked_about_too(signed_in):
    PartnerNameFactory(name="Östgöta Coop Center", partner__name="Coompanion")

    response = signed_in.post(url("partner_create"), form_data(name="Östgöta Coop-Center"))

    assert "liknar Coompanion" in page(response)


@pytest.mark.parametrize(
    "name", ["Mansjouren i Linköping", "Kvinnojouren i Norrköping", "Xyz", "i"]
)
def test_another_name_is_registered_without_a_question(signed_in, name):
    PartnerFactory(name="Kvinnojouren i Linköping")

    signed_in.post(url("partner_create"), form_data(name=name))

    assert Partner.objects.filter(name=name).exists()


def test_a_partner_is_saved_again_without_being_like_itself(signed_in):
    partner = PartnerFactory(name="Kvinnojouren i Linköping")

    signed_in.post(url("partner_edit", partner), own_data(partner, web_address="https://a.example"))

    partner.refresh_from_db()
    assert partner.web_address == "https://a.example"


# BR-71.


def test_a_personal_number_is_refused_as_an_organisation_number(signed_in):
    response = signed_in.post(url("partner_create"), form_data(org_number="811212-1234"))

    assert "personnummer" in page(response)
    assert not Partner.objects.exists()


def test_an_unusual_number_is_saved_with_a_warning(signed_in):
    response = signed_in.post(
        url("partner_create"),
        form_data(org_number="556036-0793", legal_form=LegalForm.FOUNDATION),
        follow=True,
    )

    assert Partner.objects.get().org_number == "556036-0793"
    assert "annan siffra" in page(response)


# BR-22: a renamed partner.


def test_a_changed_name_stays_as_a_former_one_and_both_find_the_partner(signed_in, officer):
    partner = PartnerFactory(name="Östgöta Coop Center")
    data = own_data(partner, keeps_old_name="on", named_from="2016", reason="Bytte namn")

    signed_in.post(url("partner_edit", partner), data | {"name": "Coompanion Östergötland"})

    former = PartnerName.objects.get()
    assert (former.name, former.kind) == ("Östgöta Coop Center", PartnerName.Kind.FORMER)
    assert former.history.get().history_user == officer
    for text in ("östgöta coop", "coompanion"):
        found = signed_in.get(url("partner_list"), {"q": text}).context["page"].rows
        assert list(found) == [partner]


def test_a_misspelt_name_is_corrected_without_leaving_a_former_one(signed_in):
    partner = PartnerFactory(name="Coompaniun")

    signed_in.post(url("partner_edit", partner), own_data(partner) | {"name": "Coompanion"})

    assert not PartnerName.objects.exists()


# Merging, by the administrator.


def test_an_administrator_merges_two_entries_and_everything_is_found_from_one(client, committee):
    client.force_login(member_of(committee, Role.ADMIN))
    duplicate, into = PartnerFactory(name="Stadsmisionen"), PartnerFactory(name="Stadsmissionen")
    agreement = AgreementFactory(committee=committee, partner=duplicate)

    response = client.post(
        url("partner_merge", duplicate), {"into": into.name, "reason": "Samma adress"}, follow=True
    )

    assert response.request["PATH_INFO"] == into.get_absolute_url()
    found = client.get(reverse("agreements:partner_agreements", args=[into.pk]))
    assert agreement.name in page(found)
    overview = client.get(reverse("assessments:partner_overview", args=[into.pk]))
    assert agreement.name in page(overview)
    old = page(client.get(duplicate.get_absolute_url()))
    assert "sammanslagen med" in old
    assert url("partner_edit", duplicate) not in old


def test_what_cannot_be_merged_gets_a_sentence_and_changes_nothing(client, committee):
    client.force_login(member_of(committee, Role.ADMIN))
    first = PartnerFactory(org_number="802439-9704")
    second = PartnerFactory(org_number="212000-0142")

    response = client.post(
        url("partner_merge", first), {"into": second.org_number, "reason": "Samma"}
    )

    assert "olika organisationsnummer" in page(response)
    assert response.context["form"]["reason"].value() == "Samma"
    assert not Partner.objects.exclude(merged_into=None).exists()
