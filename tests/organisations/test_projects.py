"""A project is its owner's and never a party (AC-10, BR-01)."""

import pytest
from django.urls import reverse

from organisations.models import Partner, PartnerProject
from tests.dialogues.factories import DialogueFactory
from tests.organisations.conftest import form_data, own_data, page, row_of, url
from tests.organisations.factories import PartnerFactory, PartnerProjectFactory

pytestmark = pytest.mark.django_db


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


def test_a_project_is_not_registered_twice_with_its_owner(signed_in):
    project = PartnerProjectFactory(name="Språkcaféet")
    data = row_of("projects", project, name=project.name)
    data |= {"projects-TOTAL_FORMS": 2, "projects-1-name": project.name}

    response = signed_in.post(
        url("partner_edit", project.partner), own_data(project.partner, **data)
    )

    assert response.status_code == 200
    assert PartnerProject.objects.count() == 1
