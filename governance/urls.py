from django.urls import path, re_path

from governance import views

app_name = "governance"
urlpatterns = [
    path("", views.document_list, name="document_list"),
    re_path(r"^documents\.(?P<file_type>csv|xlsx)$", views.document_export, name="document_export"),
    path("new/", views.document_create, name="document_create"),
    path("<int:pk>/", views.document_detail, name="document_detail"),
    path("<int:pk>/edit/", views.document_edit, name="document_edit"),
    path("<int:pk>/history/", views.document_history, name="document_history"),
    path("transfers/", views.transfer_list, name="transfer_list"),
    re_path(r"^transfers\.(?P<file_type>csv|xlsx)$", views.transfer_export, name="transfer_export"),
    path("transfers/new/", views.transfer_create, name="transfer_create"),
    path("transfers/<int:pk>/", views.transfer_detail, name="transfer_detail"),
    path("transfers/<int:pk>/edit/", views.transfer_edit, name="transfer_edit"),
    path("transfers/<int:pk>/history/", views.transfer_history, name="transfer_history"),
    path("agreement-options/", views.agreement_options, name="agreement_options"),
]
