from memos.actions.errors import MemoFrozenError, MemoMoveError, MemoNotSubmittableError
from memos.actions.life import correct_memo, decide_by_role, move_memo, submit_memo
from memos.actions.writing import ListDraft, discard_memo, save_memo

__all__ = [
    "ListDraft",
    "MemoFrozenError",
    "MemoMoveError",
    "MemoNotSubmittableError",
    "correct_memo",
    "decide_by_role",
    "discard_memo",
    "move_memo",
    "save_memo",
    "submit_memo",
]
