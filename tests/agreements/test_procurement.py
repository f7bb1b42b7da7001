"""Procured contracts: what is refused, what is pointed out, and what cannot be computed."""

from datetime import date

import pytest
from django.urls import reverse

from agreements.checks import findings
from agreements.documents import facts_of, fetch_with_facts
from agreements.models import Agreement, AgreementOn, ProcurementParticulars
from partnerships.dates import ApproximateDate
from tests.agreements.factories import AgreementFactory, RevisionFactory, TermFactory
from tests.organisations.factories import PartnerFactory

pytestmark = pytest.mark.django_db


def contract(committee, starts="2024-03-01", ends="2026-02-28", partner=None, **facts):
    agreement = AgreementFactory(committee=committee, kind="procurement", partner=partner)
    start = ApproximateDate.parse(starts)
    RevisionFactory(agreement=agreement, decided=True, in_force_from=start)
    TermFactory(agreement=agreement, starts=start, ends=ApproximateDate.parse(ends))
    if facts:
        ProcurementParticulars.objects.create(agreement=agreement, **facts)
    return agreement


def codes(agreement):
    (whole,) = fetch_with_facts(Agreement.objects.filter(pk=agreement.pk))
    found = findings(AgreementOn(facts_of(whole), date(2024, 6, 1)))
    return {
        finding.code.removeprefix("procurement:")
        for finding in found
        if finding.code.startswith("procurement:")
    }


def save(client, agreement, **data):
    return client.post(reverse("agreements:particulars_edit", args=[agreement.pk]), data)


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"value": 2_389_584, "options_value": 0}, set()),
        ({"value": 2_000_000, "options_value": 399_999}, {"above_threshold"}),
        ({"value": 2_399_999, "options_value": 0, "is_annex_2": True}, set()),
        ({"value": 8_109_450, "options_value": 0, "is_annex_2": True}, {"above_threshold"}),
        ({"value": 5_000_000}, {"value"}),
        ({}, {"value"}),
    ],
)
def test_the_value_with_all_options_is_compared_with_the_threshold_of_its_day(
    committee, facts, found
):
    assert codes(contract(committee, method="open", **facts)) == found


def test_a_day_without_a_known_threshold_is_compared_with_none(committee):
    agreement = contract(
        committee,
        starts="2026-03-01",
        ends="2027-02-28",
        method="open",
        value=9_000_000,
        options_value=0,
    )

    assert codes(agreement) == {"threshold"}


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"value": 699_999, "documented_on": date(2024, 3, 31)}, set()),
        ({"value": 700_000, "documented_on": date(2024, 3, 31)}, {"direct_award"}),
        ({"value": 700_000, "documented_on": date(2024, 3, 31), "is_annex_2": True}, set()),
        ({"value": 100_000}, set()),
        ({"value": 100_001}, {"documentation"}),
        ({"value": 100_001, "documented_on": date(2024, 4, 1)}, {"documentation"}),
    ],
)
def test_a_direct_award_is_watched(committee, facts, found):
    facts |= {"options_value": 0, "signed_on": date(2024, 3, 1)}

    assert codes(contract(committee, method="direct", **facts)) == found


def test_a_contract_reserved_for_idea_based_organisations_needs_evidence_and_a_listed_service(
    committee,
):
    facts = {"method": "reserved_idea_based", "value": 1, "options_value": 0}

    assert codes(contract(committee, cpv_codes="45000000-7", **facts)) == {"evidence", "cpv"}
    assert (
        codes(contract(committee, cpv_codes="85312000-9", evidence="Registrerad 2023", **facts))
        == set()
    )


def test_it_cannot_be_chosen_for_a_contract_from_before_the_act(signed_in, committee):
    agreement = contract(committee, starts="2022-12-31")

    response = save(signed_in, agreement, method="reserved_idea_based")

    assert response.context["form"].errors["method"]


@pytest.mark.parametrize(("ends", "is_refused"), [("2027-02-28", False), ("2027-03-01", True)])
def test_a_reserved_contract_lasts_at_most_three_years(signed_in, committee, ends, is_refused):
    response = save(signed_in, contract(committee, ends=ends), method="reserved")

    assert (response.status_code == 200) == is_refused


def test_a_reserved_contract_is_not_extended_beyond_three_years(signed_in, committee):
    agreement = contract(committee, method="reserved")
    url = reverse("agreements:agreement_extend", args=[agreement.pk])
    data = {"basis": "clause", "starts": "2026-03-01"}

    refused = signed_in.post(url, data | {"ends": "2027-03-01"})
    signed_in.post(url, data | {"ends": "2027-02-28"})

    assert "högst tre år" in refused.content.decode()
    assert agreement.terms.count() == 2


@pytest.mark.parametrize(
    ("ended", "cpv_codes", "is_refused"),
    [
        ("2022-01-31", "85312000-9", True),
        ("2020-01-31", "85312000-9", False),
        ("2022-01-31", "80000000-4", False),
        ("2022-01-31", "85312500-4", True),
    ],
)
def test_the_same_organisation_is_not_reserved_the_same_service_within_three_years(
    signed_in, committee, ended, cpv_codes, is_refused
):
    partner = PartnerFactory()
    contract(
        committee,
        starts="2019-02-01",
        ends=ended,
        partner=partner,
        method="reserved",
        cpv_codes="85312000-9",
    )
    agreement = contract(committee, partner=partner)

    response = save(signed_in, agreement, method="reserved", cpv_codes=cpv_codes)

    assert (response.status_code == 200) == is_refused


@pytest.mark.parametrize("typed", ["8531", "abc", "85312000-99", "85312000,80000000"])
def test_a_code_that_is_no_code_is_refused(signed_in, committee, typed):
    response = save(signed_in, contract(committee), cpv_codes=typed)

    assert response.context["form"].errors["cpv_codes"]
