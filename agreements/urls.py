from django.urls import path, re_path

from agreements import views

app_name = "agreements"
urlpatterns = [
    path("", views.agreement_list, name="agreement_list"),
    re_path(
        r"^agreements\.(?P<file_type>csv|xlsx)$", views.agreement_export, name="agreement_export"
    ),
    path("new/", views.agreement_create, name="agreement_create"),
    path("transfer/", views.agreement_transfer, name="agreement_transfer"),
    path("<int:pk>/", views.agreement_detail, name="agreement_detail"),
    path("<int:pk>/sheet.pdf", views.agreement_sheet_pdf, name="agreement_sheet_pdf"),
    path("<int:pk>/edit/", views.agreement_edit, name="agreement_edit"),
    path("<int:pk>/discard/", views.agreement_discard, name="agreement_discard"),
    path("<int:pk>/history/", views.agreement_history, name="agreement_history"),
    path("<int:pk>/validity/", views.agreement_validity, name="agreement_validity"),
    path("<int:pk>/extend/", views.agreement_extend, name="agreement_extend"),
    path("<int:pk>/terminate/", views.termination_create, name="termination_create"),
    path("terminations/<int:pk>/edit/", views.termination_edit, name="termination_edit"),
    path("<int:pk>/obligations/", views.obligations_edit, name="obligations_edit"),
    path("<int:pk>/responsibility/", views.responsibility_edit, name="responsibility_edit"),
    path("<int:pk>/particulars/", views.particulars_edit, name="particulars_edit"),
    path("<int:pk>/flags/new/", views.flag_create, name="flag_create"),
    path("<int:pk>/checks/settle/", views.check_settle, name="check_settle"),
    path("flags/<int:pk>/settle/", views.flag_settle, name="flag_settle"),
    path("<int:pk>/revisions/new/", views.revision_create, name="revision_create"),
    path("<int:pk>/revisions/compare/", views.revision_compare, name="revision_compare"),
    path("revisions/<int:pk>/", views.revision_detail, name="revision_detail"),
    path("revisions/<int:pk>/edit/", views.revision_edit, name="revision_edit"),
    path("revisions/<int:pk>/update/", views.revision_update, name="revision_update"),
    path("revisions/<int:pk>/decide/", views.revision_decide, name="revision_decide"),
    path("revisions/<int:pk>/discard/", views.revision_discard, name="revision_discard"),
    path("partners/<int:pk>/", views.partner_agreements, name="partner_agreements"),
]
