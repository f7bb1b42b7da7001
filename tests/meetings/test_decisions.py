"""What was decided, and what it does in the agreements."""

from datetime import date

import pytest
from django.utils.timezone import localdate

from agreements.models import Revision, Termination
from meetings.actions import (
    DecisionRefusedError,
    EffectDraft,
    check_condition,
    put_on_agenda,
    record_answer,
    record_decision,
)
from meetings.due import due
from meetings.models import Decision, DecisionCondition, Meeting, MinutesRules
from memos.actions import ListDraft
from memos.models import Memo
from partnerships.dates import ApproximateDate
from partnerships.together import ask
from tests.agreements.factories import AgreementFactory, RevisionFactory, TerminationFactory
from tests.meetings.conftest import decided, draft_of, printed, with_effect
from tests.memos.factories import AT, MemoFactory, MemoTemplateFactory, VersionFactory

pytestmark = pytest.mark.django_db


# The decision


def test_the_decision_is_written_once_and_the_memo_is_decided(handled, secretary, memo):
    (proposed,) = handled.proposed_points
    decided(handled, secretary, points=[(proposed, proposed)])

    memo.refresh_from_db()
    text = printed(handled)
    assert memo.state == Memo.State.DECIDED
    assert text["Ärende"] == ["<p>Parterna har kommit överens.</p>\n"]
    assert text["Beslutsunderlag"] == ["Tjänsteskrivelse – Exempelärendet"]
    (order,) = text["Beslutsordning"]
    assert "endast finns ett förslag till beslut, vilket är Kontorets förslag" in order


OWN_WORDS = "Ett förslag finns, {proposal_of}, och {committee} bifaller det."


@pytest.mark.parametrize(
    ("own", "printed_as"),
    [
        (None, "endast finns ett förslag till beslut och finner att kommunstyrelsen beslutar"),
        (OWN_WORDS, "endast finns ett förslag till beslut och finner att kommunstyrelsen beslutar"),
        ("{committee} bifaller förslaget.", "kommunstyrelsen bifaller förslaget."),
    ],
)
def test_a_proposal_of_nobody_known_leaves_no_hole_in_the_sentence(
    handled, secretary, committee, own, printed_as
):
    type(committee).objects.filter(pk=committee.pk).update(name="kommunstyrelsen")
    if own:
        MinutesRules.objects.create(
            municipality=committee.municipality,
            adjusters=1,
            valid_from=date(2020, 1, 1),
            only_proposal_sentence=own,
        )
    handled = type(handled).objects.with_everything().get(pk=handled.pk)

    decided(handled, secretary, proposed_by="")

    (order,) = printed(handled)["Beslutsordning"]
    assert printed_as in order
    assert "vilket" not in order


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        ("decided", "decided"),
        ("noted", "decided"),
        ("referred_back", "referred_back"),
        ("tabled", "tabled"),
    ],
)
def test_each_outcome_brings_the_memo_where_it_belongs(handled, secretary, memo, outcome, state):
    decided(handled, secretary, outcome=outcome, points=[("Ärendet hanteras.", "")])

    memo.refresh_from_db()
    assert memo.state == state


def test_nothing_is_decided_before_the_meeting_is_called(handled, secretary, memo):
    Meeting.objects.update(state="planned")

    with pytest.raises(DecisionRefusedError, match="planned"):
        record_decision(handled, draft_of(), by=secretary, at=AT)

    assert not Decision.objects.exists()


@pytest.mark.parametrize("order", ["several", "vote"])
def test_several_proposals_say_in_which_order_they_were_put(handled, secretary, order):
    with pytest.raises(DecisionRefusedError, match="order"):
        record_decision(handled, draft_of(order=order), by=secretary, at=AT)


def test_the_words_can_be_recorded_anew_but_not_the_outcome(handled, secretary):
    item = decided(handled, secretary)
    item.decision.order_text = "Ordföranden finner bifall."
    again = draft_of(points=[("Rättad punkt.", "")])
    again.decision = item.decision
    record_decision(item, again, by=secretary, at=AT)
    assert [point.text for point in Decision.objects.get().points.all()] == ["Rättad punkt."]

    item.decision.outcome = "tabled"
    with pytest.raises(DecisionRefusedError, match="outcome"):
        record_decision(item, again, by=secretary, at=AT)


def test_an_answer_to_an_interpellation_decides_nothing(agreement, meeting, secretary):
    template = MemoTemplateFactory(
        municipality=agreement.municipality, sections=[("", "questions", True)]
    )
    memo = MemoFactory(agreement=agreement, template=template)
    VersionFactory(memo=memo)
    item = put_on_agenda(memo, meeting, by=secretary, at=AT)
    Meeting.objects.update(state="held")

    with pytest.raises(DecisionRefusedError, match="interpellation"):
        record_decision(item, draft_of(), by=secretary, at=AT)
    record_answer(item, by=secretary, at=AT)

    memo.refresh_from_db()
    assert memo.state == Memo.State.CLOSED
    assert not Decision.objects.exists()


