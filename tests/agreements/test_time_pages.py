"""Validity, extensions, terminations, undertakings and particulars through the pages."""

from datetime import date

import pytest

from agreements.models import GrantScheme, Obligation, Termination
from partnerships.dates import ApproximateDate
from tests.accounts.factories import member_of
from tests.agreements.conftest import answer, rows, url
from tests.agreements.factories import (
    AgreementFactory,
    ObligationFactory,
    RevisionFactory,
    TermFactory,
    TerminationFactory,
)
from tests.organisations.factories import PartnerFactory

pytestmark = pytest.mark.django_db


def test_validity_keeps_what_is_known_and_leaves_the_rest_unknown(signed_in, agreement):
    RevisionFactory(agreement=agreement, decided=True)
    data = {"term-starts": "2024-01-01", "term-ends": "2025-12-31", "extensions_allowed": "2"}

    signed_in.post(url("agreement_validity", agreement), data | {"notice_municipality": "3"})

    agreement.refresh_from_db()
    assert (agreement.extensions_allowed, agreement.last_day) == (2, date(2025, 12, 31))
    assert [(row.party, row.length) for row in agreement.notices.all()] == [("municipality", 3)]
    assert answer(agreement, "2024-06-01").deadlines[0].on == date(2025, 9, 30)

    signed_in.post(url("agreement_validity", agreement), data)

    assert not agreement.notices.exists()
    assert agreement.notices.model.history.filter(history_type="-").exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"term-ends": "2023-01-01"},
        {"term-ends": "snart"},
        {"notice_partner": "-1"},
        {"notice_partner": "tre"},
        {"extensions_allowed": "många"},
        {"term-ends": "", "term-end_is_inferred": "on"},
    ],
)
def test_validity_refuses_bad_input_keeps_it_and_changes_nothing(signed_in, agreement, wrong):
    data = {"term-starts": "2024-01-01", "term-ends": "2025-12-31"} | wrong

    response = signed_in.post(url("agreement_validity", agreement), data)

    assert 'role="alert"' in response.content.decode()
    assert all(value in response.content.decode() for value in wrong.values())
    assert not agreement.terms.exists()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"starts": "2025-06-01"}, "innan den nuvarande avtalstiden slutar"),
        ({"basis": "decision"}, "vilket beslut"),
        ({"basis": "original"}, "giltigt"),
        ({"ends": ""}, "måste fyllas i"),
        ({"ends": "2025-12-01"}, "före den första"),
    ],
)
def test_an_extension_is_refused_with_a_sentence(signed_in, agreement, changed, sentence):
    TermFactory(agreement=agreement)
    data = {"basis": "clause", "starts": "2026-01-01", "ends": "2027-12-31"} | changed

    page = signed_in.post(url("agreement_extend", agreement), data).content.decode()

    assert sentence in page
    assert agreement.terms.count() == 1


@pytest.mark.parametrize("facts", [{}, {"ends": None}])
def test_there_is_nothing_to_extend_without_a_last_day(signed_in, agreement, facts):
    if facts:
        TermFactory(agreement=agreement, **facts)
    data = {"basis": "clause", "starts": "2026-01-01", "ends": "2027-12-31"}

    response = signed_in.post(url("agreement_extend", agreement), data)

    assert response.context["form"].non_field_errors()
    assert not agreement.terms.filter(number=1).exists()


def test_a_terminated_agreement_is_not_extended(signed_in, agreement):
    TermFactory(agreement=agreement)
    TerminationFactory(agreement=agreement)
    data = {"basis": "clause", "starts": "2026-01-01", "ends": "2027-12-31"}

    page = signed_in.post(url("agreement_extend", agreement), data).content.decode()

    assert "uppsagt och förlängs inte" in page


def test_a_partial_termination_ends_the_marked_undertakings_only(signed_in, agreement):
    RevisionFactory(agreement=agreement, decided=True)
    kept, ended = ObligationFactory(agreement=agreement), ObligationFactory(agreement=agreement)
    data = {
        "by": "municipality",
        "scope": "partial",
        "what": "kvällsöppet",
        "effective_from": "2025-07-01",
        "ends": [ended.pk],
    }

    signed_in.post(url("termination_create", agreement), data)

    assert [row for row, _sure in answer(agreement, "2025-06-30").obligations] == [kept, ended]
    assert [row for row, _sure in answer(agreement, "2025-07-01").obligations] == [kept]
    assert answer(agreement, "2025-07-01").status.status == "active"


