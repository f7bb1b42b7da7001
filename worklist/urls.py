from django.urls import path, re_path

from worklist import views

app_name = "worklist"
urlpatterns = [
    path("", views.worklist, name="worklist"),
    re_path(r"^worklist\.(?P<file_type>csv|xlsx)$", views.worklist_export, name="worklist_export"),
    path("views/new/", views.saved_view_create, name="saved_view_create"),
    path("views/<int:pk>/delete/", views.saved_view_delete, name="saved_view_delete"),
    path("personal/", views.personal, name="personal"),
    path("calendar/<str:secret>.ics", views.calendar_feed, name="calendar_feed"),
]
