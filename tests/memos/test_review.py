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
from tests.agreements.factories import ContributionFactory, RevisionFactory
from tests.memos.factories import AT, MemoFactory, ReviewCommentFactory

pytestmark = pytest.mark.django_db
State = Memo.State


@pytest.fixture
def colleague(committee):
    return member_of(committee, Role.OFFICER)


@pytest.fixture
def rules(committee):
    return MemoRules.objects.create(
        municipality=committee.municipality, needs_review=True, four_eyes=True
    )


@pytest.fixture
def memo(agreement, officer):
    revision = RevisionFactory(agreement=agreement)
    ContributionFactory(revision=revision, stated_amount=120_000)
    return MemoFactory(
        agreement=agreement, revision=revision, created_by=officer, filled=True, complete=True
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


BUTTONS = ("memo_review", "memo_approve", "memo_return", "comment_resolve")


def typed_on(memo, **more):
    """Comments in the boxes of the whole memo and of one section, as the page sends them."""
    return {
        "comment-0-text": "Allmänt",
        f"comment-{case(memo).pk}-text": "Vad kostar det?",
        "shown": content_sha256(fresh(memo)),
    } | more


@pytest.fixture
def in_review(memo, officer, colleague, client):
    """A memo that a colleague, who is signed in, reviews."""
    ask_for_review(memo, by=officer, at=AT)
    client.force_login(colleague)
    return memo


@pytest.mark.parametrize(
    ("button", "state"), list(zip(BUTTONS, ["review", "review", "draft", "review"], strict=True))
)
def test_every_button_of_the_page_keeps_every_comment(client, in_review, button, state):
    there = ReviewCommentFactory(memo=in_review, text="Äldre")
    pk = there.pk if button == "comment_resolve" else in_review.pk

    client.post(reverse(f"memos:{button}", args=[pk]), typed_on(in_review))

    in_review.refresh_from_db()
    new = in_review.comments.exclude(pk=there.pk)
    assert set(new.values_list("template_section", "text")) == {
        (None, "Allmänt"),
        (case(in_review).pk, "Vad kostar det?"),
    }
    assert in_review.state == state
    assert in_review.comments.unresolved().count() == (2 if button == "comment_resolve" else 3)


@pytest.mark.parametrize("button", BUTTONS)
def test_a_box_that_is_refused_changes_nothing_and_loses_nothing(client, in_review, button):
    there = ReviewCommentFactory(memo=in_review, text="Äldre")
    pk = there.pk if button == "comment_resolve" else in_review.pk
    long = "y" * 2001
    typed = typed_on(in_review, reason="Skäl som skrevs", **{"comment-0-text": long})

    response = client.post(reverse(f"memos:{button}", args=[pk]), typed)

    in_review.refresh_from_db()
    assert (response.status_code, in_review.state) == (200, State.IN_REVIEW)
    assert list(in_review.comments.unresolved()) == [there]
    assert all(words in response.text for words in (long, "Vad kostar det?", "Skäl som skrevs"))


def test_the_page_is_one_form_that_asks_before_it_is_left(client, in_review):
    ReviewCommentFactory(memo=in_review)

    page = client.get(reverse("memos:memo_review", args=[in_review.pk]))

    main = page.text.split("<main")[1].split("</main>")[0]
    assert main.count("<form") == 1
    assert "data-asks-before-leaving" in main
    assert "editor.js" in page.text


def test_an_approval_with_new_comments_keeps_them_and_says_why_it_is_none(client, in_review):
    url = reverse("memos:memo_approve", args=[in_review.pk])

    told = client.post(url, typed_on(in_review), follow=True)

    assert "godkändes inte" in told.text
    for comment in in_review.comments.all():
        resolve_comment(comment, by=told.wsgi_request.user, at=AT)
    client.post(url, {"shown": told.context["shown"], "comment-0-text": "  "})
    in_review.refresh_from_db()
    assert in_review.state == State.APPROVED


def test_an_approval_beside_words_for_changes_is_asked_about(client, in_review):
    url = reverse("memos:memo_approve", args=[in_review.pk])
    shown = content_sha256(fresh(in_review))

    response = client.post(url, {"shown": shown, "reason": "Förklara"})

    in_review.refresh_from_db()
    assert in_review.state == State.IN_REVIEW
    assert "Förklara" in response.text
    assert response.context["changes"].errors


def test_words_for_changes_stand_there_still_after_a_comment(client, in_review):
    url = reverse("memos:memo_review", args=[in_review.pk])

    told = client.post(url, typed_on(in_review, reason="Förklara"), follow=True)

    assert "Förklara" in told.text
    assert "Förklara" not in client.get(url).text


def test_a_step_that_is_refused_keeps_what_was_typed_and_no_comment(client, in_review, officer):
    approve_memo(in_review, by=officer, at=AT)
    submit_memo(in_review, by=officer, at=AT)
    url = reverse("memos:memo_return", args=[in_review.pk])

    response = client.post(url, typed_on(in_review, reason="Förklara"))

    assert all(words in response.text for words in ("Allmänt", "Vad kostar det?", "Förklara"))
    assert not ReviewComment.objects.exists()


def test_a_form_of_the_review_that_comes_twice_comments_once(client, in_review):
    url = reverse("memos:memo_return", args=[in_review.pk])
    typed = typed_on(in_review, form_key="k" * 22)

    for _time in range(2):
        client.post(url, typed)

    assert in_review.comments.count() == 2
    assert in_review.steps.filter(to_state=State.DRAFT).count() == 1


def test_the_address_of_a_button_leads_to_the_page(client, in_review):
    comment = ReviewCommentFactory(memo=in_review)
    page = reverse("memos:memo_review", args=[in_review.pk])

    for name, pk in (("memo_approve", in_review.pk), ("comment_resolve", comment.pk)):
        assert client.get(reverse(f"memos:{name}", args=[pk])).url == page


def test_tables_look_on_the_page_of_the_review_as_in_the_memo(client, in_review):
    page = client.get(reverse("memos:memo_review", args=[in_review.pk])).text

    table = page.index("<table")
    around = page[page.rindex('<div class="paper', 0, table) : table]
    assert "document-section" in around.split(">")[0]


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
