"""What follows from the judgements: legal forms, criteria, and nothing counted that nobody judged."""

import pytest
from hypothesis import given, strategies as st

from assessments.actions import JudgementRefusedError, save_assessment
from assessments.models import ActorCheck, Value, result_of
from assessments.models.result import REFUSING, Outcome, outcome_of
from assessments.words import alternatives, reasons
from organisations.models import LegalForm, PartnerProject
from tests.agreements.factories import AgreementFactory, ContributionFactory, RevisionFactory
from tests.assessments.factories import CriteriaSetFactory, assessment_of, fresh, judge
from tests.organisations.factories import PartnerFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "form",
    [
        LegalForm.NONPROFIT_ASSOCIATION,
        LegalForm.FOUNDATION,
        LegalForm.REGISTERED_FAITH_COMMUNITY,
        LegalForm.LIMITED_PROFIT_COMPANY,
    ],
)
def test_the_forms_that_the_set_lists_can_be_a_party(committee, form):
    assessment = assessment_of(committee, PartnerFactory(legal_form=form))

    assert result_of(fresh(assessment)).actor == ActorCheck.ELIGIBLE


@pytest.mark.parametrize(
    "form", [LegalForm.COMPANY, LegalForm.PARTNERSHIP, LegalForm.PUBLIC_BODY, LegalForm.OTHER]
)
def test_a_form_that_the_set_does_not_list_cannot(committee, form):
    assessment = assessment_of(committee, PartnerFactory(legal_form=form))

    assert result_of(fresh(assessment)).outcome == Outcome.NOT_POSSIBLE


def test_a_legal_form_that_is_not_known_leaves_the_assessment_incomplete(committee, officer):
    assessment = assessment_of(committee, PartnerFactory(legal_form=""), by=officer)

    result = result_of(judge(assessment, officer, Value.MET))

    assert (result.actor, result.outcome) == (ActorCheck.FORM_NOT_KNOWN, Outcome.INCOMPLETE)


@pytest.mark.parametrize(
    ("answers", "motivation", "expected"),
    [
        (["", "", ""], "", ActorCheck.CASE_BY_CASE),
        (["yes", "yes", "yes"], "", ActorCheck.CASE_BY_CASE),
        (["yes", "yes", "unclear"], "Prövat.", ActorCheck.CASE_BY_CASE),
        (["yes", "yes", "yes"], "Prövat.", ActorCheck.CASE_ALLOWS),
        (["yes", "no", "yes"], "Prövat.", ActorCheck.CASE_REFUSES),
        (["", "no", ""], "", ActorCheck.CASE_REFUSES),
    ],
)
def test_an_economic_association_is_decided_by_its_three_questions_and_a_motivation(
    committee, officer, answers, motivation, expected
):
    partner = PartnerFactory(legal_form=LegalForm.ECONOMIC_ASSOCIATION)
    assessment = assessment_of(committee, partner, by=officer, form_motivation=motivation)
    rows = list(assessment.form_answers.all())
    for row, answer in zip(rows, answers, strict=True):
        row.answer = answer

    save_assessment(assessment, judged=[], answers=rows, by=officer)

    assert result_of(fresh(assessment)).actor == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (dict.fromkeys(range(1, 9), Value.MET), Outcome.POSSIBLE),
        (dict.fromkeys(range(1, 9), Value.MET) | {8: Value.NOT_MET}, Outcome.NOT_POSSIBLE),
        (dict.fromkeys(range(1, 8), Value.MET), Outcome.INCOMPLETE),
        ({8: Value.NOT_MET}, Outcome.NOT_POSSIBLE),
        ({}, Outcome.INCOMPLETE),
        (dict.fromkeys(range(1, 9), Value.MET) | {3: Value.NOT_APPLICABLE}, Outcome.POSSIBLE),
    ],
)
def test_eight_criteria_give_their_result(committee, officer, values, expected):
    assessment = judge(assessment_of(committee, by=officer), officer, values)

    assert result_of(assessment).outcome == expected


def test_a_project_is_not_possible_and_what_nobody_assessed_stays_so(committee, officer):
    owner = PartnerFactory(name="KISAM")
    project = PartnerProject.objects.create(partner=owner, name="Världens Mammor")
    assessment = assessment_of(committee, owner, project=project, by=officer)

    result = result_of(judge(assessment, officer, {8: Value.NOT_MET}))

    assert result.outcome == Outcome.NOT_POSSIBLE
    assert [row.criterion.position for row in result.unmet] == [8]
    assert [row.criterion.position for row in result.not_assessed] == [1, 2, 3, 4, 5, 6, 7]
    assert "KISAM" in reasons(assessment, result)[0]
    assert alternatives(assessment) == ["Vi delar erfarenheter", "Vi lånar ut lokaler"]


