from django.urls import path, re_path

from organisations import views

app_name = "organisations"
urlpatterns = [
    path("", views.partner_list, name="partner_list"),
    re_path(r"^partners\.(?P<file_type>csv|xlsx)$", views.partner_export, name="partner_export"),
    path("new/", views.partner_create, name="partner_create"),
    path("options/", views.partner_options, name="partner_options"),
    path("<int:pk>/", views.partner_detail, name="partner_detail"),
    path("<int:pk>/edit/", views.partner_edit, name="partner_edit"),
    path("<int:pk>/history/", views.partner_history, name="partner_history"),
    path("<int:pk>/merge/", views.partner_merge, name="partner_merge"),
    path("<int:pk>/contacts/", views.partner_contacts, name="partner_contacts"),
    path("<int:pk>/contacts/new/", views.contact_create, name="contact_create"),
    path("contacts/<int:pk>/edit/", views.contact_edit, name="contact_edit"),
    path("contacts/<int:pk>/erase/", views.contact_erase, name="contact_erase"),
]
