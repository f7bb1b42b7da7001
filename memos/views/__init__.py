from memos.views.life import memo_correct, memo_decide, memo_submit, memo_template
from memos.views.memo import (
    agreement_memos,
    memo_detail,
    memo_discard,
    memo_export,
    memo_list,
    memo_pdf,
    memo_word,
    version_detail,
    version_pdf,
    version_word,
)
from memos.views.review import (
    comment_resolve,
    memo_approve,
    memo_return,
    memo_review,
    review_ask,
)
from memos.views.start import start
from memos.views.writing import memo_create, memo_edit, memo_preview

__all__ = [
    "agreement_memos",
    "comment_resolve",
    "memo_approve",
    "memo_correct",
    "memo_create",
    "memo_decide",
    "memo_detail",
    "memo_discard",
    "memo_edit",
    "memo_export",
    "memo_list",
    "memo_pdf",
    "memo_preview",
    "memo_return",
    "memo_review",
    "memo_submit",
    "memo_template",
    "memo_word",
    "review_ask",
    "start",
    "version_detail",
    "version_pdf",
    "version_word",
]
