"""From the form of an agreement to a new partner, and from the partner to its agreement."""

import pytest
from django.urls import reverse
from lxml import html

from agreements.models import Agreement
from tests.officers import opened
from tests.organisations.factories import PartnerFactory

pytestmark = pytest.mark.django_db
NEW = "agreements:agreement_create"
NEW_PARTNER = "organisations:partner_create"


def leading_to(text, address):
    """The links of a page that lead to the address."""
    return html.fromstring(text).xpath(f"//main//a[@href='{address}']")


@pytest.mark.parametrize("form", [NEW, "dialogues:dialogue_create"])
def test_a_new_partner_is_registered_in_a_tab_of_its_own_as_the_link_says(officer, form):
    (link,) = leading_to(opened(officer, reverse(form)).text, reverse(NEW_PARTNER))

    assert link.get("target") == "_blank"
    assert "öppnas i en ny flik" in link.text_content()


def test_an_agreement_is_begun_from_its_partners_page(officer):
    partner = PartnerFactory(name="Föreningen Ljuset", org_number="802439-9704")
    begun = f"{reverse(NEW)}?partner={partner.pk}"
    assert leading_to(opened(officer, partner.get_absolute_url()).text, begun)

    page = opened(officer, begun)
    page.send(name="Läxhjälp", kind="iop")

    assert page.fields["parties-0-partner"] == ["Föreningen Ljuset (802439-9704)"]
    assert Agreement.objects.get().partners.get() == partner


def test_the_partner_that_is_filled_in_can_be_exchanged(officer):
    filled_in, other = PartnerFactory(name="Fel förening"), PartnerFactory(name="Rätt förening")

    page = opened(officer, f"{reverse(NEW)}?partner={filled_in.pk}")
    page.send(name="Läxhjälp", kind="grant", parties__0__partner="Rätt förening")

    assert Agreement.objects.get().partners.get() == other


def test_a_partnership_is_not_begun_so_with_a_partner_of_unknown_legal_form(officer):
    partner = PartnerFactory(legal_form="")

    opened(officer, f"{reverse(NEW)}?partner={partner.pk}").send(name="Läxhjälp", kind="iop")

    assert not Agreement.objects.exists()


def test_a_merged_partner_gives_the_one_that_remains(officer):
    remains = PartnerFactory(name="Som är kvar")
    merged = PartnerFactory(merged_into=remains)

    page = opened(officer, f"{reverse(NEW)}?partner={merged.pk}")

    assert page.fields["parties-0-partner"] == ["Som är kvar"]
    assert not leading_to(
        opened(officer, merged.get_absolute_url()).text, f"{reverse(NEW)}?partner={merged.pk}"
    )


@pytest.mark.parametrize(("key", "status"), [("999999", 404), ("x", 200), ("", 200)])
def test_a_partner_that_is_none_is_not_filled_in(officer, key, status):
    page = opened(officer, f"{reverse(NEW)}?partner={key}")

    assert page.response.status_code == status


def test_whoever_only_reads_is_not_offered_an_agreement_with_the_partner(reader):
    partner = PartnerFactory()

    page = opened(reader, partner.get_absolute_url())

    assert reverse(NEW) not in page.text