# In the agreements


def test_a_draft_revision_is_decided_with_the_decision(handled, agreement, secretary):
    revision = RevisionFactory(agreement=agreement)

    decision = record_decision(
        handled,
        with_effect(handled, agreement, kind="revision", revision=revision),
        by=secretary,
        at=AT,
    )

    revision.refresh_from_db()
    assert revision.decided_by == secretary
    assert decision.effects.get().revision == revision


def test_a_revision_that_cannot_be_decided_refuses_the_whole_decision(
    handled, agreement, secretary, memo
):
    revision = RevisionFactory(agreement=agreement, in_force_from=None)
    draft = with_effect(handled, agreement, kind="revision", revision=revision)

    with pytest.raises(DecisionRefusedError, match=f"{agreement}: Say from when"):
        record_decision(handled, draft, by=secretary, at=AT)

    memo.refresh_from_db()
    assert memo.state == Memo.State.ON_AGENDA
    assert not Decision.objects.exists()
    assert Revision.objects.get(pk=revision.pk).is_draft


def test_a_termination_is_given_with_the_decision(handled, agreement, secretary, committee):
    termination = Termination(
        scope="full", effective_from=ApproximateDate.exactly(date(2025, 1, 1))
    )
    draft = with_effect(handled, agreement, kind="termination", termination=termination)

    record_decision(handled, draft, by=secretary, at=AT)

    given = agreement.terminations.get()
    assert given.decided_by_role == committee.name
    agreement.refresh_from_db()
    assert agreement.is_terminated


def test_an_agreement_that_is_terminated_already_refuses_with_its_own_sentence(
    handled, agreement, secretary
):
    TerminationFactory(agreement=agreement)
    draft = with_effect(
        handled, agreement, kind="termination", termination=Termination(scope="full")
    )

    with pytest.raises(DecisionRefusedError, match="terminated already"):
        record_decision(handled, draft, by=secretary, at=AT)

    assert not Decision.objects.exists()


def test_another_than_the_signer_says_why(handled, agreement, secretary):
    agreement.signed_by_role = "kommundirektör"
    agreement.save()
    draft = with_effect(
        handled, agreement, kind="termination", termination=Termination(scope="full")
    )

    with pytest.raises(DecisionRefusedError, match="signed by kommundirektör"):
        record_decision(handled, draft, by=secretary, at=AT)


def test_an_effect_comes_once_in_each_agreement(handled, agreement, secretary):
    draft = with_effect(handled, agreement, kind="noted")
    record_decision(handled, draft, by=secretary, at=AT)

    with pytest.raises(DecisionRefusedError, match=f"in the agreement {agreement} already"):
        record_decision(handled, draft, by=secretary, at=AT)


def test_one_decision_binds_several_agreements(item, secretary, committee):
    agreements = [AgreementFactory(committee=committee) for _number in range(3)]
    for agreement in agreements:
        item.item_agreements.create(agreement=agreement)
    draft = draft_of()
    draft.effects = [EffectDraft(agreement, "noted") for agreement in agreements]

    decision = record_decision(item, draft, by=secretary, at=AT)

    assert {effect.agreement for effect in decision.effects.all()} == set(agreements)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [({"outcome": "tabled"}, "put off"), ({"outcome": "decided"}, "Name the agreement")],
)
def test_an_effect_needs_a_matter_that_is_settled_and_names_the_agreement(
    item, secretary, agreement, fields, sentence
):
    draft = draft_of(**fields)
    draft.effects = [EffectDraft(agreement, "noted")]

    with pytest.raises(DecisionRefusedError, match=sentence):
        record_decision(item, draft, by=secretary, at=AT)


def test_a_condition_is_due_until_it_is_checked(item, secretary, officer, agreement):
    item.item_agreements.create(agreement=agreement)
    draft = draft_of()
    draft.conditions = ListDraft(
        rows=[DecisionCondition(text="Redovisas", check_on=date(2025, 1, 1))]
    )
    record_decision(item, draft, by=secretary, at=AT)
    agreements = type(agreement).objects.filter(pk=agreement.pk)
    days = {"first": date(2026, 1, 1), "last": date(2026, 6, 1)}

    assert [(row.on, row.stays) for row in ask(due(agreements, **days))] == [
        (date(2025, 1, 1), True)
    ]
    assert not list(ask(due(agreements.none(), **days)))
    check_condition(
        DecisionCondition.objects.get(), finding="Gjort", on=date(2025, 1, 2), by=officer
    )

    assert not list(ask(due(agreements, **days)))
    with pytest.raises(DecisionRefusedError, match="already"):
        check_condition(DecisionCondition.objects.get(), finding="Igen", on=localdate(), by=officer)
