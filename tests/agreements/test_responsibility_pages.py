"""Who is responsible from when, and agreements handed to another committee, through the pages."""

import pytest
from django.urls import reverse

from agreements.models import Agreement, Responsibility
from partnerships.dates import ApproximateDate
from tests.agreements.conftest import answer, rows, url
from tests.agreements.factories import AgreementFactory, ResponsibilityFactory, RevisionFactory
from tests.organisations.factories import CommitteeFactory

pytestmark = pytest.mark.django_db


def test_two_are_not_responsible_at_the_same_time(signed_in, agreement):
    other = CommitteeFactory(municipality=agreement.municipality)
    first = {"kind": "cost", "committee": agreement.committee_id, "starts": "2024-01-01"}
    second = {"kind": "cost", "committee": other.pk, "starts": "2025-01-01"}
    empty = rows("budgets")

    refused = signed_in.post(
        url("responsibility_edit", agreement), rows("periods", first, second) | empty
    )
    first["ends"] = "2024-12-31"
    signed_in.post(url("responsibility_edit", agreement), rows("periods", first, second) | empty)

    assert "samtidigt" in refused.content.decode()
    assert answer(agreement, "2024-12-31").cost.certain.committee == agreement.committee
    assert answer(agreement, "2025-01-01").cost.certain.committee == other


def test_a_committee_of_another_municipality_cannot_be_made_responsible(signed_in, agreement):
    foreign = CommitteeFactory()
    row = {"kind": "cost", "committee": foreign.pk, "starts": "2024-01-01"}

    response = signed_in.post(
        url("responsibility_edit", agreement), rows("periods", row) | rows("budgets")
    )

    assert response.context["periods"].forms[0].errors["committee"]
    assert not Responsibility.objects.exists()


def test_a_gap_in_responsibility_is_pointed_out(signed_in, agreement):
    RevisionFactory(agreement=agreement, decided=True)
    ends = ApproximateDate.parse("2024-05-31")
    ResponsibilityFactory(agreement=agreement, ends=ends)
    ResponsibilityFactory(agreement=agreement, starts=ApproximateDate.parse("2024-08-01"))

    page = signed_in.get(agreement.get_absolute_url()).content.decode()

    assert "Ingen ansvarar för kostnad mellan 2024-05-31 och 2024-08-01" in page


@pytest.fixture
def new_committee(committee):
    return CommitteeFactory(municipality=committee.municipality, name="Nya nämnden")


def test_a_transfer_is_previewed_and_then_moves_what_was_chosen(
    signed_in, committee, new_committee
):
    moved, left = AgreementFactory(committee=committee), AgreementFactory(committee=committee)
    ResponsibilityFactory(agreement=moved)
    chosen = {
        "from_committee": committee.pk,
        "to_committee": new_committee.pk,
        "first_day": "2026-01-01",
    }
    address = reverse("agreements:agreement_transfer", query=chosen)

    preview = signed_in.get(address)
    unchanged = Agreement.objects.get(pk=moved.pk).committee
    signed_in.post(address, {"agreements": [moved.pk], "reason": "KF 2025-11-04 § 200"})

    assert moved.name in preview.content.decode()
    assert "Du har ingen roll i Nya nämnden" in preview.content.decode()
    assert unchanged == committee
    moved.refresh_from_db()
    left.refresh_from_db()
    assert (moved.committee, left.committee) == (new_committee, committee)
    assert answer(moved, "2025-12-31").cost.certain.committee == committee
    assert answer(moved, "2026-01-01").cost.certain.committee == new_committee
    assert answer(moved, "2026-01-01").administration.certain.committee == new_committee


@pytest.mark.parametrize(
    "changed",
    [
        {"to_committee": "same"},
        {"first_day": "1/1"},
        {"from_committee": "999999"},
        {"to_committee": "foreign"},
    ],
)
def test_a_transfer_that_makes_no_sense_is_refused(signed_in, committee, new_committee, changed):
    keys = {"same": committee.pk, "foreign": CommitteeFactory().pk}
    chosen = {
        "from_committee": committee.pk,
        "to_committee": new_committee.pk,
        "first_day": "2026-01-01",
    } | {name: keys.get(value, value) for name, value in changed.items()}

    response = signed_in.get(reverse("agreements:agreement_transfer"), chosen)

    assert response.context["search"].errors
    assert "plans" not in response.context


def test_an_agreement_out_of_reach_is_not_transferred_by_a_forged_id(
    signed_in, committee, new_committee
):
    foreign = AgreementFactory()
    chosen = {
        "from_committee": committee.pk,
        "to_committee": new_committee.pk,
        "first_day": "2026-01-01",
    }
    address = reverse("agreements:agreement_transfer", query=chosen)

    response = signed_in.post(address, {"agreements": [foreign.pk], "reason": "Försök"})

    assert response.context["form"].errors["agreements"]
    assert Agreement.objects.get(pk=foreign.pk).committee == foreign.committee
