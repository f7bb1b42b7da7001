from django.urls import path

from agreements import views

app_name = "agreements"
urlpatterns = [
    path("", views.agreement_list, name="agreement_list"),
    path("new/", views.agreement_create, name="agreement_create"),
    path("<int:pk>/", views.agreement_detail, name="agreement_detail"),
    path("<int:pk>/edit/", views.agreement_edit, name="agreement_edit"),
    path("<int:pk>/history/", views.agreement_history, name="agreement_history"),
    path("<int:pk>/revisions/new/", views.revision_create, name="revision_create"),
    path("revisions/<int:pk>/", views.revision_detail, name="revision_detail"),
    path("revisions/<int:pk>/edit/", views.revision_edit, name="revision_edit"),
    path("revisions/<int:pk>/decide/", views.revision_decide, name="revision_decide"),
    path("revisions/<int:pk>/discard/", views.revision_discard, name="revision_discard"),
    path("partners/<int:pk>/", views.partner_agreements, name="partner_agreements"),
]
