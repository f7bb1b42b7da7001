"""The steps of a memo's life; which may follow which stands in memos/life.py."""

from datetime import date, datetime
from hashlib import sha256

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.models import User
from memos.actions.errors import MemoFrozenError, MemoMoveError, MemoNotSubmittableError
from memos.actions.steps import allowed, locked_memo, no_way, take_step
from memos.checks import missing
from memos.documents import content_sha256, memo_content, memo_pdf
from memos.models import Memo, MemoRules, MemoVersion
from partnerships.history import attributed

State = Memo.State


@transaction.atomic
def move_memo(memo: Memo, *, to: str, by: User, at: datetime, reason: str = "") -> Memo:
    """Bring the memo to another state. Raises MemoMoveError with a sentence for the user.

    A draft is submitted by `submit_memo`, and decided without a meeting by `decide_by_role`.
    """
    locked = locked_memo(memo)
    move = allowed(locked, to, by)
    if move.is_special:
        raise no_way(locked, to)
    if to == State.ON_AGENDA:
        _proposes_or_answers(locked)
    if to == State.DRAFT and not locked.is_in_preparation:
        reason = reason.strip() or _reason_by_itself(locked)
        locked.correction_reason = reason
    if move.needs_reason and not reason.strip():
        raise MemoMoveError(_("Say why. The reason is kept with the memo."))
    return take_step(memo, locked, to=to, by=by, at=at, reason=reason.strip())


@transaction.atomic
def submit_memo(memo: Memo, *, by: User, at: datetime) -> Memo:
    """Issue the memo: what it says and its PDF are kept as its next version, never changed.

    Raises MemoNotSubmittableError or MemoFrozenError with sentences for the user.
    """
    locked = locked_memo(memo)
    if not locked.is_in_preparation:
        raise MemoFrozenError(
            _("The memo is %(state)s and is not changed.") % {"state": locked.get_state_display()}
        )
    allowed(locked, State.SUBMITTED, by)
    _is_approved_when_needed(locked)
    if lacking := missing(locked):
        raise MemoNotSubmittableError(" ".join(lacking))
    version = _issued(locked, by, at)
    locked.correction_reason = ""
    return take_step(memo, locked, to=State.SUBMITTED, by=by, at=at, reason=version.reason)


@transaction.atomic
def correct_memo(memo: Memo, *, by: User, at: datetime, reason: str) -> Memo:
    """Open a submitted memo as the draft of its next version; readers go on seeing the last.

    Raises MemoMoveError with a sentence for the user.
    """
    return move_memo(memo, to=State.DRAFT, by=by, at=at, reason=reason)


@transaction.atomic
def decide_by_role(
    memo: Memo,
    *,
    role: str,
    on: date | None,
    delegation: str,
    by: User,
    at: datetime,
) -> Memo:
    """Register that a role decided the matter without a meeting. (Swedish: rollbeslut)

    Raises MemoMoveError with a sentence for the user.
    """
    locked = locked_memo(memo)
    allowed(locked, State.DECIDED, by)
    if locked.state != State.SUBMITTED:
        raise MemoMoveError(
            _("The memo is on the agenda. Take it off there before a role decides it.")
        )
    if not role.strip():
        raise MemoMoveError(_("Say which role has decided, for example Kommundirektör."))
    if on and on > localtime(at).date():
        raise MemoMoveError(_("The day of the decision has not come yet."))
    locked.decided_by_role, locked.decided_on = role.strip(), on
    locked.delegation = delegation.strip()
    reason = _("Decided by %(role)s") % {"role": role.strip()}
    return take_step(memo, locked, to=State.DECIDED, by=by, at=at, reason=reason)


def _is_approved_when_needed(memo: Memo) -> None:
    """What was approved is what is submitted, also when a table or the template changed since."""
    if memo.state == State.DRAFT:
        if MemoRules.of(memo).needs_review:
            raise MemoNotSubmittableError(_("The memo is approved before it is submitted."))
        return
    approval = memo.steps.filter(to_state=State.APPROVED).last()
    if approval and approval.content_sha256 != content_sha256(memo):
        raise MemoNotSubmittableError(
            _(
                "What the memo prints has changed since it was approved, in its tables or its template. Ask for a new review."
            )
        )


def _proposes_or_answers(memo: Memo) -> None:
    version = memo.current_version
    if not memo.answers_interpellation and not (version and version.points):
        raise MemoMoveError(
            _("The memo proposes nothing for a meeting to decide. It can be decided by a role.")
        )


def _reason_by_itself(memo: Memo) -> str:
    return _("Referred back") if memo.state == State.REFERRED_BACK else ""


def _issued(memo: Memo, by: User, at: datetime) -> MemoVersion:
    pdf = memo_pdf(memo, issued_at=at)
    version = MemoVersion(
        memo=memo,
        number=memo.next_number,
        submitted_at=at,
        submitted_by=by,
        reason=memo.correction_reason,
        content=memo_content(memo),
        pdf_sha256=sha256(pdf).hexdigest(),
    )
    version.pdf.save(f"memo-{memo.pk}-{version.number}.pdf", ContentFile(pdf), save=False)
    attributed(version, by=by, reason=version.reason or _("Submitted")).save()
    return version
