"""What was submitted stays: the database refuses, whichever way the change comes."""

import pytest
from django.db import IntegrityError, connection, transaction

from agreements.models import Agreement
from memos.models import (
    Consultation,
    DecisionBasis,
    Interpellation,
    InterpellationQuestion,
    Memo,
    MemoSection,
    MemoStep,
    MemoVersion,
    ProposalPoint,
    Recipient,
    Signatory,
)
from tests.memos.factories import AT, MemoFactory, VersionFactory

pytestmark = pytest.mark.django_db
PARTS = {
    MemoSection: "text",
    ProposalPoint: "text",
    DecisionBasis: "title",
    Consultation: "subject",
    Recipient: "function",
    Signatory: "name",
    Interpellation: "addressee",
    InterpellationQuestion: "answer",
}


@pytest.fixture
def memo(officer):
    """A memo with a row of every part, not submitted yet."""
    memo = MemoFactory(filled=True, title="före")
    memo.decision_bases.create(title="före")
    memo.consultations.create(consulted="jurist", subject="före", outcome="held")
    memo.recipients.create(function="före")
    memo.questions.create(text="Varför?", answer="före")
    Interpellation.objects.create(memo=memo, asked_by_party="MP", addressee="före")
    memo.steps.create(from_state="draft", to_state="submitted", at=AT, by=memo.created_by)
    return memo


@pytest.fixture
def submitted(memo):
    return VersionFactory(memo=memo).memo


def refused(change, sentence="is not a draft and is not changed"):
    with pytest.raises(IntegrityError, match=sentence), transaction.atomic():
        change()


def raw(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("state", [state for state in Memo.State if state != Memo.State.DRAFT])
@pytest.mark.parametrize(("model", "field"), PARTS.items())
def test_no_part_of_a_memo_changes_outside_of_the_draft(submitted, state, model, field):
    Memo.objects.update(state=state)
    row = model.objects.get(memo=submitted)
    before = getattr(row, field)

    refused(lambda: model.objects.filter(pk=row.pk).update(**{field: "efter"}))
    refused(lambda: model.objects.filter(pk=row.pk).delete())
    refused(lambda: raw(f"DELETE FROM {model._meta.db_table}"))  # noqa: S608

    assert getattr(model.objects.get(pk=row.pk), field) == before


@pytest.mark.parametrize("model", [ProposalPoint, Recipient, InterpellationQuestion])
def test_no_part_is_added_to_a_submitted_memo(submitted, model):
    refused(lambda: model.objects.create(memo=submitted, position=9))


def test_a_part_is_not_moved_into_a_submitted_memo(submitted):
    point = MemoFactory(filled=True).proposal_points.get()

    refused(lambda: ProposalPoint.objects.filter(pk=point.pk).update(memo=submitted))


@pytest.mark.parametrize(
    "change",
    [
        {"title": "efter"},
        {"diary_number": "KS 2026-1"},
        {"dated_on": "2026-05-05"},
        {"union_consultation": "informed"},
        {"agreement": None},
        {"state": "draft", "title": "efter"},
    ],
)
def test_what_the_memos_own_row_says_does_not_change(submitted, change):
    refused(lambda: Memo.objects.filter(pk=submitted.pk).update(**change))

    assert Memo.objects.get(pk=submitted.pk).title == "före"


def test_a_submitted_memo_is_not_removed(submitted):
    refused(lambda: raw("DELETE FROM memos_memo"))


@pytest.mark.parametrize(
    "change",
    [
        lambda: MemoVersion.objects.update(content={}),
        lambda: MemoVersion.objects.update(pdf_sha256="0" * 64),
        lambda: MemoVersion.objects.get().save(),
        lambda: MemoVersion.objects.all().delete(),
        lambda: raw("UPDATE memos_memoversion SET number = 2, reason = 'x'"),
        lambda: raw("DELETE FROM memos_memoversion"),
        lambda: MemoStep.objects.update(reason="efter"),
    ],
)
def test_nothing_changes_a_version_or_a_step(submitted, change):
    refused(change, "submitted version is not changed")


@pytest.mark.parametrize("fields", [{"number": 1, "reason": "x"}, {"number": 2, "reason": ""}])
def test_versions_are_numbered_once_and_give_a_reason_from_the_second(submitted, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        VersionFactory(memo=submitted, **fields)


def test_no_memo_is_beyond_preparation_without_a_version(memo):
    for state in set(Memo.State) - {"draft", "review", "approved"}:
        refused(lambda state=state: Memo.objects.update(state=state), "has a version")


def test_a_draft_is_changed_and_removed_as_before(memo):
    for model, field in PARTS.items():
        model.objects.update(**{field: "efter"})
    MemoStep.objects.all().delete()

    memo.delete()

    assert not Memo.objects.exists()
    assert Agreement.objects.exists()
