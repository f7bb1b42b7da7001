from memos.actions.errors import (
    MemoChangedError,
    MemoFrozenError,
    MemoMoveError,
    MemoNotSubmittableError,
)
from memos.actions.life import correct_memo, decide_by_role, move_memo, submit_memo
from memos.actions.review import (
    add_comment,
    approve_memo,
    ask_for_changes,
    ask_for_review,
    resolve_comment,
)
from memos.actions.writing import ListDraft, discard_memo, save_memo

__all__ = [
    "ListDraft",
    "MemoChangedError",
    "MemoFrozenError",
    "MemoMoveError",
    "MemoNotSubmittableError",
    "add_comment",
    "approve_memo",
    "ask_for_changes",
    "ask_for_review",
    "correct_memo",
    "decide_by_role",
    "discard_memo",
    "move_memo",
    "resolve_comment",
    "save_memo",
    "submit_memo",
]
