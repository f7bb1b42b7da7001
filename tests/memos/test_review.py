"""Review: comments, changes asked for, approval of exactly what was read, four eyes."""

import json
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.permissions import Role
from memos.actions import (
    MemoFrozenError,
    MemoMoveError,
    MemoNotSubmittableError,
    add_comment,
    approve_memo,
    ask_for_changes,
    ask_for_review,
    resolve_comment,
    save_memo,
    submit_memo,
)
from memos.documents import content_sha256
from memos.models import Memo, MemoRules, ReviewComment
from tests.accounts.factories import member_of
from tests.memos.factories import AT, MemoFactory, ReviewCommentFactory

pytestmark = pytest.mark.django_db
State = Memo.State


@pytest.fixture
def rules(committee):
    return MemoRules.objects.create(
        municipality=committee.municipality, needs_review=True, four_eyes=True
    )


def fresh(memo):
    return Memo.objects.with_parts().get(pk=memo.pk)


def edit(memo, by):
    return save_memo(fresh(memo), texts={}, lists=[], by=by)


def case(memo):
    return memo.template.sections.get(heading="Ärende")


def test_what_needs_a_review_is_not_submitted_without_approval(memo, officer, colleague, rules):
    with pytest.raises(MemoNotSubmittableError):
        submit_memo(memo, by=officer, at=AT)

    ask_for_review(memo, by=officer, at=AT)
    approve_memo(memo, by=colleague, at=AT)
    submit_memo(memo, by=officer, at=AT)

    assert [step.to_state for step in memo.steps.all()] == ["review", "approved", "submitted"]


def test_without_rules_a_draft_is_submitted_at_once(memo, officer):
    submit_memo(memo, by=officer, at=AT)

    assert memo.state == State.SUBMITTED


def test_four_eyes_who_began_the_memo_or_changed_it_last_does_not_approve(
    memo, officer, colleague, rules
):
    edit(memo, colleague)
    ask_for_review(memo, by=officer, at=AT)

    for person in (officer, colleague):
        with pytest.raises(MemoMoveError):
            approve_memo(memo, by=person, at=AT)

    approve_memo(memo, by=member_of(memo.committee, Role.ADMIN), at=AT)
    assert memo.state == State.APPROVED


def test_two_eyes_are_enough_where_the_municipality_says_so(memo, officer, rules):
    MemoRules.objects.update(four_eyes=False)
    ask_for_review(memo, by=officer, at=AT)

    approve_memo(memo, by=officer, at=AT)

    assert memo.state == State.APPROVED


@pytest.mark.parametrize("role", [Role.READER, Role.SECRETARY])
def test_only_reviewers_approve(memo, officer, role):
    ask_for_review(memo, by=officer, at=AT)

    with pytest.raises(MemoMoveError):
        approve_memo(memo, by=member_of(memo.committee, role), at=AT)


def test_an_incomplete_memo_is_not_approved(agreement, officer, colleague):
    memo = MemoFactory(agreement=agreement, created_by=officer)
    ask_for_review(memo, by=officer, at=AT)

    with pytest.raises(MemoNotSubmittableError):
        approve_memo(memo, by=colleague, at=AT)


def test_nothing_is_written_while_it_is_reviewed_or_approved(memo, officer, colleague):
    ask_for_review(memo, by=officer, at=AT)
    with pytest.raises(MemoFrozenError):
        edit(memo, officer)
    approve_memo(memo, by=colleague, at=AT)

    with pytest.raises(MemoFrozenError):
        edit(memo, officer)


def test_an_unresolved_comment_stands_in_the_way_of_approval(memo, officer, colleague):
    comment = add_comment(memo, section=case(memo), text="Vad kostar det?", by=colleague, at=AT)
    ask_for_review(memo, by=officer, at=AT)
    with pytest.raises(MemoMoveError):
        approve_memo(memo, by=colleague, at=AT)

    resolve_comment(comment, by=officer, at=AT)

    approve_memo(memo, by=colleague, at=AT)
    assert ReviewComment.objects.get().resolved_by == officer


def test_a_table_that_changed_after_the_approval_asks_for_a_new_one(memo, officer, colleague):
    ask_for_review(memo, by=officer, at=AT)
    approve_memo(memo, by=colleague, at=AT)
    memo.revision.contributions.update(stated_amount=Decimal(130_000))

    with pytest.raises(MemoNotSubmittableError, match=r"godkän|approved"):
        submit_memo(memo, by=officer, at=AT)

    ask_for_changes(memo, by=officer, at=AT)
    ask_for_review(memo, by=officer, at=AT)
    approve_memo(memo, by=colleague, at=AT)
    submit_memo(memo, by=officer, at=AT)
    kept = json.dumps(memo.current_version.content, ensure_ascii=False)
    assert "130\u00a0000" in kept


