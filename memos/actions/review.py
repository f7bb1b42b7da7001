"""A memo is reviewed: comments, changes asked for, and approval of exactly what was read."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _, ngettext

from accounts.models import User
from memos.actions.errors import MemoMoveError, MemoNotSubmittableError
from memos.actions.steps import allowed, locked_memo, take_step
from memos.checks import missing
from memos.documents import content_sha256
from memos.models import Memo, MemoRules, ReviewComment, TemplateSection
from partnerships.history import attributed

State = Memo.State


@transaction.atomic
def ask_for_review(memo: Memo, *, by: User, at: datetime) -> Memo:
    """Hand the draft to its reviewers; it is not changed while they read.

    Raises MemoMoveError with a sentence for the user.
    """
    locked = locked_memo(memo)
    allowed(locked, State.IN_REVIEW, by)
    return take_step(memo, locked, to=State.IN_REVIEW, by=by, at=at)


@transaction.atomic
def ask_for_changes(memo: Memo, *, by: User, at: datetime, reason: str = "") -> Memo:
    """Give the memo back to its writers, from review or from approval.

    A reviewer says what to change, here or in a comment. Raises MemoMoveError.
    """
    locked = locked_memo(memo)
    allowed(locked, State.DRAFT, by)
    if not locked.is_in_preparation:
        raise MemoMoveError(_("The memo has been submitted. Write a new version of it instead."))
    says_what = reason.strip() or locked.comments.unresolved().exists()
    if locked.state == State.IN_REVIEW and by not in authors_of(locked) and not says_what:
        raise MemoMoveError(_("Say what is to be changed, here or in a comment."))
    return take_step(memo, locked, to=State.DRAFT, by=by, at=at, reason=reason.strip())


@transaction.atomic
def approve_memo(memo: Memo, *, by: User, at: datetime, shown: str | None = None) -> Memo:
    """Approve what the memo says now; only that can be submitted.

    `shown` is the checksum of what a page showed: the memo says that still, or is refused. Raises MemoNotSubmittableError or MemoMoveError with sentences for the user.
    """
    locked = locked_memo(memo)
    allowed(locked, State.APPROVED, by)
    if MemoRules.of(locked).four_eyes and by in authors_of(locked):
        raise MemoMoveError(
            _("You have written on this memo. Somebody else approves it: four eyes are asked for.")
        )
    if open_comments := locked.comments.unresolved().count():
        raise MemoMoveError(
            ngettext(
                "%(number)s comment is not resolved. Resolve it, or ask for changes.",
                "%(number)s comments are not resolved. Resolve them, or ask for changes.",
                open_comments,
            )
            % {"number": open_comments}
        )
    if lacking := missing(locked):
        raise MemoNotSubmittableError(" ".join(lacking))
    approved = content_sha256(locked)
    if shown is not None and shown != approved:
        raise MemoMoveError(
            _(
                "What the memo says has changed since you opened the page, for example an amount in the agreement. Read it again here, and approve it then."
            )
        )
    return take_step(memo, locked, to=State.APPROVED, by=by, at=at, approved=approved)


@transaction.atomic
def add_comment(
    memo: Memo, *, section: TemplateSection | None, text: str, by: User, at: datetime
) -> ReviewComment:
    """Comment on a section, or on the whole memo. Raises MemoMoveError once it is submitted."""
    locked = locked_memo(memo)
    if not locked.is_in_preparation:
        raise MemoMoveError(_("The memo has been submitted and is not commented any more."))
    comment = ReviewComment(memo=locked, template_section=section, text=text, by=by, at=at)
    attributed(comment, by=by).save()
    return comment


@transaction.atomic
def resolve_comment(comment: ReviewComment, *, by: User, at: datetime) -> ReviewComment:
    """Say that a comment has been dealt with; doing it twice changes nothing."""
    locked = ReviewComment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    if locked.resolved_at is None:
        locked.resolved_at, locked.resolved_by = at, by
        attributed(locked, by=by, reason=_("Resolved")).save()
    return locked


def authors_of(memo: Memo) -> set[User]:
    """Who began the memo, and who changed it last."""
    return {user for user in (memo.created_by, memo.last_edited_by) if user}
