from memos.forms.life import CorrectForm, RoleDecisionForm
from memos.forms.meanwhile import Meanwhile
from memos.forms.memo import MarkdownField, MemoCreateForm
from memos.forms.review import CommentForm, ReviewForms
from memos.forms.whole import MemoForms

__all__ = [
    "CommentForm",
    "CorrectForm",
    "MarkdownField",
    "Meanwhile",
    "MemoCreateForm",
    "MemoForms",
    "ReviewForms",
    "RoleDecisionForm",
]
