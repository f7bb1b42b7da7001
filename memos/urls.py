from django.urls import path, re_path

from memos import views

app_name = "memos"
urlpatterns = [
    path("", views.memo_list, name="memo_list"),
    re_path(r"^memos\.(?P<file_type>csv|xlsx)$", views.memo_export, name="memo_export"),
    path("new/", views.memo_create, name="memo_create"),
    path("agreements/<int:pk>/", views.agreement_memos, name="agreement_memos"),
    path("<int:pk>/", views.memo_detail, name="memo_detail"),
    path("<int:pk>/edit/", views.memo_edit, name="memo_edit"),
    path("<int:pk>/sections/<int:section>/preview/", views.memo_preview, name="memo_preview"),
    path("<int:pk>/pdf/", views.memo_pdf, name="memo_pdf"),
    path("<int:pk>/word/", views.memo_word, name="memo_word"),
    path("<int:pk>/versions/<int:number>/", views.version_detail, name="version_detail"),
    path("<int:pk>/versions/<int:number>/pdf/", views.version_pdf, name="version_pdf"),
    path("<int:pk>/versions/<int:number>/word/", views.version_word, name="version_word"),
    path("<int:pk>/review/", views.memo_review, name="memo_review"),
    path("<int:pk>/review/ask/", views.review_ask, name="review_ask"),
    path("<int:pk>/review/approve/", views.memo_approve, name="memo_approve"),
    path("<int:pk>/review/return/", views.memo_return, name="memo_return"),
    path("comments/<int:pk>/resolve/", views.comment_resolve, name="comment_resolve"),
    path("<int:pk>/correct/", views.memo_correct, name="memo_correct"),
    path("<int:pk>/decide/", views.memo_decide, name="memo_decide"),
    path("<int:pk>/template/", views.memo_template, name="memo_template"),
    path("<int:pk>/submit/", views.memo_submit, name="memo_submit"),
    path("<int:pk>/discard/", views.memo_discard, name="memo_discard"),
]
