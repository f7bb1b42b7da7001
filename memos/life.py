"""The life of a memo: which state may follow which, and whose step it is.

draft → in review → approved → submitted → on the agenda → decided → closed, with the ways back.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from memos.models import Memo, MemoRules, MemoStep

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
    (State.APPROVED, State.DRAFT): Move(REVIEW),
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


@dataclass(frozen=True)
class Stage:
    """A state on the memo's way, with the step that led there when it was taken."""

    state: str
    step: MemoStep | None
    is_current: bool

    @property
    def label(self) -> str:
        """The state in words."""
        return str(State(self.state).label)


def stages(memo: Memo, steps: Sequence[MemoStep]) -> list[Stage]:
    """The way of this version of the memo: what it has passed, where it is, and what may follow.

    A state that was left by a way back is not passed; it comes again.
    """
    way = _way(memo)
    here = way.index(memo.state)
    taken = {step.to_state: step for step in steps}
    return [
        Stage(state, taken.get(state) if place <= here else None, place == here)
        for place, state in enumerate(way)
        if place >= here or state == State.DRAFT or state in taken
    ]


def _way(memo: Memo) -> list[str]:
    """The states in the order in which this memo meets them."""
    way: list[str] = [State.DRAFT]
    if MemoRules.of(memo).needs_review or memo.state in {State.IN_REVIEW, State.APPROVED}:
        way += [State.IN_REVIEW, State.APPROVED]
    way += [State.SUBMITTED]
    if not memo.decided_by_role:
        way += [State.ON_AGENDA]
    if memo.state in {State.REFERRED_BACK, State.TABLED}:
        way += [memo.state]
    elif not memo.answers_interpellation:
        way += [State.DECIDED]
    return [*way, State.CLOSED]
