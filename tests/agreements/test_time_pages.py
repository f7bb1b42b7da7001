"""Validity, responsibility, terminations and particulars through the pages."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from agreements.actions import extend
from agreements.documents import facts_known_at, facts_of, fetch_with_facts
from agreements.models import (
    Agreement,
    AgreementOn,
    GrantScheme,
    Obligation,
    Responsibility,
    Term,
    Termination,
)
from partnerships.dates import ApproximateDate
from tests.accounts.factories import member_of
from tests.agreements.factories import (
    AgreementFactory,
    ContributionFactory,
    ObligationFactory,
    ResponsibilityFactory,
    RevisionFactory,
    TermFactory,
    TerminationFactory,
    decide,
)
from tests.organisations.factories import CommitteeFactory, PartnerFactory
from tests.pdf_checks import checks, structure, verapdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client, officer):
    client.force_login(officer)
    return client


def url(name, agreement):
    return reverse(f"agreements:{name}", args=[agreement.pk])


def rows(prefix, *filled, initial=0):
    """A formset's data."""
    data = {f"{prefix}-TOTAL_FORMS": len(filled), f"{prefix}-INITIAL_FORMS": initial}
    for index, row in enumerate(filled):
        data |= {f"{prefix}-{index}-{name}": value for name, value in row.items()}
    return data


def answer(agreement, day):
    (whole,) = fetch_with_facts(Agreement.objects.filter(pk=agreement.pk))
    return AgreementOn(facts_of(whole), date.fromisoformat(day))


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


def test_the_page_shows_what_the_portal_knew_then(signed_in, officer, committee):
    with time_machine.travel(datetime(2024, 3, 1, 12, tzinfo=UTC)):
        agreement = AgreementFactory(committee=committee)
        revision = RevisionFactory(agreement=agreement, purpose="Mötas.")
        ContributionFactory(revision=revision, stated_amount=100)
        decide(revision)
        TermFactory(agreement=agreement)
    with time_machine.travel(datetime(2025, 12, 1, 12, tzinfo=UTC)):
        term = Term(agreement=agreement, basis="clause")
        term.starts = ApproximateDate.parse("2026-01-01")
        term.ends = ApproximateDate.parse("2027-12-31")
        extend(term, by=officer)
    address = agreement.get_absolute_url()

    then = signed_in.get(address, {"on": "2026-06-01", "known": "2025-11-30"})
    later = signed_in.get(address, {"on": "2026-06-01", "known": "2025-12-01"})
    before = signed_in.get(address, {"known": "2024-02-28"})

    assert then.context["answer"].status.status == "expired"
    assert later.context["answer"].status.status == "active"
    assert "hade inte avtalet" in before.content.decode()
    assert (
        signed_in.get(url("agreement_sheet_pdf", agreement), {"known": "2024-02-28"}).status_code
        == 404
    )


def test_facts_known_now_are_the_facts(agreement):
    line = ContributionFactory(revision=RevisionFactory(agreement=agreement))
    decide(line.revision)
    ResponsibilityFactory(agreement=agreement)
    TermFactory(agreement=agreement)
    later = datetime.now(UTC) + timedelta(minutes=1)

    known = AgreementOn(facts_known_at(agreement, later), date(2024, 6, 1))
    live = answer(agreement, "2024-06-01")

    assert known.status == live.status
    assert known.cost.candidates == live.cost.candidates
    assert known.revision.candidates == live.revision.candidates
    assert known.totals.municipality.amount == live.totals.municipality.amount


def test_the_sheet_of_a_day_is_archival_and_says_what_the_page_says(signed_in, agreement, tmp_path):
    RevisionFactory(agreement=agreement, decided=True, target_group="unga vuxna")
    TermFactory(agreement=agreement)
    ResponsibilityFactory(agreement=agreement)

    response = signed_in.get(url("agreement_sheet_pdf", agreement), {"on": "2024-06-01"})

    text = " ".join(structure.lines(response.content))
    path = tmp_path / "sheet.pdf"
    path.write_bytes(response.content)
    assert "unga vuxna" in text
    assert "2024-06-01" in text
    assert checks.problems(response.content) == []
    if verapdf.is_available():
        assert verapdf.validate([path]) == ""


def test_two_revisions_are_compared_word_by_word_and_in_kronor(signed_in, officer, agreement):
    first = RevisionFactory(agreement=agreement, purpose="Möten för unga varje vecka.")
    ContributionFactory(revision=first, label="Hyra", stated_amount=100_000)
    decide(first)
    second = RevisionFactory(agreement=agreement, purpose="Möten för unga varje dag.")
    ContributionFactory(
        revision=second,
        label="Lokalhyra",
        stated_amount=120_000,
        copied_from=first.contributions.get(),
    )

    page = signed_in.get(url("revision_compare", agreement)).content.decode()

    assert "<del>vecka</del><ins>dag</ins>" in page
    assert "<del>Hyra</del><ins>Lokalhyra</ins>" in page
    assert "+20\u00a0000\u00a0kr" in page


def test_a_revision_without_contributions_is_not_one_that_gives_nothing(signed_in, agreement):
    decide(RevisionFactory(agreement=agreement))
    ContributionFactory(revision=RevisionFactory(agreement=agreement))

    comparison = signed_in.get(url("revision_compare", agreement)).context["comparison"]

    assert comparison.sides[0].before is None
    assert comparison.sides[0].lines[0].amount is None


def test_revisions_of_another_agreement_are_not_compared(signed_in, agreement):
    foreign = RevisionFactory()
    RevisionFactory(agreement=agreement)

    response = signed_in.get(
        url("revision_compare", agreement), {"before": foreign.pk, "after": foreign.pk}
    )

    assert response.context["form"].errors
    assert response.context["comparison"] is None


def test_the_register_answers_for_a_day(signed_in, agreement):
    RevisionFactory(agreement=agreement, decided=True)
    TermFactory(agreement=agreement)
    register = reverse("agreements:agreement_list")

    for day, status in (
        ("2023-12-31", "upcoming"),
        ("2024-06-01", "active"),
        ("2026-01-01", "expired"),
    ):
        response = signed_in.get(register, {"on": day, "status": status})
        assert list(response.context["page"].rows) == [agreement]


def test_a_whole_committee_on_a_day_is_one_query(committee, officer, django_assert_num_queries):
    for _number in range(5):
        agreement = AgreementFactory(committee=committee)
        RevisionFactory(agreement=agreement, decided=True)
        ResponsibilityFactory(agreement=agreement)

    with django_assert_num_queries(1):
        found = list(Agreement.objects.filter(committee=committee).as_of(date(2024, 6, 1)))

    assert {row.status for row in found} == {"active"}
    assert {row.revision_number for row in found} == {1}
    assert {row.bears_cost for row in found} == {committee.name}


def test_a_secretary_reads_and_changes_nothing(client, committee, agreement):
    client.force_login(member_of(committee, "secretary"))
    page = client.get(agreement.get_absolute_url()).content.decode()

    assert url("agreement_validity", agreement) not in page
    assert client.post(url("agreement_validity", agreement), {}).status_code == 403
