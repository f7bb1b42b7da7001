from memos.forms.life import ChangesForm, CommentForm, CorrectForm, RoleDecisionForm
from memos.forms.meanwhile import Meanwhile
from memos.forms.memo import MarkdownField, MemoCreateForm
from memos.forms.whole import MemoForms

__all__ = [
    "ChangesForm",
    "CommentForm",
    "CorrectForm",
    "MarkdownField",
    "Meanwhile",
    "MemoCreateForm",
    "MemoForms",
    "RoleDecisionForm",
]
