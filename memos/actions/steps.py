"""What every step of a memo's life has in common."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from memos.actions.errors import MemoMoveError
from memos.life import Move, move_of
from memos.models import Memo, MemoStep
from partnerships.history import attributed


def locked_memo(memo: Memo) -> Memo:
    """The memo as it is now, with its parts, and nobody else's until the end of the transaction."""
    Memo.objects.select_for_update(of=("self",)).get(pk=memo.pk)
    return Memo.objects.with_parts().get(pk=memo.pk)


def allowed(memo: Memo, to: str, by: User) -> Move:
    """The step to that state. Raises MemoMoveError when it is not there, or not the user's."""
    move = move_of(memo, to)
    if move is None:
        raise no_way(memo, to)
    if not by.has_perm(move.permission, memo):
        raise MemoMoveError(_("Your role does not let you take this step."))
    return move


def no_way(memo: Memo, to: str) -> MemoMoveError:
    """The sentence for a step that does not lead from here."""
    words = {"state": memo.get_state_display(), "to": Memo.State(to).label}
    return MemoMoveError(_("A memo that is %(state)s does not become %(to)s here.") % words)


def take_step(
    memo: Memo,
    locked: Memo,
    *,
    to: str,
    by: User,
    at: datetime,
    reason: str = "",
    approved: str = "",
) -> Memo:
    """Write the step and the new state, also on the object that the caller holds."""
    step = MemoStep(
        memo=locked,
        from_state=locked.state,
        to_state=to,
        at=at,
        by=by,
        reason=reason,
        content_sha256=approved,
    )
    attributed(step, by=by, reason=reason).save()
    locked.state = to
    attributed(locked, by=by, reason=reason or str(Memo.State(to).label)).save()
    memo.refresh_from_db()
    return locked