def test_another_decider_than_the_signer_needs_a_reason(signed_in, committee):
    agreement = AgreementFactory(committee=committee, signed_by_role="kommundirektör")
    data = {"by": "municipality", "scope": "full", "effective_from": "2025-07-01"}
    decided = data | {"decided_by_role": "kommunstyrelsen"}

    refused = signed_in.post(url("termination_create", agreement), decided)
    signed_in.post(
        url("termination_create", agreement), decided | {"decider_reason": "Delegation § 4"}
    )

    assert refused.context["form"].errors["decider_reason"]
    assert agreement.terminations.get().decider_reason == "Delegation § 4"


def test_the_whole_agreement_is_terminated_once(signed_in, agreement):
    TerminationFactory(agreement=agreement)
    data = {"by": "partner", "scope": "full", "effective_from": "2025-09-01"}

    response = signed_in.post(url("termination_create", agreement), data)

    assert response.context["form"].errors["scope"]
    assert agreement.terminations.count() == 1


def test_the_signer_terminates_without_giving_a_reason(signed_in, committee):
    agreement = AgreementFactory(committee=committee, signed_by_role="kommundirektör")
    data = {"by": "municipality", "scope": "full", "decided_by_role": "dåvarande Kommundirektör"}

    signed_in.post(url("termination_create", agreement), data)

    assert agreement.terminations.exists()


def test_another_agreements_undertaking_cannot_be_ended_by_a_forged_id(signed_in, agreement):
    foreign = ObligationFactory()
    data = {"by": "partner", "scope": "full", "ends": [foreign.pk]}

    response = signed_in.post(url("termination_create", agreement), data)

    assert response.context["form"].errors["ends"]
    assert not Termination.objects.exists()


def test_a_scheme_refuses_a_legal_form_that_it_excludes(signed_in, committee):
    partner = PartnerFactory(legal_form="economic_association")
    agreement = AgreementFactory(committee=committee, kind="grant", partner=partner)
    scheme = GrantScheme.objects.create(
        municipality=committee.municipality,
        committee=committee,
        name="Verksamhetsbidrag",
        excluded_forms=["economic_association"],
    )

    response = signed_in.post(
        url("particulars_edit", agreement), {"scheme": scheme.pk} | rows("payments")
    )

    assert "lämnas inte till den juridiska formen" in response.content.decode()


def test_a_grant_keeps_its_payout_plan_and_computes_its_review(signed_in, committee):
    agreement = AgreementFactory(committee=committee, kind="grant")
    start = ApproximateDate.parse("våren 2015")
    RevisionFactory(agreement=agreement, decided=True, in_force_from=start)
    payment = {"due_on": "2015-06-30", "amount": "50 000", "note": "första"}

    signed_in.post(
        url("particulars_edit", agreement), {"limit_months": "18"} | rows("payments", payment)
    )

    page = signed_in.get(agreement.get_absolute_url()).content.decode()
    assert agreement.planned_payments.get().amount == 50_000
    assert "hösten 2016, beräknad" in page


def test_a_partnership_has_no_particulars_and_no_application(signed_in, agreement):
    assert signed_in.get(url("particulars_edit", agreement)).status_code == 404
    assert "ansökt" not in signed_in.get(agreement.get_absolute_url()).content.decode().lower()


def test_undertakings_are_written_changed_and_removed(signed_in, agreement):
    old = ObligationFactory(agreement=agreement)
    new = {"party": "partner", "text": "Hålla öppet", "starts": "hösten 2024"}
    removed = {"id": old.pk, "party": "partner", "text": old.text, "DELETE": "on"}

    signed_in.post(url("obligations_edit", agreement), rows("obligations", removed, new, initial=1))

    assert Obligation.objects.get().starts.edtf == "2024-23"


def test_a_secretary_reads_and_changes_nothing(client, committee, agreement):
    client.force_login(member_of(committee, "secretary"))
    page = client.get(agreement.get_absolute_url()).content.decode()

    assert url("agreement_validity", agreement) not in page
    assert client.post(url("agreement_validity", agreement), {}).status_code == 403
