"""The register of partners through the pages: duplicates, projects, registrations, contacts."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.permissions import Role
from organisations.models import (
    Contact,
    IdeaBasedRegistration,
    LegalForm,
    Partner,
    PartnerName,
    PartnerProject,
)
from tests.accounts.factories import UserFactory, member_of
from tests.agreements.factories import AgreementFactory
from tests.dialogues.factories import DialogueFactory
from tests.organisations.factories import (
    ContactFactory,
    PartnerFactory,
    PartnerNameFactory,
    PartnerProjectFactory,
    RegistrationFactory,
)
from tests.organisations.test_partners import form_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client, officer):
    client.force_login(officer)
    return client


def url(name, row=None):
    return reverse(f"organisations:{name}", args=[row.pk] if row else [])


def page(response):
    return response.content.decode().replace("\u00a0", " ")


def row_of(prefix, row=None, **values):
    """One row of one of the lists, as the browser sends it."""
    data = {f"{prefix}-TOTAL_FORMS": 1, f"{prefix}-INITIAL_FORMS": 1 if row else 0}
    if row:
        data[f"{prefix}-0-id"] = row.pk
    return data | {f"{prefix}-0-{name}": value for name, value in values.items()}


def own_data(partner, **changed):
    """What the browser sends when nothing of the partner is changed."""
    return form_data(
        name=partner.name,
        org_number=partner.org_number or "",
        legal_form=partner.legal_form or "not_known",
        **changed,
    )


# AC-10, BR-01: a project is never a party.


def test_a_project_is_refused_as_a_party_and_its_owner_offered(signed_in, committee):
    project = PartnerProjectFactory(name="Världens Mammor", partner__name="KISAM")
    data = {
        "kind": "iop",
        "name": "IOP med Världens Mammor",
        "committee": committee.pk,
        "parties-TOTAL_FORMS": 1,
        "parties-INITIAL_FORMS": 0,
        "parties-0-partner": "världens mammor",
    }

    response = signed_in.post(reverse("agreements:agreement_create"), data)

    shown = page(response)
    assert (
        "Världens Mammor är ett projekt som ägs av KISAM och kan inte vara avtalspart. "
        "Skriv KISAM i stället" in shown
    )
    assert 'value="världens mammor"' in shown
    assert not project.partner.agreements.exists()
    assert not Partner.objects.filter(name="Världens Mammor").exists()


def test_the_suggestions_offer_the_owner_for_the_name_of_its_project(signed_in):
    PartnerProjectFactory(name="Världens Mammor", partner__name="KISAM")

    shown = page(signed_in.get(url("partner_options"), {"partner": "världens"}))

    assert 'value="KISAM"' in shown
    assert "KISAM, som äger Världens Mammor" in shown
    assert 'value="Världens Mammor"' not in shown


def test_the_register_finds_the_owner_by_the_name_of_its_project(signed_in):
    project = PartnerProjectFactory(name="Världens Mammor", partner__name="KISAM")
    PartnerFactory()

    found = signed_in.get(url("partner_list"), {"q": "MAMMOR"}).context["page"].rows

    assert list(found) == [project.partner]


def test_whether_the_owner_can_be_a_party_stands_as_not_assessed(signed_in):
    owner = PartnerProjectFactory(partner__name="KISAM").partner

    shown = page(signed_in.get(reverse("assessments:partner_overview", args=[owner.pk])))

    assert "Om KISAM kan vara avtalspart i ett partnerskap är inte bedömt" in shown


def test_nobody_registers_a_partner_with_the_name_of_a_project_unawares(signed_in):
    PartnerProjectFactory(name="Världens Mammor", partner__name="KISAM")

    response = signed_in.post(url("partner_create"), form_data(name="Världens Mammor"))

    assert "Världens Mammor är ett projekt som ägs av KISAM" in page(response)
    assert not Partner.objects.filter(name="Världens Mammor").exists()


def test_a_project_is_added_on_its_owners_page(signed_in, officer):
    partner = PartnerFactory()

    signed_in.post(
        url("partner_edit", partner),
        own_data(partner, **row_of("projects", name="Språkcaféet"), reason="Nytt projekt"),
    )

    project = PartnerProject.objects.get()
    change = project.history.get()
    assert (project.partner, project.name) == (partner, "Språkcaféet")
    assert (change.history_user, change.history_change_reason) == (officer, "Nytt projekt")
    assert "Språkcaféet" in page(signed_in.get(partner.get_absolute_url()))


def test_a_project_that_a_dialogue_names_stays_and_the_page_says_why(signed_in, committee):
    project = PartnerProjectFactory()
    DialogueFactory(committee=committee, partner=project.partner, project=project)

    response = signed_in.post(
        url("partner_edit", project.partner),
        own_data(project.partner, **row_of("projects", project, name=project.name, DELETE="on")),
    )

    assert f"”{project.name}” är nämnt i en dialog eller en bedömning och blir kvar" in page(
        response
    )
    assert PartnerProject.objects.exists()


def test_no_project_of_another_partner_is_changed(signed_in):
    project, other = PartnerProjectFactory(), PartnerFactory()

    signed_in.post(
        url("partner_edit", other), own_data(other, **row_of("projects", project, name="Kapat"))
    )

    project.refresh_from_db()
    assert project.name != "Kapat"


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


def test_a_project_is_not_registered_twice_with_its_owner(signed_in):
    project = PartnerProjectFactory(name="Språkcaféet")
    data = row_of("projects", project, name=project.name)
    data |= {"projects-TOTAL_FORMS": 2, "projects-1-name": project.name}

    response = signed_in.post(
        url("partner_edit", project.partner), own_data(project.partner, **data)
    )

    assert response.status_code == 200
    assert PartnerProject.objects.count() == 1


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


# Contacts are personal data, kept by one municipality until a day.


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
