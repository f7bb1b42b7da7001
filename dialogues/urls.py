from django.urls import path, re_path

from dialogues import views

app_name = "dialogues"
urlpatterns = [
    path("", views.dialogue_list, name="dialogue_list"),
    re_path(r"^dialogues\.(?P<file_type>csv|xlsx)$", views.dialogue_export, name="dialogue_export"),
    path("new/", views.dialogue_create, name="dialogue_create"),
    path("<int:pk>/", views.dialogue_detail, name="dialogue_detail"),
    path("<int:pk>/edit/", views.dialogue_edit, name="dialogue_edit"),
    path("<int:pk>/close/", views.dialogue_close, name="dialogue_close"),
    path("<int:pk>/history/", views.dialogue_history, name="dialogue_history"),
    path("<int:pk>/pdf/", views.dialogue_pdf, name="dialogue_pdf"),
    path("<int:pk>/meetings/new/", views.meeting_create, name="meeting_create"),
    path("meetings/<int:pk>/edit/", views.meeting_edit, name="meeting_edit"),
    path("meetings/<int:pk>/remove/", views.meeting_remove, name="meeting_remove"),
]