def test_partly_is_refused_where_all_is_required_and_taken_where_the_set_allows_it(
    committee, officer
):
    strict = assessment_of(committee, by=officer)
    mild = CriteriaSetFactory(municipality=committee.municipality, rule="wholly_or_partly")
    lenient = assessment_of(committee, criteria_set=mild, by=officer)

    with pytest.raises(JudgementRefusedError):
        judge(strict, officer, Value.PARTLY)

    assert result_of(judge(lenient, officer, Value.PARTLY)).outcome == Outcome.POSSIBLE


def test_not_applicable_needs_a_motivation(committee, officer):
    assessment = assessment_of(committee, by=officer)

    with pytest.raises(JudgementRefusedError):
        judge(assessment, officer, {3: Value.NOT_APPLICABLE}, motivation=" ")


@given(
    actor=st.sampled_from(ActorCheck),
    values=st.lists(st.sampled_from(Value.values), min_size=1, max_size=10),
    allows_partly=st.booleans(),
)
def test_possible_is_only_what_is_assessed_in_full_and_nowhere_unmet(actor, values, allows_partly):
    outcome = outcome_of(actor, values, allows_partly=allows_partly)

    if outcome == Outcome.POSSIBLE:
        assert actor in {ActorCheck.ELIGIBLE, ActorCheck.CASE_ALLOWS}
        assert not {Value.NOT_ASSESSED, Value.NOT_MET} & set(values)
        assert allows_partly or Value.PARTLY not in values
    if actor in REFUSING or Value.NOT_MET in values:
        assert outcome == Outcome.NOT_POSSIBLE


@pytest.fixture
def draft(committee):
    """A draft of a partnership, with nothing contributed yet."""
    return RevisionFactory(agreement=AgreementFactory(committee=committee))


def about(draft, officer):
    agreement = draft.agreement
    return assessment_of(agreement.committee, agreement.partners.get(), by=officer, revision=draft)


def test_the_contributions_of_both_are_linked_as_evidence(draft, officer):
    ContributionFactory(revision=draft, stated_amount=1_100_000)
    ContributionFactory(revision=draft, by_partner=True, stated_amount=980_500)

    assessment = judge(about(draft, officer), officer, {6: Value.MET}, evidence="")

    row = assessment.criterion_assessments.get(criterion__position=6)
    assert "1\u00a0100\u00a0000" in row.from_register
    assert "980\u00a0500" in row.from_register


@pytest.mark.parametrize("amount", [0, "no line"])
def test_both_finance_cannot_be_met_when_one_party_brings_nothing(draft, officer, amount):
    ContributionFactory(revision=draft, stated_amount=1_100_000)
    if amount == 0:
        ContributionFactory(revision=draft, by_partner=True, stated_amount=0)

    with pytest.raises(JudgementRefusedError, match=draft.agreement.partners.get().name):
        judge(about(draft, officer), officer, {6: Value.MET})


def test_an_amount_that_is_not_known_is_not_nothing(draft, officer):
    ContributionFactory(revision=draft, stated_amount=1)
    ContributionFactory(revision=draft, by_partner=True, stated_amount=None)

    assessment = judge(about(draft, officer), officer, {6: Value.MET})

    assert assessment.criterion_assessments.get(criterion__position=6).value == Value.MET


def test_without_a_draft_somebody_says_what_shows_the_contributions(committee, officer):
    assessment = assessment_of(committee, by=officer)

    with pytest.raises(JudgementRefusedError):
        judge(assessment, officer, {6: Value.MET}, evidence="")

    assert judge(assessment, officer, {6: Value.MET}, evidence="Avsiktsförklaring")


def test_other_support_makes_the_fourth_criterion_need_a_motivation(committee, officer):
    partner = PartnerFactory()
    grant = AgreementFactory(committee=committee, kind="grant", partner=partner, name="Stödet")
    RevisionFactory(agreement=grant, decided=True)
    type(grant).objects.filter(pk=grant.pk).update(is_decided=True)
    assessment = assessment_of(committee, partner, by=officer)

    with pytest.raises(JudgementRefusedError, match="Stödet"):
        judge(assessment, officer, {4: Value.MET}, motivation="")

    row = judge(assessment, officer, {4: Value.MET}).criterion_assessments.get(
        criterion__position=4
    )
    assert "Stödet" in row.from_register
