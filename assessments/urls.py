from django.urls import path, re_path

from assessments import views

app_name = "assessments"
urlpatterns = [
    path("", views.assessment_list, name="assessment_list"),
    re_path(
        r"^assessments\.(?P<file_type>csv|xlsx)$", views.assessment_export, name="assessment_export"
    ),
    path("new/", views.assessment_create, name="assessment_create"),
    path("<int:pk>/", views.assessment_detail, name="assessment_detail"),
    path("<int:pk>/edit/", views.assessment_edit, name="assessment_edit"),
    path("<int:pk>/history/", views.assessment_history, name="assessment_history"),
    path("<int:pk>/pdf/", views.assessment_pdf, name="assessment_pdf"),
    path("<int:pk>/confirm/", views.assessment_confirm, name="assessment_confirm"),
    path("<int:pk>/discard/", views.assessment_discard, name="assessment_discard"),
    path("dialogues/<int:pk>/", views.dialogue_assessments, name="dialogue_assessments"),
    path("partners/<int:pk>/", views.partner_overview, name="partner_overview"),
    path("partners/<int:pk>/indicators/", views.partner_indicators, name="partner_indicators"),
]
