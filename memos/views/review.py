"""Review: read section by section, comment, approve, or ask for changes."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
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
from memos.forms import ChangesForm, CommentForm
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
    if not memo.is_in_preparation:
        return redirect(memo)
    sections = {str(section.pk): section for section in memo.template.sections.all()}
    chosen = request.POST.get("section", "")
    form = CommentForm(request.POST, prefix=f"comment-{chosen}") if request.POST else None
    if form and form.is_valid() and (chosen in sections or chosen == "0"):
        try:
            add_comment(
                memo,
                section=sections.get(chosen),
                text=form.cleaned_data["text"],
                by=request.user,
                at=now(),
            )
        except MemoMoveError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The comment is kept."))
            return redirect("memos:memo_review", pk=memo.pk)
    context = {
        "memo": memo,
        "form": form or ChangesForm(),
        "parts": _parts(memo, chosen, form),
        "changes": ChangesForm(),
        "missing": checks.missing(memo),
        "remarks": checks.remarks(memo, on=localdate()),
        "is_in_review": memo.state == Memo.State.IN_REVIEW,
        "shown": content_sha256(memo),
    }
    return render(request, "memos/memo_review.html", context)


@require_POST
@role_required("memos.change_memo")
def review_ask(request, pk):
    """Hand the draft to its reviewers."""
    memo = _memo(request, pk, "memos.change_memo")
    return _told(request, memo, ask_for_review, _("The memo is handed over for review."))


@require_POST
@role_required("memos.review_memo")
def memo_approve(request, pk):
    """Approve the memo as the page of its review showed it."""
    memo = _memo(request, pk, "memos.review_memo")
    shown = request.POST.get("shown", "")
    return _told(request, memo, approve_memo, _("The memo is approved."), shown=shown)


@require_POST
@role_required("memos.review_memo")
def memo_return(request, pk):
    """Give the memo back to its writers."""
    memo = _memo(request, pk, "memos.review_memo")
    form = ChangesForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(form.errors["reason"]))
        return redirect("memos:memo_review", pk=memo.pk)
    told = _("The memo is a draft again.")
    return _told(request, memo, ask_for_changes, told, reason=form.cleaned_data["reason"])


@require_POST
@role_required("memos.review_memo")
def comment_resolve(request, pk):
    """Say that a comment has been dealt with."""
    comment = get_object_or_404(ReviewComment.objects.visible_to(request.user), pk=pk)
    require(request.user, "memos.review_memo", comment.memo)
    resolve_comment(comment, by=request.user, at=now())
    messages.success(request, _("The comment is resolved."))
    return redirect("memos:memo_review", pk=comment.memo_id)


def _memo(request, pk: int, permission: str) -> Memo:
    memo = get_object_or_404(Memo.objects.visible_to(request.user).with_parts(), pk=pk)
    require(request.user, permission, memo)
    return memo


def _told(request, memo: Memo, action, told: str, **words):
    """Take the step, say so or say why not, and go back to the memo."""
    try:
        action(memo, by=request.user, at=now(), **words)
    except MemoMoveError as error:
        messages.error(request, str(error))
        return redirect("memos:memo_review", pk=memo.pk)
    messages.success(request, told)
    return redirect(memo)


def _parts(memo: Memo, chosen: str, form: CommentForm | None) -> list[ReviewPart]:
    """The whole memo and each section: its heading, text, comments and box."""
    said: dict[str, list[ReviewComment]] = {}
    for comment in memo.comments.select_related("by", "resolved_by"):
        said.setdefault(str(comment.template_section_id or 0), []).append(comment)
    texts = {section.template_section_id: section.text for section in memo.sections.all()}
    parts = [ReviewPart("0", _("The whole memo"), [])]
    for section in memo.template.sections.all():
        blocks = section_blocks(section, texts.get(section.pk, ""), memo)
        printed = [block for block in blocks if not block.is_empty]
        parts.append(ReviewPart(str(section.pk), str(section), printed))
    for part in parts:
        part.comments = said.get(part.key, [])
        is_chosen = form is not None and part.key == chosen
        part.form = form if is_chosen else CommentForm(prefix=f"comment-{part.key}")
    return parts
