"""The life of a memo: which state may follow which, and whose step it is.

draft → in review → approved → submitted → on the agenda → decided → closed, with the ways back.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from memos.models import Memo

State = Memo.State
WRITE, REVIEW, SUBMIT = "memos.change_memo", "memos.review_memo", "memos.submit_memo"
HANDLE, DECIDE_BY_ROLE = "memos.handle_memo", "memos.decide_memo_by_role"


@dataclass(frozen=True)
class Move:
    """A step from one state to another.

    `is_special` has an action of its own, which knows what else it takes: `ask_for_review`,
    `approve_memo`, `submit_memo`, `decide_by_role`.
    """

    permission: str
    needs_reason: bool = False
    is_special: bool = False
    of_answers: bool = True  # also a memo that answers an interpellation, which decides nothing
    of_proposals: bool = True  # also a memo that proposes a decision


MOVES: dict[tuple[str, str], Move] = {
    (State.DRAFT, State.IN_REVIEW): Move(WRITE, is_special=True),
    (State.DRAFT, State.SUBMITTED): Move(SUBMIT, is_special=True),
    (State.IN_REVIEW, State.DRAFT): Move(REVIEW),
    (State.IN_REVIEW, State.APPROVED): Move(REVIEW, is_special=True),
    (State.APPROVED, State.DRAFT): Move(WRITE),
    (State.APPROVED, State.SUBMITTED): Move(SUBMIT, is_special=True),
    (State.SUBMITTED, State.DRAFT): Move(WRITE, needs_reason=True),
    (State.SUBMITTED, State.ON_AGENDA): Move(HANDLE),
    (State.SUBMITTED, State.DECIDED): Move(DECIDE_BY_ROLE, is_special=True, of_answers=False),
    (State.SUBMITTED, State.CLOSED): Move(HANDLE, needs_reason=True),
    (State.ON_AGENDA, State.SUBMITTED): Move(HANDLE),
    (State.ON_AGENDA, State.DECIDED): Move(HANDLE, of_answers=False),
    (State.ON_AGENDA, State.REFERRED_BACK): Move(HANDLE, of_answers=False),
    (State.ON_AGENDA, State.TABLED): Move(HANDLE, of_answers=False),
    (State.ON_AGENDA, State.CLOSED): Move(HANDLE, of_proposals=False),
    (State.TABLED, State.ON_AGENDA): Move(HANDLE),
    (State.REFERRED_BACK, State.DRAFT): Move(WRITE, needs_reason=True),
    (State.REFERRED_BACK, State.CLOSED): Move(HANDLE, needs_reason=True),
    (State.DECIDED, State.CLOSED): Move(HANDLE),
}


def move_of(memo: Memo, to: str) -> Move | None:
    """The step from where the memo is; None when it does not lead there."""
    move = MOVES.get((memo.state, to))
    if move is None:
        return None
    fits = move.of_answers if memo.answers_interpellation else move.of_proposals
    return move if fits else None


def open_to(user, memo: Memo) -> Iterator[str]:
    """The states that the user may bring the memo to now."""
    for (state, to), move in MOVES.items():
        if state == memo.state and move_of(memo, to) and user.has_perm(move.permission, memo):
            yield to
