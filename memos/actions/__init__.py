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
from memos.actions.templates import (
    TemplateRefusedError,
    copy_template,
    move_to_template,
    template_changes,
)
from memos.actions.writing import ListDraft, check_discard, discard_memo, save_memo

__all__ = [
    "ListDraft",
    "MemoChangedError",
    "MemoFrozenError",
    "MemoMoveError",
    "MemoNotSubmittableError",
    "TemplateRefusedError",
    "add_comment",
    "approve_memo",
    "ask_for_changes",
    "ask_for_review",
    "check_discard",
    "copy_template",
    "correct_memo",
    "decide_by_role",
    "discard_memo",
    "move_memo",
    "move_to_template",
    "resolve_comment",
    "save_memo",
    "submit_memo",
    "template_changes",
]
