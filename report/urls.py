from django.urls import path

from report import views

app_name = "report"
urlpatterns = [
    path("", views.edition_list, name="edition_list"),
    path("new/", views.edition_create, name="edition_create"),
    path("<int:pk>/", views.edition_detail, name="edition_detail"),
    path("<int:pk>/edit/", views.edition_edit, name="edition_edit"),
    path("<int:pk>/discard/", views.edition_discard, name="edition_discard"),
    path("<int:pk>/history/", views.edition_history, name="edition_history"),
    path("<int:pk>/sections/<int:section>/preview/", views.section_preview, name="section_preview"),
    path("<int:pk>/figures/new/", views.figure_create, name="figure_create"),
    path("figures/<int:pk>/", views.figure_edit, name="figure_edit"),
    path("figures/<int:pk>/remove/", views.figure_remove, name="figure_remove"),
    path("<int:pk>/rows/", views.figure_rows, name="figure_rows"),
    path("<int:pk>/rows/<slug:file_type>/", views.rows_export, name="rows_export"),
    path("<int:pk>/focus/", views.focus_edit, name="focus_edit"),
    path("answers/<int:pk>/", views.focus_answer, name="focus_answer"),
    path("<int:pk>/note/", views.edition_freeze, name="edition_freeze"),
    path("<int:pk>/memo/", views.edition_memo, name="edition_memo"),
    path("<int:pk>/export/<slug:file_type>/", views.edition_export, name="edition_export"),
    path("<int:pk>/pdf/", views.edition_pdf, name="edition_pdf"),
    path("<int:pk>/print/", views.rendering_create, name="rendering_create"),
    path("prints/<int:pk>/", views.rendering_detail, name="rendering_detail"),
    path("prints/<int:pk>/progress/", views.rendering_progress, name="rendering_progress"),
    path("prints/<int:pk>/pdf/", views.rendering_pdf, name="rendering_pdf"),
]
