"""The page of a review is one form: each of its buttons keeps what is typed."""

import pytest
from django.urls import reverse

from memos.actions import (
    approve_memo,
    ask_for_review,
    resolve_comment,
    submit_memo,
)
from memos.documents import content_sha256
from memos.models import Memo, ReviewComment
from tests.memos.factories import AT, ReviewCommentFactory
from tests.memos.test_review import case, fresh

pytestmark = pytest.mark.django_db
State = Memo.State
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
