"""Review: read section by section, comment, approve, or ask for changes.

The page is one form: each of its buttons keeps every comment that is typed.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_POST

from memos import checks
from memos.actions import (
    MemoMoveError,
    add_comment,
    approve_memo,
    ask_for_changes,
    ask_for_review,
    resolve_comment,
)
from memos.documents import content_sha256, section_blocks
from memos.forms import CommentForm, ReviewForms
from memos.models import Memo, ReviewComment
from partnerships.access import require, role_required
from partnerships.documents import Block


@dataclass
class ReviewPart:
    """A section of the memo on the page of its review; `0` is the whole."""

    key: str
    heading: str
    blocks: list[Block]
    comments: list[ReviewComment] = field(default_factory=list)
    form: CommentForm | None = None


@role_required("memos.review_memo")
def memo_review(request, pk):
    """The memo section by section, with what was said of each and a box for more."""
    memo = _memo(request, pk, "memos.review_memo")
    if request.method == "POST":
        return _comment(request, memo)
    if not memo.is_in_preparation:
        return redirect(memo)
    reason = request.session.pop(_put_by(memo), "")
    return _page(request, memo, ReviewForms(memo, reason=reason))


@require_POST
@role_required("memos.change_memo")
def review_ask(request, pk):
    """Hand the draft to its reviewers."""
    memo = _memo(request, pk, "memos.change_memo")
    try:
        ask_for_review(memo, by=request.user, at=now())
    except MemoMoveError as error:
        messages.error(request, str(error))
        return _to_page(memo)
    messages.success(request, _("The memo is handed over for review."))
    return redirect(memo)


@role_required("memos.review_memo")
def memo_approve(request, pk):
    """Approve the memo as the page of its review showed it, when nothing new is said against it."""
    memo = _memo(request, pk, "memos.review_memo")
    if request.method != "POST":
        return _to_page(memo)
    typed = ReviewForms(memo, request.POST)
    if typed.has_comments:
        return _keep_instead_of_approving(request, memo, typed)
    if typed.is_valid() and typed.reason:
        typed.changes.add_error(
            "reason", _("Empty the box to approve the memo, or ask for the changes.")
        )
    shown = request.POST.get("shown", "")
    step = partial(approve_memo, memo, by=request.user, at=now(), shown=shown)
    return _carry_out(request, memo, typed, step) or _told(
        request, memo, _("The memo is approved.")
    )


@role_required("memos.review_memo")
def memo_return(request, pk):
    """Give the memo back to its writers, with the comments that were typed."""
    memo = _memo(request, pk, "memos.review_memo")
    if request.method != "POST":
        return _to_page(memo)
    typed = ReviewForms(memo, request.POST)
    step = partial(ask_for_changes, memo, by=request.user, at=now(), reason=typed.reason)
    told = _("The memo is a draft again.")
    return _carry_out(request, memo, typed, step) or _told(request, memo, told)


@role_required("memos.review_memo")
def comment_resolve(request, pk):
    """Say that a comment has been dealt with."""
    comment = get_object_or_404(ReviewComment.objects.visible_to(request.user), pk=pk)
    memo = _memo(request, comment.memo_id, "memos.review_memo")
    if request.method != "POST":
        return _to_page(memo)
    typed = ReviewForms(memo, request.POST)
    step = partial(resolve_comment, comment, by=request.user, at=now())
    if refused := _carry_out(request, memo, typed, step):
        return refused
    messages.success(request, _("The comment is resolved."))
    return _to_page(memo, request, typed)


def _memo(request, pk: int, permission: str) -> Memo:
    memo = get_object_or_404(Memo.objects.visible_to(request.user).with_parts(), pk=pk)
    require(request.user, permission, memo)
    return memo


def _told(request, memo: Memo, told: str):
    """Say what was done, and go back to the memo."""
    messages.success(request, told)
    return redirect(memo)


def _to_page(memo: Memo, request=None, typed: ReviewForms | None = None, part: str = ""):
    """Back to the page of the review; what is to be changed stands there still."""
    if request and typed and typed.reason:
        request.session[_put_by(memo)] = typed.reason
    url = reverse("memos:memo_review", args=[memo.pk])
    return redirect(f"{url}#part-{part}" if part else url)


def _put_by(memo: Memo) -> str:
    """Where in the session the words for changes wait while another button is pressed."""
    return f"review-{memo.pk}"


def _comment(request, memo: Memo):
    """Keep the comments; there is one at least, or the box beside the button is complained of."""
    typed = ReviewForms(memo, request.POST)
    chosen = request.POST.get("section", "")
    if not typed.has_comments:
        typed.ask_for(chosen)
    part = chosen if chosen in typed.comments else ""
    return _carry_out(request, memo, typed) or _to_page(memo, request, typed, part)


def _keep_instead_of_approving(request, memo: Memo, typed: ReviewForms):
    """Keep the comments, and say that a memo with new ones is not approved yet."""
    if refused := _carry_out(request, memo, typed):
        return refused
    messages.warning(
        request,
        _(
            "The memo is not approved, because you have just commented on it. Resolve the comments and approve it again, or ask for changes."
        ),
    )
    return _to_page(memo, request, typed)


def _carry_out(request, memo: Memo, typed: ReviewForms, step: Callable | None = None):
    """Keep the comments and take the step, both or neither; the page with all typed if refused."""
    if not typed.is_valid():
        return _page(request, memo, typed)
    said = typed.said()
    try:
        with transaction.atomic():
            for section, text in said:
                add_comment(memo, section=section, text=text, by=request.user, at=now())
            if step:
                step()
    except MemoMoveError as error:
        return _refused(request, memo, typed, str(error))
    if said:
        kept = ngettext("The comment is kept.", "%(number)s comments are kept.", len(said))
        messages.success(request, kept % {"number": len(said)})
    return None


def _refused(request, memo: Memo, typed: ReviewForms, why: str):
    """The page with all that was typed; the memo where it is reviewed no more and nothing was."""
    memo = _memo(request, memo.pk, "memos.review_memo")
    if memo.is_in_preparation or typed.has_comments or typed.reason:
        typed.changes.add_error(None, why)
        return _page(request, memo, typed)
    messages.error(request, why)
    return redirect(memo)


def _page(request, memo: Memo, typed: ReviewForms):
    context = {
        "memo": memo,
        "forms": typed.every,
        "parts": _parts(memo, typed),
        "changes": typed.changes,
        "is_kept_typed": bool(typed.reason),
        "missing": checks.missing(memo),
        "remarks": checks.remarks(memo, on=localdate()),
        "is_in_review": memo.state == Memo.State.IN_REVIEW,
        "shown": content_sha256(memo),
    }
    return render(request, "memos/memo_review.html", context)


def _parts(memo: Memo, typed: ReviewForms) -> list[ReviewPart]:
    """The whole memo and each section: its heading, text, comments and box."""
    said: dict[str, list[ReviewComment]] = {}
    for comment in memo.comments.select_related("by", "resolved_by"):
        said.setdefault(str(comment.template_section_id or 0), []).append(comment)
    texts = {section.template_section_id: section.text for section in memo.sections.all()}
    parts: list[ReviewPart] = []
    for key, form in typed.comments.items():
        section = typed.sections.get(key)
        blocks = section_blocks(section, texts.get(section.pk, ""), memo) if section else []
        printed = [block for block in blocks if not block.is_empty]
        parts.append(ReviewPart(key, form.about, printed, said.get(key, []), form))
    return parts
