from memos.views.memo import (
    agreement_memos,
    memo_detail,
    memo_discard,
    memo_list,
    memo_pdf,
    memo_submit,
)
from memos.views.start import start
from memos.views.writing import memo_create, memo_edit, memo_preview

__all__ = [
    "agreement_memos",
    "memo_create",
    "memo_detail",
    "memo_discard",
    "memo_edit",
    "memo_list",
    "memo_pdf",
    "memo_preview",
    "memo_submit",
    "start",
]