def test_an_open_page_does_not_approve_what_has_changed_since(client, memo, officer, colleague):
    ask_for_review(memo, by=officer, at=AT)
    client.force_login(colleague)
    page, approve = (
        reverse(f"memos:memo_{name}", args=[memo.pk]) for name in ("review", "approve")
    )
    shown = client.get(page).context["shown"]
    memo.revision.contributions.update(stated_amount=Decimal(130_000))

    told = client.post(approve, {"shown": shown}, follow=True)

    memo.refresh_from_db()
    assert memo.state == State.IN_REVIEW
    assert "innehåll har ändrats sedan du öppnade sidan" in told.content.decode()
    assert "130\u00a0000" in told.content.decode()
    client.post(approve, {"shown": told.context["shown"]})
    memo.refresh_from_db()
    assert memo.state == State.APPROVED


def test_a_reviewer_says_what_to_change(memo, officer, colleague):
    ask_for_review(memo, by=officer, at=AT)
    with pytest.raises(MemoMoveError):
        ask_for_changes(memo, by=colleague, at=AT, reason=" ")

    ask_for_changes(memo, by=colleague, at=AT, reason="Förklara kostnaden")

    assert memo.state == State.DRAFT
    assert memo.steps.last().reason == "Förklara kostnaden"


def test_the_writer_takes_the_memo_back_without_a_reason(memo, officer):
    ask_for_review(memo, by=officer, at=AT)

    ask_for_changes(memo, by=officer, at=AT)

    assert memo.state == State.DRAFT


def test_the_review_page_keeps_a_comment_by_its_section(client, memo, colleague):
    client.force_login(colleague)
    url = reverse("memos:memo_review", args=[memo.pk])
    section = case(memo)

    client.post(url, {"section": section.pk, f"comment-{section.pk}-text": "Vad kostar det?"})

    comment = ReviewComment.objects.get()
    assert (comment.template_section, comment.by) == (section, colleague)
    part = client.get(url).content.decode().split(f'id="part-{section.pk}"')[1]
    assert "Vad kostar det?" in part.split("</section>")[0]


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001])
def test_a_comment_that_cannot_be_kept_is_complained_of_where_it_was_written(
    client, memo, colleague, text
):
    client.force_login(colleague)
    section = case(memo)

    response = client.post(
        reverse("memos:memo_review", args=[memo.pk]),
        {"section": section.pk, f"comment-{section.pk}-text": text},
    )

    assert any(form.errors for form in response.context["forms"])
    assert response.content.decode().count(f'id="id_comment-{section.pk}-text"') == 1
    assert not ReviewComment.objects.exists()


def test_a_comment_on_another_memos_section_is_not_kept(client, memo, colleague):
    client.force_login(colleague)
    foreign = MemoFactory().template.sections.first()

    client.post(
        reverse("memos:memo_review", args=[memo.pk]),
        {"section": foreign.pk, f"comment-{foreign.pk}-text": "Hej"},
    )

    assert not ReviewComment.objects.exists()


def test_the_pages_carry_a_memo_through_its_review(client, memo, officer, colleague, rules):
    comment = ReviewCommentFactory(memo=memo)
    steps = (
        (officer, "memos:review_ask", memo.pk),
        (colleague, "memos:comment_resolve", comment.pk),
        (colleague, "memos:memo_approve", memo.pk),
        (officer, "memos:memo_submit", memo.pk),
    )

    for person, name, pk in steps:
        client.force_login(person)
        client.post(reverse(name, args=[pk]), {"shown": content_sha256(fresh(memo))})

    memo.refresh_from_db()
    assert memo.state == State.SUBMITTED


def test_the_page_gives_the_memo_back_with_a_reason(client, memo, officer, colleague):
    ask_for_review(memo, by=officer, at=AT)
    client.force_login(colleague)
    url = reverse("memos:memo_return", args=[memo.pk])
    client.post(url, {"reason": ""})
    memo.refresh_from_db()
    refused = memo.state

    client.post(url, {"reason": "Förklara"})

    memo.refresh_from_db()
    assert (refused, memo.state) == (State.IN_REVIEW, State.DRAFT)


def test_the_overview_names_what_waits_for_the_reviewer(client, memo, officer, colleague):
    ask_for_review(memo, by=officer, at=AT)
    shown = {}
    for person in (officer, colleague):
        client.force_login(person)
        shown[person] = list(client.get(reverse("start")).context["to_review"])

    assert shown == {officer: [], colleague: [memo]}


def test_a_comment_of_another_municipality_is_not_resolved(client, memo, stranger):
    comment = ReviewCommentFactory(memo=memo)
    client.force_login(stranger)

    response = client.post(reverse("memos:comment_resolve", args=[comment.pk]))

    assert response.status_code == 404


def test_a_reader_sees_no_comment(client, memo, officer, reader):
    submit_memo(memo, by=officer, at=AT)
    ReviewCommentFactory(memo=memo, text="Bara för oss")
    client.force_login(reader)

    assert "Bara för oss" not in client.get(memo.get_absolute_url()).content.decode()


def test_a_submitted_memo_is_not_commented(memo, officer):
    submit_memo(memo, by=officer, at=AT)

    with pytest.raises(MemoMoveError):
        add_comment(memo, section=None, text="För sent", by=officer, at=AT)


def test_the_database_holds_the_rules_of_rules_and_comments(memo, committee):
    with pytest.raises(IntegrityError), transaction.atomic():
        MemoRules.objects.create(municipality=committee.municipality, four_eyes=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewCommentFactory(memo=memo, text="")
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewCommentFactory(memo=memo, resolved_at=AT)
