"""The register of partners."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from organisations.models import LegalForm, Partner
from organisations.models.partner import canonical_org_number
from partnerships.search import sort_key
from tests.organisations.conftest import form_data
from tests.organisations.factories import PartnerFactory, PartnerNameFactory


@pytest.mark.parametrize("text", ["212000-0142", "2120000142", "16 212000-0142", "162120000142"])
def test_an_organisation_number_is_kept_in_one_way(text):
    assert canonical_org_number(text) == "212000-0142"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("212000-0143", "checksum"),
        ("811212-1234", "third_digit"),
        ("12345", "shape"),
        ("abc", "shape"),
        ("٢١٢٠٠٠٠١٤٢", "shape"),
    ],
)
def test_a_wrong_organisation_number_is_refused_with_what_is_wrong(text, code):
    with pytest.raises(ValidationError) as refusal:
        canonical_org_number(text)

    assert refusal.value.code == code


def test_an_unusual_first_digit_is_a_remark_and_no_error(db):
    partner = PartnerFactory(org_number="556036-0793", legal_form=LegalForm.FOUNDATION)

    assert partner.has_unusual_number


@pytest.mark.django_db
def test_the_database_refuses_a_malformed_organisation_number():
    with pytest.raises(IntegrityError), transaction.atomic():
        PartnerFactory(org_number="abc")


@pytest.mark.django_db
@pytest.mark.parametrize("few", [1000, 0], ids=["words are rare", "words are common"])
@pytest.mark.parametrize("text", ["östgöta coop", "Coompanion", "COOMPANION östergötland"])
def test_search_finds_a_partner_by_old_and_new_names(text, few, monkeypatch):
    monkeypatch.setattr("partnerships.search.FEW", few)
    partner = PartnerFactory(name="Coompanion Östergötland")
    PartnerNameFactory(partner=partner, name="Östgöta Coop Center")
    PartnerFactory(name="Något annat")

    assert list(Partner.objects.matching(text)) == [partner]


def test_names_sort_in_swedish_order():
    names = ["Öland", "Zebra", "Ängel", "Alfa", "Åby", "Éclair"]

    assert sorted(names, key=sort_key) == ["Alfa", "Éclair", "Zebra", "Åby", "Ängel", "Öland"]


def test_partner_create_registers_with_history(client, officer):
    client.force_login(officer)

    client.post(reverse("organisations:partner_create"), form_data(org_number="802439-9704"))

    partner = Partner.objects.get()
    assert partner.org_number == "802439-9704"
    assert partner.history.get().history_user == officer


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"org_number": "212000-0143"}, "org_number"),
        ({"legal_form": ""}, "legal_form"),
        ({"name": ""}, "name"),
    ],
)
def test_partner_create_says_what_is_wrong_keeps_what_was_typed_and_changes_nothing(
    client, officer, changed, field
):
    client.force_login(officer)

    response = client.post(reverse("organisations:partner_create"), form_data(**changed))

    assert response.status_code == 200
    assert response.context["form"].errors[field]
    assert response.context["form"]["name"].value() == changed.get("name", "Föreningen Prov")
    assert not Partner.objects.exists()


def test_partner_create_takes_not_known_for_an_answer(client, officer):
    client.force_login(officer)

    client.post(reverse("organisations:partner_create"), form_data(legal_form="not_known"))

    assert Partner.objects.get().legal_form == ""


def test_adding_a_row_keeps_what_was_typed_and_complains_of_nothing(client, officer):
    client.force_login(officer)

    response = client.post(
        reverse("organisations:partner_create"), form_data(legal_form="", add_row="names")
    )

    assert response.context["lists"]["names"].total_form_count() == 1
    assert response.context["form"]["name"].value() == "Föreningen Prov"
    assert not response.context["form"].errors
    assert not Partner.objects.exists()


def test_partner_edit_removes_a_name_and_keeps_its_history(client, officer):
    name = PartnerNameFactory()
    client.force_login(officer)

    client.post(
        reverse("organisations:partner_edit", args=[name.partner_id]),
        form_data(
            **{
                "names-TOTAL_FORMS": "1",
                "names-INITIAL_FORMS": "1",
                "names-0-id": name.pk,
                "names-0-kind": name.kind,
                "names-0-name": name.name,
                "names-0-DELETE": "on",
                "reason": "Fel namn",
            }
        ),
    )

    removal = name.history.filter(history_type="-").get() if name.pk else None
    assert not name.partner.names.exists()
    assert removal.history_change_reason == "Fel namn"
