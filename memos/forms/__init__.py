from memos.forms.life import ChangesForm, CommentForm, CorrectForm, RoleDecisionForm
from memos.forms.memo import (
    InterpellationForm,
    MarkdownField,
    MemoCreateForm,
    MemoForm,
    SectionsForm,
    list_draft,
    list_formsets,
)

__all__ = [
    "ChangesForm",
    "CommentForm",
    "CorrectForm",
    "InterpellationForm",
    "MarkdownField",
    "MemoCreateForm",
    "MemoForm",
    "RoleDecisionForm",
    "SectionsForm",
    "list_draft",
    "list_formsets",
]
