from django.urls import path, re_path

from followups import views

app_name = "followups"
urlpatterns = [
    path("", views.report_list, name="report_list"),
    re_path(r"^reports\.(?P<file_type>csv|xlsx)$", views.report_export, name="report_export"),
    path("agreements/<int:pk>/", views.agreement_follow_up, name="agreement_follow_up"),
    path(
        "agreements/<int:pk>/evaluation/", views.agreement_evaluation, name="agreement_evaluation"
    ),
    path("agreements/<int:pk>/evaluation/pdf/", views.evaluation_pdf, name="evaluation_pdf"),
    path("agreements/<int:pk>/plan/new/", views.plan_create, name="plan_create"),
    path("agreements/<int:pk>/plan/", views.plan_edit, name="plan_edit"),
    path("agreements/<int:pk>/plan/history/", views.plan_history, name="plan_history"),
    path("agreements/<int:pk>/reports/new/", views.report_open, name="report_open"),
    path("agreements/<int:pk>/accounts/new/", views.account_create, name="account_create"),
    path("accounts/<int:pk>/edit/", views.account_edit, name="account_edit"),
    path("reports/<int:pk>/", views.report_detail, name="report_detail"),
    path("reports/<int:pk>/edit/", views.report_edit, name="report_edit"),
    path("reports/<int:pk>/pdf/", views.report_pdf, name="report_pdf"),
    path("reports/<int:pk>/versions/<int:number>/", views.version_detail, name="version_detail"),
    path("reports/<int:pk>/submit/", views.report_submit, name="report_submit"),
    path("reports/<int:pk>/return/", views.report_return, name="report_return"),
    path("reports/<int:pk>/approve/", views.report_approve, name="report_approve"),
    path("reports/<int:pk>/reject/", views.report_reject, name="report_reject"),
    path("reports/<int:pk>/skip/", views.report_skip, name="report_skip"),
    path("reports/<int:pk>/resume/", views.report_resume, name="report_resume"),
    path("reports/<int:pk>/link/", views.link_send, name="link_send"),
    path("links/<int:pk>/revoke/", views.link_revoke, name="link_revoke"),
    path("reports/<int:pk>/files/", views.attachment_add, name="attachment_add"),
    path("files/<int:pk>/", views.attachment_fetch, name="attachment_fetch"),
    path("files/<int:pk>/remove/", views.attachment_remove, name="attachment_remove"),
    path("handin/open/<str:secret>/", views.handin_open, name="handin_open"),
    path("handin/<int:pk>/", views.handin, name="handin"),
    path("handin/<int:pk>/save/", views.handin_save, name="handin_save"),
    path("handin/<int:pk>/receipt.pdf", views.handin_receipt, name="handin_receipt"),
    path("handin/<int:pk>/files/<int:attachment>/", views.handin_file, name="handin_file"),
]
